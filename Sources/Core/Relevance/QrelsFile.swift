// Judgments as collections keep them: TREC's qrels, BEIR's table, and stretches of text as JSON
// Lines. Which of them a file is, its first line tells.

/// A judgment as it stands in a file of judgments.
public struct ImportedJudgment: Hashable, Sendable {
  public var query: String
  /// The document, by the name that the collection has for it.
  public var document: String
  public var grade: Int
  /// The part that is meant, in characters (Unicode scalars) of the document's text; nil for all.
  public var characters: Range<Int>?
  /// What stands there, where the file tells.
  public var content: String?
  /// Where it stands in its file.
  public var line: Int
}

/// Reads relevance judgments.
public enum QrelsFile {
  /// No offset in a document is larger, so that sums of them can't overflow.
  static let largestOffset = 1 << 40

  /// The judgments of a file, in its order.
  ///
  /// - `1 0 184 2`: TREC's four columns, of which the second is not used.
  /// - `1<tab>184<tab>2`: BEIR's three, below a header `query-id<tab>corpus-id<tab>score`.
  /// - `{"query": "1", "doc": "184", "start": 0, "end": 9}`: a part of a document; `grade` (1 where
  ///   there is none) and `content` may be there.
  public static func judgments(of text: String, name: String) throws(RelevanceFileError)
    -> [ImportedJudgment]
  {
    let file = RelevanceLines(text, name: name)
    guard let first = file.lines.first else { return [] }
    let isSpans = first.text.first { !$0.isWhitespace } == "{"
    let header = columns(first)
    let isBEIR = header.count == 3
    var judgments: [ImportedJudgment] = []
    for (index, line) in file.lines.enumerated() {
      if isSpans {
        judgments.append(try span(line, file))
      } else if isBEIR {
        if index == 0, header[2].lowercased() == "score" { continue }
        judgments.append(
          try row(line, file, grade: 2, document: 1, form: "query-id<tab>corpus-id<tab>score"))
      } else {
        judgments.append(
          try row(line, file, grade: 3, document: 2, form: "'query 0 document grade'"))
      }
    }
    return judgments
  }

  private static func columns(_ line: RelevanceLines.Line) -> [Substring] {
    // BEIR's columns are parted by tabs alone, so that an id may have spaces.
    let byTabs = line.text.split(separator: "\t", omittingEmptySubsequences: false)
    if byTabs.count == 3 { return byTabs }
    return line.text.split(whereSeparator: \.isWhitespace)
  }

  /// - Parameters:
  ///   - grade: its column, which is the last.
  ///   - document: its column.
  private static func row(
    _ line: RelevanceLines.Line, _ file: RelevanceLines, grade: Int, document: Int, form: String
  ) throws(RelevanceFileError) -> ImportedJudgment {
    let columns = columns(line)
    guard columns.count == grade + 1, !columns[0].isEmpty, !columns[document].isEmpty else {
      throw file.fail(line, "\(columns.count) columns; expected \(form)")
    }
    guard let value = Int(columns[grade]) else {
      throw file.fail(line, "the grade '\(columns[grade])' is no whole number; expected \(form)")
    }
    return ImportedJudgment(
      query: String(columns[0]), document: String(columns[document]), grade: value,
      line: line.number)
  }

  private static func span(
    _ line: RelevanceLines.Line, _ file: RelevanceLines
  ) throws(RelevanceFileError) -> ImportedJudgment {
    let form = #"{"query": "1", "doc": "184", "start": 0, "end": 9}"#
    let json = try file.object(line, form: form)
    guard let query = json["query"]?.identifier else {
      throw file.fail(line, "no \"query\"; expected \(form)")
    }
    guard let document = (json["doc"] ?? json["document"])?.identifier else {
      throw file.fail(line, "no \"doc\"; expected \(form)")
    }
    guard let start = json["start"]?.integer, let end = json["end"]?.integer, 0 <= start,
      start < end, end <= largestOffset
    else {
      throw file.fail(
        line, "\"start\" and \"end\" must be offsets, the end the larger; expected \(form)")
    }
    var grade = 1
    if let value = json["grade"] {
      guard let number = value.integer else {
        throw file.fail(line, "\"grade\" must be a whole number; expected \(form)")
      }
      grade = number
    }
    return ImportedJudgment(
      query: query, document: document, grade: grade, characters: start..<end,
      content: json["content"]?.string, line: line.number)
  }
}
