// What is indexed of a passage beside its text: where it is from says what it is about.

/// The fields of a passage whose words are indexed.
struct IndexedText {
  /// The name of its file, without the suffix: "tour/returns".
  var name: String
  /// The title of its document and the headings above it, a line each.
  var headings: String
  var text: String

  /// - Parameter headings: as the passage table has them, a line each.
  init(source: String, title: String?, headings: String, text: String) {
    name = Self.withoutSuffix(source)
    self.headings = title.map { $0 + "\n" + headings } ?? headings
    self.text = text
  }

  /// Each field with the weight of its words.
  var fields: [(String, weight: Int)] {
    [
      (name, BM25.FieldWeight.name), (headings, BM25.FieldWeight.headings),
      (text, BM25.FieldWeight.text),
    ]
  }

  private static func withoutSuffix(_ source: String) -> String {
    guard let dot = source.lastIndex(of: "."), dot > source.startIndex,
      !source[dot...].contains("/"), source[source.index(before: dot)] != "/"
    else { return source }
    return String(source[..<dot])
  }
}
