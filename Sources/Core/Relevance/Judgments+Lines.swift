// The file in which whet keeps judgments: JSON Lines that are only ever appended to, so that a mark
// is one write and nothing that was said before can be lost by it. docs/retrieval.md describes it.

extension JudgedQuery {
  /// As it stands in a file of judgments: `{"query": "1", "text": "…"}`.
  public var json: JSON { ["query": .string(id), "text": .string(text)] }
}

extension Judgment {
  /// As it stands in a file of judgments; offsets are bytes, and a grade of null takes back.
  public var json: JSON {
    var members: JSON.Object = ["query": .string(query), "document": .string(document)]
    if let span {
      members["start"] = .integer(span.lowerBound)
      members["end"] = .integer(span.upperBound)
    }
    members["grade"] = JSON(grade)
    return .object(members)
  }
}

extension Judgments {
  /// What a file of judgments holds; of two lines about the same, the later one holds.
  ///
  /// - Parameter name: the file's, for messages.
  public init(parsing text: String, name: String) throws(RelevanceFileError) {
    self.init()
    let file = RelevanceLines(text, name: name)
    for line in file.lines {
      let form = #"{"query": "1", "text": "…"} or {"query": "1", "document": "184", "grade": 1}"#
      let json = try file.object(line, form: form)
      guard let query = json["query"]?.string, !query.isEmpty else {
        throw file.fail(line, "no \"query\"; expected \(form)")
      }
      if let document = json["document"]?.string {
        insert(
          Judgment(
            query: query, document: document, span: try Self.span(of: json, line, file),
            grade: try Self.grade(of: json, line, file)))
      } else if let text = json["text"]?.string {
        insert(JudgedQuery(id: query, text: text))
      } else {
        throw file.fail(line, "neither \"text\" nor \"document\"; expected \(form)")
      }
    }
  }

  private static func grade(
    of json: JSON, _ line: RelevanceLines.Line, _ file: RelevanceLines
  ) throws(RelevanceFileError) -> Int? {
    if let value = json["grade"], value.isNull { return nil }
    guard let grade = json["grade"]?.integer else {
      throw file.fail(line, "\"grade\" must be a whole number, or null to take a judgment back")
    }
    return grade
  }

  private static func span(
    of json: JSON, _ line: RelevanceLines.Line, _ file: RelevanceLines
  ) throws(RelevanceFileError) -> Range<Int>? {
    if json["start"] == nil, json["end"] == nil { return nil }
    guard let start = json["start"]?.integer, let end = json["end"]?.integer, 0 <= start,
      start < end, end <= QrelsFile.largestOffset
    else {
      throw file.fail(line, "\"start\" and \"end\" must be offsets in bytes, the end the larger")
    }
    return start..<end
  }
}
