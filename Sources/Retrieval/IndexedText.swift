// What the full-text index is given of a passage. The index keeps no copy, and taking a passage out
// again needs the very same columns: they are only ever made here, of what the tables hold.

/// The columns of a passage in the full-text index.
struct IndexedText {
  /// The name of its document, without the suffix: "tour/returns".
  var name: String
  var headings: String
  var text: String
  /// The parts of words that stand for several: "write Boolean" for `writeBoolean`.
  var parts: String

  /// - Parameter headings: as the passage table has them, a line each.
  init(source: String, headings: String, text: String) {
    name = Self.withoutSuffix(source)
    self.headings = headings
    self.text = text
    parts = [name, headings, text].map(Self.parts).filter { !$0.isEmpty }.joined(separator: " ")
  }

  private static func parts(_ text: String) -> String {
    var text = text
    return text.withUTF8 { bytes in
      var parts: [UInt8] = []
      WordParts.forEach(in: bytes) { range in
        parts += bytes[range]
        parts.append(UInt8(ascii: " "))
      }
      return String(decoding: parts, as: UTF8.self)
    }
  }

  private static func withoutSuffix(_ source: String) -> String {
    guard let dot = source.lastIndex(of: "."), dot > source.startIndex,
      !source[dot...].contains("/"), source[source.index(before: dot)] != "/"
    else { return source }
    return String(source[..<dot])
  }
}
