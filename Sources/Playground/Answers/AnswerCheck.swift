import Core

// An answer that was to be JSON, held against the schema that its prompt asked for.

/// What an answer is as JSON.
struct AnswerCheck: Hashable, Sendable {
  /// Sentences on what is wrong; empty where nothing is.
  let problems: [String]
  /// What holds, where nothing is wrong.
  private let praise: String

  var isValid: Bool { problems.isEmpty }

  /// Problems that are shown at the most.
  private static let most = 5
  /// Longer answers are not checked: reading them would hold up the screen.
  private static let longest = 4 << 20

  /// - Parameters:
  ///   - schema: what was asked for; an empty object for any JSON.
  init?(_ text: String, against schema: JSON) {
    guard text.utf8.count <= Self.longest else { return nil }
    let value: JSON
    do throws(JSONError) {
      value = try JSON(parsing: Self.withoutFence(text))
    } catch {
      problems = ["no JSON: \(error)"]
      praise = ""
      return
    }
    var found = value.mismatches(with: schema).map(\.description)
    if found.count > Self.most {
      found = found.prefix(Self.most) + ["and \(found.count - Self.most) more"]
    }
    problems = found
    praise = schema == .object([:]) ? "valid JSON" : "valid JSON of the schema"
  }

  /// The rows that say so.
  var text: String {
    isValid ? "✓ \(praise)" : problems.map { "✗ \($0)" }.joined(separator: "\n")
  }

  /// The content of the one code block that a text consists of; the text where it is none.
  private static func withoutFence(_ text: String) -> String {
    let lines = text.split(whereSeparator: \.isNewline).filter { !$0.allSatisfy(\.isWhitespace) }
    guard lines.count > 2, let first = lines.first, first.hasPrefix("```"),
      lines.last?.allSatisfy({ $0 == "`" || $0.isWhitespace }) == true
    else { return text }
    return lines.dropFirst().dropLast().joined(separator: "\n")
  }
}
