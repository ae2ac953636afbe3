// What is wrong with a file of queries or judgments, said so that a person can find and mend it.

/// A mistake in a file, on which line it stands, and what was expected there.
public struct RelevanceFileError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The file, as it was named to the reader.
  public let name: String
  /// Counted from 1.
  public let line: Int
  public let problem: String

  public init(name: String, line: Int, problem: String) {
    self.name = name
    self.line = line
    self.problem = problem
  }

  public var description: String { "\(name):\(line): \(problem)" }
}

/// The lines of a file that hold something, with their numbers.
struct RelevanceLines {
  struct Line {
    var number: Int
    var text: Substring
  }

  let name: String
  let lines: [Line]

  /// - Parameter name: the file's, for messages.
  init(_ text: String, name: String) {
    self.name = name
    let text = text.hasPrefix("\u{FEFF}") ? text.dropFirst() : text[...]
    var lines: [Line] = []
    for (index, line) in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
      .enumerated() where !line.allSatisfy(\.isWhitespace)
    {
      lines.append(Line(number: index + 1, text: line))
    }
    self.lines = lines
  }

  func fail(_ line: Line, _ problem: String) -> RelevanceFileError {
    RelevanceFileError(name: name, line: line.number, problem: problem)
  }

  /// The JSON object of a line.
  ///
  /// - Parameter form: what the line should look like, for the message.
  func object(_ line: Line, form: String) throws(RelevanceFileError) -> JSON {
    let json: JSON
    do {
      json = try JSON(parsing: Array(line.text.utf8))
    } catch {
      throw fail(line, "byte \(error.offset + 1) of the line: \(error.problem); expected \(form)")
    }
    guard json.object != nil else { throw fail(line, "no JSON object; expected \(form)") }
    return json
  }
}

extension JSON {
  /// The text of an id: numbers are ids, too.
  var identifier: String? { string.flatMap { $0.isEmpty ? nil : $0 } ?? integer.map(String.init) }
}
