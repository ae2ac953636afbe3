// Queries with all that was judged for them. What is said last of the same thing holds.

/// Queries in the order in which they were first named, with their judgments.
public struct Judgments: Hashable, Sendable {
  /// What a judgment is about.
  private struct Target: Hashable {
    var document: String
    var span: Range<Int>?
  }

  /// The ids of all queries, those without a text included.
  public private(set) var ids: [String] = []
  private var texts: [String: String] = [:]
  private var grades: [String: [Target: Int]] = [:]

  public init() {}

  /// The queries that can be searched with: those whose text is known.
  public var queries: [JudgedQuery] {
    ids.compactMap { id in texts[id].map { JudgedQuery(id: id, text: $0) } }
  }

  /// The queries that can be searched with and have a judgment, be it of a grade of 0.
  public var judgedQueries: [JudgedQuery] { queries.filter { grades[$0.id]?.isEmpty == false } }

  /// The number of judgments.
  public var count: Int { grades.values.reduce(0) { $0 + $1.count } }

  /// Whether any judgment is about a part of a document.
  public var hasSpans: Bool {
    grades.values.contains { $0.keys.contains { $0.span != nil } }
  }

  /// The id of the first query of a text; nil when there is none.
  public func id(ofText text: String) -> String? { ids.first { texts[$0] == text } }

  /// Tells whether it was unknown or had another text.
  @discardableResult
  public mutating func insert(_ query: JudgedQuery) -> Bool {
    note(query.id)
    return texts.updateValue(query.text, forKey: query.id) != query.text
  }

  /// Tells whether it was unknown or had another grade.
  @discardableResult
  public mutating func insert(_ judgment: Judgment) -> Bool {
    note(judgment.query)
    let target = Target(document: judgment.document, span: judgment.span)
    let before = grades[judgment.query]?[target]
    grades[judgment.query, default: [:]][target] = judgment.grade
    return before != judgment.grade
  }

  private mutating func note(_ id: String) {
    guard texts[id] == nil, grades[id] == nil else { return }
    ids.append(id)
    grades[id] = [:]
  }

  /// What is relevant to a query; nil for one without any judgment.
  public func relevance(to query: String) -> Relevance? {
    guard let grades = grades[query], !grades.isEmpty else { return nil }
    var relevance = Relevance()
    for (target, grade) in grades where target.span == nil {
      relevance.grades[target.document] = grade
    }
    for (target, grade) in grades {
      guard let span = target.span else { continue }
      relevance.parts[target.document, default: [:]][span] = grade
      if grade > 0 { relevance.spans[target.document, default: SpanSet()].insert(span) }
      // A document is as good as its best part, unless it was judged itself.
      if grades[Target(document: target.document)] == nil {
        relevance.grades[target.document] = max(relevance.grades[target.document] ?? 0, grade)
      }
    }
    return relevance
  }
}

/// What is relevant to one query.
public struct Relevance: Hashable, Sendable {
  /// The grades of documents by their ids; one that isn't here was not judged.
  public var grades: [String: Int]
  /// The relevant bytes of documents by their ids, where parts of them were judged.
  public var spans: [String: SpanSet]
  /// The grades of the parts that were judged, by their documents' ids and their bytes.
  public var parts: [String: [Range<Int>: Int]]

  public init(
    grades: [String: Int] = [:], spans: [String: SpanSet] = [:],
    parts: [String: [Range<Int>: Int]] = [:]
  ) {
    self.grades = grades
    self.spans = spans
    self.parts = parts
  }

  /// A document with a grade from 1 on is relevant.
  public func isRelevant(_ document: String) -> Bool { (grades[document] ?? 0) > 0 }
}

extension Relevance {
  /// Whether a stretch of a document was found relevant, by what is said of it itself, of text in it
  /// or of the whole document; nil where nothing is known.
  public func isRelevant(_ span: Range<Int>, of document: String) -> Bool? {
    if let grade = parts[document]?[span] { return grade > 0 }
    if let relevant = spans[document], !relevant.intersection(with: span).isEmpty { return true }
    return parts[document] == nil ? grades[document].map { $0 > 0 } : nil
  }
}
