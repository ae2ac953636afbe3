// What a person, or a collection, says of how well documents answer queries.

/// A query with the name that judgments and runs know it by.
public struct JudgedQuery: Hashable, Sendable {
  public var id: String
  public var text: String

  public init(id: String, text: String) {
    self.id = id
    self.text = text
  }

  /// The id of a query that was typed and has none: made of its text, so that it is always the same.
  public static func id(ofText text: String) -> String {
    "q-" + ContentHash.of(text).prefix(12)
  }
}

/// How relevant a document, or a stretch of it, is to a query.
public struct Judgment: Hashable, Sendable {
  /// The id of the query.
  public var query: String
  /// The id of the document: see `Passage.document`.
  public var document: String
  /// The bytes of the document that are meant; nil for all of it.
  public var span: Range<Int>?
  /// 0 for not relevant, and the larger the better; nil takes back what was said before.
  public var grade: Int?

  public init(query: String, document: String, span: Range<Int>? = nil, grade: Int?) {
    self.query = query
    self.document = document
    self.span = span
    self.grade = grade
  }
}

extension Passage {
  /// The id of the document that it is from, as judgments and runs name it: a row's own, else the
  /// path of the file.
  public var document: String { row ?? source }
}
