import Core

// Documents and their passages into their tables, and out again. How many passages hold a word is kept
// in step, in the same transaction.

/// A document before it is written.
struct NewDocument {
  /// Of its file.
  var path = ""
  /// Its file's number.
  var file: Int64 = 0
  /// Its own; nil when it is to be given one.
  var id: Int64?
  var document: SourceDocument
  var hash: Int
  var cut: CutPassages
}

/// The passages of a document by all chunkings.
struct CutPassages {
  struct Passage {
    var chunking: Int
    var bytes: Range<Int>
    var lines: ClosedRange<Int>
    var page: Int?
    var tokens: Int
    var headings: String
    var text: String
    var words: PassageWords
  }

  var passages: [Passage] = []
  /// Those of the first chunking.
  var counted = 0
  var tokens = 0
}

/// Cuts documents as an index wants them.
struct DocumentCutter {
  private let chunkings: [PostgresChunking]
  private let reader: WordReader

  init(_ chunkings: [PostgresChunking], _ reader: WordReader) {
    self.chunkings = chunkings
    self.reader = reader
  }

  func cut(_ document: SourceDocument, source: String) throws -> CutPassages {
    try reader.read { tokenizer in
      var result = CutPassages()
      for chunking in chunkings {
        for cut in PassageCuts(of: document.text, as: document.syntax, by: chunking.chunking) {
          let text = String(decoding: document.text[cut.bytes], as: UTF8.self)
          let headings = cut.headings.joined(separator: "\n")
          let indexed = IndexedText(
            source: source, title: document.title, headings: headings, text: text)
          let tokens = TokenEstimate.tokens(in: text)
          result.passages.append(
            CutPassages.Passage(
              chunking: chunking.id, bytes: cut.bytes, lines: document.linesInFile(cut.lines),
              page: document.page(at: cut.bytes.lowerBound), tokens: tokens, headings: headings,
              text: text, words: PassageWords(indexed, tokenizer: tokenizer)))
          if chunking.id == chunkings[0].id {
            result.counted += 1
            result.tokens += tokens
          }
        }
      }
      return result
    }
  }
}

extension PostgresWriter {
  /// Writes documents with their passages; gives the documents' numbers.
  @discardableResult
  func insert(_ documents: [NewDocument]) throws -> [Int64] {
    guard !documents.isEmpty else { return [] }
    var ids: [Int64] = []
    var next = try reserve(documents.count { $0.id == nil }, in: "document")
    let first = try reserve(documents.reduce(0) { $0 + $1.cut.passages.count }, in: "passage")
    var passage = first
    var (documentRows, passageRows, wordRows) = (PostgresCopy(), PostgresCopy(), PostgresCopy())
    for document in documents {
      let id = document.id ?? next
      if document.id == nil { next += 1 }
      ids.append(id)
      append(document, id: id, to: &documentRows)
      for cut in document.cut.passages {
        append(cut, id: passage, of: id, to: &passageRows)
        wordRows.append(passage)
        wordRows.append(cut.chunking)
        wordRows.append(cut.words.length)
        wordRows.append(cut.words.vector)
        wordRows.endRow()
        passage += 1
      }
    }
    try connection.copy(documentRows, into: "whet.document")
    try connection.copy(passageRows, into: "whet.passage")
    try connection.copy(wordRows, into: "whet.words")
    try count("passage >= \(first)", sign: "+")
    try add(documents)
    return ids
  }

  private func append(_ document: NewDocument, id: Int64, to rows: inout PostgresCopy) {
    var metadata: JSON.Object = [:]
    for (name, value) in document.document.metadata.sorted(by: { $0.key < $1.key }) {
      metadata[PostgresValue.withoutNUL(name)] = .string(PostgresValue.withoutNUL(value))
    }
    rows.append(id)
    rows.append(document.file)
    rows.append(document.document.row)
    rows.append(document.hash)
    rows.append(document.document.title)
    rows.append(JSON.object(metadata).text)
    rows.append(document.cut.counted)
    rows.append(document.cut.tokens)
    rows.endRow()
  }

  private func append(
    _ passage: CutPassages.Passage, id: Int64, of document: Int64, to rows: inout PostgresCopy
  ) {
    rows.append(id)
    rows.append(document)
    rows.append(passage.chunking)
    rows.append(passage.bytes.lowerBound)
    rows.append(passage.bytes.upperBound)
    rows.append(passage.lines.lowerBound)
    rows.append(passage.lines.upperBound)
    rows.append(passage.page.map { "\($0)" })
    rows.append(passage.tokens)
    rows.append(passage.headings)
    rows.append(passage.headings.lowercased())
    rows.append(passage.text)
    rows.endRow()
  }

  /// The first of some numbers for rows of a table, that nobody else is given.
  private func reserve(_ count: Int, in table: String) throws -> Int64 {
    guard count > 0 else { return 0 }
    let last = try connection.query(
      """
      SELECT setval(name, nextval(name) + $1 - 1)
      FROM (SELECT pg_get_serial_sequence('whet.\(table)', 'id')::regclass AS name) AS sequence
      """, [PostgresValue(count)])
    return last.id(0, 0) - Int64(count) + 1
  }

  /// Counts how many passages hold each word, for those that a condition over `words` holds for.
  private func count(_ condition: String, _ parameters: [PostgresValue] = [], sign: String) throws {
    try connection.query(
      """
      INSERT INTO whet.term AS term (chunking, term, passages)
      SELECT chunking, lexeme, count(*) FROM whet.words, unnest(words.words)
      WHERE \(condition) GROUP BY chunking, lexeme ORDER BY chunking, lexeme
      ON CONFLICT (chunking, term) DO UPDATE SET passages = term.passages \(sign) excluded.passages
      """, parameters)
  }

  /// Adds new passages to the sums of their chunkings.
  private func add(_ documents: [NewDocument]) throws {
    var sums: [Int: (passages: Int, length: Int)] = [:]
    for passage in documents.lazy.flatMap(\.cut.passages) {
      sums[passage.chunking, default: (0, 0)].passages += 1
      sums[passage.chunking, default: (0, 0)].length += PassageLength.length(passage.words.length)
    }
    for (chunking, sum) in sums.sorted(by: { $0.key < $1.key }) {
      try connection.query(
        "UPDATE whet.chunking SET passages = passages + $2, length = length + $3 WHERE id = $1",
        [PostgresValue(chunking), PostgresValue(sum.passages), PostgresValue(sum.length)])
    }
  }

  // MARK: Out again

  func removeDocuments(of files: [Int64]) throws {
    guard !files.isEmpty else { return }
    try remove(ids("SELECT id FROM whet.document WHERE file = ANY ($1)", [PostgresValue(files)]))
  }

  /// Drops documents with their passages.
  func remove(_ documents: [Int64]) throws {
    guard !documents.isEmpty else { return }
    let gone = [PostgresValue(documents)]
    let condition = "passage IN (SELECT id FROM whet.passage WHERE document = ANY ($1))"
    try count(condition, gone, sign: "-")
    let lengths = try connection.query(
      "SELECT chunking, length, count(*) FROM whet.words WHERE \(condition) GROUP BY 1, 2", gone)
    for row in 0..<lengths.count {
      let passages = lengths.integer(row, 2)
      let length = PassageLength.length(UInt8(clamping: lengths.integer(row, 1)))
      try connection.query(
        "UPDATE whet.chunking SET passages = passages - $2, length = length - $3 WHERE id = $1",
        [
          PostgresValue(lengths.integer(row, 0)), PostgresValue(passages),
          PostgresValue(passages * length),
        ])
    }
    try connection.query("DELETE FROM whet.passage WHERE document = ANY ($1)", gone)
    try connection.query("DELETE FROM whet.document WHERE id = ANY ($1)", gone)
  }
}
