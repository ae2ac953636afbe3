import CHash

// The name of a text by what it says: the same text has the same name everywhere.

/// Names texts by their content.
public enum ContentHash {
  /// The SHA-256 of a text's UTF-8 bytes (FIPS 180-4), as 64 lower-case hexadecimal digits.
  public static func of(_ text: String) -> String {
    var digits = [CChar](repeating: 0, count: 65)
    var text = text
    text.withUTF8 { sha256_hex($0.baseAddress, $0.count, &digits) }
    return String(decoding: digits.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
  }

  /// The same of any bytes.
  public static func of(_ bytes: UnsafeRawBufferPointer) -> String {
    var digits = [CChar](repeating: 0, count: 65)
    bytes.withMemoryRebound(to: UInt8.self) { sha256_hex($0.baseAddress, $0.count, &digits) }
    return String(decoding: digits.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
  }

  /// As many digits as tell versions apart for a reader.
  public static func short(_ hash: String) -> String { String(hash.prefix(7)) }
}
