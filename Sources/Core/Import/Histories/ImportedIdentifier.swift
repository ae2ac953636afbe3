// Identifiers for what comes from other programs: made of the names that it has there, so that the
// same thing has the same identifier however often it is imported.

public enum ImportedIdentifier {
  private static let alphabet = Array("0123456789ABCDEFGHJKMNPQRSTVWXYZ")

  /// The first 128 bits of the parts' SHA-256, written as a ULID is: 26 characters of Crockford's
  /// base 32. They tell no time.
  public static func of(_ parts: String...) -> Identifier {
    // As JSON, no two lists of parts are the same text.
    let hash = ContentHash.of(JSON.array(parts.map(JSON.string)).text)
    var text = ""
    var (bits, count) = (0, 2)
    for digit in hash.prefix(32) {
      bits = (bits << 4 | (digit.hexDigitValue ?? 0)) & 0xFFF
      count += 4
      while count >= 5 {
        count -= 5
        text.append(alphabet[bits >> count & 31])
      }
    }
    return text
  }
}
