// What passages say, sentence by sentence, ready to be compared with an answer: their terms and
// numbers, and what stands around them that says what they are about.

/// A sentence or a row of a table in a passage.
struct SupportStatement {
  /// The passage's place, from 0.
  var passage: Int
  /// UTF-8 offsets in the passage's text.
  var range: Range<Int>
  var clauses: [SupportClause]
  /// The numbers of its terms, function words apart.
  var terms: Set<Int> = []
  /// The terms around it that say what it is about: headings, the head of its table, and what the
  /// passage's first sentence and the sentence before it name.
  var context: Set<Int> = []
  var quantities: [Quantity] = []
  /// Numbers in headings and in the head of its table.
  var contextQuantities: [Quantity] = []

  init(passage: Int, range: Range<Int>, clauses: [SupportClause]) {
    self.passage = passage
    self.range = range
    self.clauses = clauses
    for word in clauses.lazy.flatMap(\.words) {
      if let quantity = word.quantity {
        quantities.append(quantity)
      } else if word.term.kind != .function {
        terms.insert(word.term.id)
      }
    }
  }

  /// What was said by words that begin with a capital inside of a sentence.
  var names: Set<Int> {
    Set(clauses.lazy.flatMap(\.words).filter { $0.isCapitalized && !$0.isFirst }.map(\.term.id))
  }
}

extension SupportStatement {
  /// The statements of a passage.
  static func all(
    of passage: SupportPassage, at place: Int, vocabulary: inout SupportVocabulary
  ) -> [SupportStatement] {
    var text = passage.text
    let sentences = TextSentences.of(text)
    let title = terms(of: passage.title, vocabulary: &vocabulary)
    return text.withUTF8 { bytes in
      var reader = PassageReading(passage: place, title: title)
      for sentence in sentences { reader.read(sentence, of: bytes, vocabulary: &vocabulary) }
      return reader.statements
    }
  }

  /// The terms of a text that is no sentence.
  private static func terms(
    of text: String, vocabulary: inout SupportVocabulary
  ) -> Set<Int> {
    var text = text
    return text.withUTF8 { bytes in
      let clauses = SupportWordReader.clauses(
        of: bytes, in: 0..<bytes.count, vocabulary: &vocabulary)
      return SupportStatement(passage: 0, range: 0..<0, clauses: clauses).terms
    }
  }
}

/// Goes through the sentences of a passage, and knows what stood above each.
private struct PassageReading {
  let passage: Int
  private(set) var statements: [SupportStatement] = []
  private var heading: SupportStatement?
  /// The columns of the table that is being read.
  private var head: [SupportClause] = []
  private var title: Set<Int>
  private var opening: Set<Int>?

  init(passage: Int, title: Set<Int>) {
    self.passage = passage
    self.title = title
  }

  mutating func read(
    _ sentence: TextSentence, of bytes: UnsafeBufferPointer<UInt8>,
    vocabulary: inout SupportVocabulary
  ) {
    let clauses = SupportWordReader.clauses(
      of: bytes, in: sentence.range, vocabulary: &vocabulary)
    var statement = SupportStatement(passage: passage, range: sentence.range, clauses: clauses)
    if sentence.place != .tableRow { head = [] }
    switch sentence.place {
    case .heading:
      heading = statement
      return
    case .tableHead:
      head = clauses
      return
    case .tableRow, .prose: break
    }
    statement.context = title.union(heading?.terms ?? [])
    statement.contextQuantities = heading?.quantities ?? []
    for column in head {
      let column = SupportStatement(passage: passage, range: sentence.range, clauses: [column])
      statement.context.formUnion(column.terms)
      statement.contextQuantities += column.quantities
    }
    statement.context.formUnion(opening ?? [])
    if let before = statements.last { statement.context.formUnion(before.names) }
    if sentence.place == .tableRow { addColumns(to: &statement) }
    if opening == nil { opening = statement.names.union(firstSubject(of: statement)) }
    statements.append(statement)
  }

  /// Each cell of a row says something of the row's first cell and of its column.
  private func addColumns(to statement: inout SupportStatement) {
    guard let first = statement.clauses.first else { return }
    for place in statement.clauses.indices.dropFirst() {
      statement.clauses[place].words += first.words
      if head.indices.contains(place) { statement.clauses[place].words += head[place].words }
    }
  }

  /// The words before the first function word: what a passage is about, as a rule.
  private func firstSubject(of statement: SupportStatement) -> Set<Int> {
    let words = statement.clauses.first?.words.drop { $0.term.kind == .function } ?? []
    return Set(words.prefix { $0.term.kind != .function }.map(\.term.id))
  }
}

/// A passage as an answer is compared with it.
public struct SupportPassage: Hashable, Sendable {
  /// What stands above it: its file's name and its headings.
  public var title: String
  public var text: String

  public init(title: String = "", text: String) {
    self.title = title
    self.text = text
  }
}

extension SupportPassage {
  public init(_ passage: Passage) {
    let name = passage.source.split(separator: "/").last.map(String.init) ?? passage.source
    let base = name.split(separator: ".").first.map(String.init) ?? name
    self.init(
      title: ([base] + passage.headings).joined(separator: ". "), text: passage.text)
  }
}
