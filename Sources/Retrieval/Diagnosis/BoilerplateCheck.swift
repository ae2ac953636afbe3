// Finds lines that stand in many documents: headers, footers, licences, menus.

struct BoilerplateCheck {
  private struct Line {
    var place: PassagePlace
    var lastDocument: Int64
    var documents = 1
  }

  /// Fewer words say the same in many documents by chance.
  private static let words = 5
  private static let documents = 5

  private var lines: [UInt64: Line] = [:]
  private var examined = 0
  private var documents = 0
  private var lastDocument: Int64?
  private var excerpts: [UInt64: String] = [:]

  /// Passages must come document by document.
  mutating func take(_ passage: ExaminedPassage) {
    examined += 1
    if lastDocument != passage.document { documents += 1 }
    lastDocument = passage.document
    for line in passage.text.utf8.split(separator: UInt8(ascii: "\n")) {
      let text = String(decoding: line, as: UTF8.self)
      var hash: UInt64 = 0
      var count = 0
      for word in HashedWords(text) {
        hash = hash.hashed(with: word.hash)
        count += 1
      }
      if count >= Self.words { take(hash, text, passage) }
    }
  }

  private mutating func take(_ hash: UInt64, _ text: String, _ passage: ExaminedPassage) {
    guard var line = lines[hash] else {
      lines[hash] = Line(place: passage.place, lastDocument: passage.document)
      return
    }
    guard line.lastDocument != passage.document else { return }
    line.lastDocument = passage.document
    line.documents += 1
    lines[hash] = line
    if line.documents == Self.documents { excerpts[hash] = passage.excerpt(from: text) }
  }

  var finding: IndexFinding? {
    // Of few documents, five are no small part; of many, five are few.
    let least = max(Self.documents, documents / 100)
    let found = lines.filter { $0.value.documents >= least }.sorted {
      ($1.value.documents, $0.value.place.passage, $0.key)
        < ($0.value.documents, $1.value.place.passage, $1.key)
    }
    guard !found.isEmpty else { return nil }
    return IndexFinding(
      kind: .boilerplate, count: found.count, examined: examined,
      examples: found.prefix(10).map { hash, line in
        .init(
          places: [line.place], figure: "in \(line.documents) of \(documents) documents",
          excerpt: excerpts[hash] ?? "")
      })
  }
}
