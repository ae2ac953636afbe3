// Which field of a row is what: as a person chose, else by the names that such fields go by.

import Core

/// The fields of rows that name them, and that are read.
struct RowFields: Equatable {
  /// Nil where rows are named by their lines.
  var id: String?
  var title: String?
  /// Empty where all other fields are the text, each with its name.
  var text: [String]

  private static let ids = ["_id", "id", "doc_id", "docid", "docno", "pid"]
  private static let titles = ["title", "headline", "name", "subject"]
  private static let texts = [
    "text", "body", "content", "contents", "passage", "document", "abstract", "description",
  ]

  /// The fields to read, of those that the first row has.
  init(_ settings: ReadingSettings, among names: [String]) {
    /// The first of some names that there is, whatever its case.
    func found(_ known: [String]) -> String? {
      known.lazy.compactMap { name in names.first { $0.lowercased() == name } }.first
    }
    id = settings.id ?? found(Self.ids)
    text = settings.text.isEmpty ? found(Self.texts).map { [$0] } ?? [] : settings.text
    title = settings.title ?? found(Self.titles)
  }

  /// `id _id, title title, text text`: as a person is told.
  var summary: String {
    let text = text.isEmpty ? "all fields" : text.joined(separator: ", ")
    return "id \(id ?? "by line"), title \(title ?? "none"), text \(text)"
  }

  /// The document that a row is; nil when there is no text in it.
  func document(_ row: [(name: String, value: JSON)], lines: ClosedRange<Int>) -> SourceDocument? {
    func value(_ name: String) -> String {
      row.last { $0.name == name }.map { StatedFields.text(of: $0.value) } ?? ""
    }
    let title = title.map(value) ?? ""
    let own = Set([id, self.title].compactMap(\.self))
    let texts =
      self.text.isEmpty
      ? row.filter { !own.contains($0.name) }
        .map { (name: $0.name, text: StatedFields.text(of: $0.value)) }
        .filter { !$0.text.isEmpty }.map { "\($0.name): \($0.text)" }
      : self.text.map(value).filter { !$0.isEmpty }
    // A row that has a title alone can be found by it.
    let text = texts.isEmpty ? title : texts.joined(separator: self.text.isEmpty ? "\n" : "\n\n")
    guard text.contains(where: { !$0.isWhitespace }) else { return nil }
    let name = id.map(value) ?? ""
    var document = SourceDocument(
      row: name.isEmpty ? "\(lines.lowerBound)" : name, title: title.isEmpty ? nil : title,
      text: Array(text.utf8), syntax: .prose)
    // All of its lines are the row's; a row of one line is enough to say so.
    document.fileLines = [lines.lowerBound]
    var fields = StatedFields()
    // Of fields with the same name, the last counts.
    for (name, value) in row.reversed() where !own.contains(name) && !self.text.contains(name) {
      fields.add(name, value)
    }
    document.metadata = fields.values
    return document
  }
}
