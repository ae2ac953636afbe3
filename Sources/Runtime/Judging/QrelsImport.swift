import Core
import Retrieval

// Brings the judgments of a collection to an index: their documents get the index's names, and
// characters become bytes.

/// What an import brought.
public struct QrelsImport {
  /// The lines that the file of judgments doesn't have yet.
  public private(set) var lines: [JSON] = []
  public private(set) var queries = 0
  public private(set) var judgments = 0
  /// Judgments whose document the index doesn't have. Those of whole documents are kept, and count
  /// as not found; those of parts can't be.
  public private(set) var unknownDocuments = 0
  /// Judgments whose query is in no file of queries: they are kept, and wait for its text.
  public private(set) var unknownQueries = 0

  private let index: any PassageStore
  private var names: DocumentNames
  /// What was judged before, and what was brought.
  public private(set) var result: Judgments
  private var offsets: (document: IndexedDocument, offsets: TextOffsets)?

  /// - Parameter known: what was judged before.
  public init(into index: any PassageStore, besides known: Judgments) throws {
    self.index = index
    result = known
    names = DocumentNames(try index.documents())
  }

  public mutating func add(_ queries: [JudgedQuery]) {
    for query in queries {
      self.queries += 1
      if result.insert(query) { lines.append(query.json) }
    }
  }

  /// - Parameter file: the name of the file that they are from, for messages.
  ///
  /// Throws `RelevanceFileError` for a part that its document doesn't have.
  public mutating func add(_ judgments: [ImportedJudgment], from file: String) throws {
    let texts = Set(result.queries.map(\.id))
    for judgment in judgments {
      self.judgments += 1
      if !texts.contains(judgment.query) { unknownQueries += 1 }
      let document = names.document(named: judgment.document)
      if document == nil { unknownDocuments += 1 }
      var span: Range<Int>?
      if let characters = judgment.characters {
        guard let document else { continue }
        span = try bytes(of: characters, in: document, judgment, file)
      }
      let imported = Judgment(
        query: judgment.query, document: document?.id ?? judgment.document, span: span,
        grade: judgment.grade)
      if result.insert(imported) { lines.append(imported.json) }
    }
  }

  private mutating func bytes(
    of characters: Range<Int>, in document: IndexedDocument, _ judgment: ImportedJudgment,
    _ file: String
  ) throws -> Range<Int> {
    if offsets?.document != document {
      offsets = (document, TextOffsets(of: try index.text(of: document)))
    }
    func fail(_ problem: String) -> RelevanceFileError {
      RelevanceFileError(name: file, line: judgment.line, problem: problem)
    }
    guard let offsets = offsets?.offsets, let bytes = offsets.bytes(ofScalars: characters) else {
      throw fail(
        "\(document.id) has no character \(characters.upperBound); expected offsets in the text as "
          + "it was indexed")
    }
    if let content = judgment.content, !offsets.text(in: bytes).isSame(as: content) {
      throw fail(
        "\(document.id) has another text there than \"content\"; expected offsets in characters of "
          + "the text as it was indexed")
    }
    return bytes
  }
}

/// Documents by what a collection may call them: their ids, or the names of their files with or
/// without the ending, where these name one alone.
private struct DocumentNames {
  private var byID: [String: IndexedDocument] = [:]
  private var byFile: [String: [IndexedDocument]] = [:]

  init(_ documents: [IndexedDocument]) {
    for document in documents {
      if byID[document.id] == nil { byID[document.id] = document }
      guard document.row == nil, let file = document.source.split(separator: "/").last else {
        continue
      }
      let stem = file.lastIndex(of: ".").map { file[..<$0] } ?? file
      for name in Set([String(file), String(stem)]) { byFile[name, default: []].append(document) }
    }
  }

  func document(named name: String) -> IndexedDocument? {
    if let document = byID[name] { return document }
    guard let documents = byFile[name], documents.count == 1 else { return nil }
    return documents[0]
  }
}

extension String {
  /// Whether two texts differ in white space alone: what is between passages is not indexed.
  fileprivate func isSame(as other: String) -> Bool {
    filter { !$0.isWhitespace } == other.filter { !$0.isWhitespace }
  }
}
