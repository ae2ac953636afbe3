// A parameter that a server refuses, out of its words about it, and what to write into the
// configuration so that the model is not given it again.

import Core

struct RefusedParameter {
  private enum Objection {
    /// The model has the parameter under another name.
    case renamed(String)
    case notTaken
    /// The parameter is taken, but not with this value.
    case value
  }

  /// As the request calls it.
  let name: String
  private let model: String
  private let objection: Objection

  /// Nil when the message names none of the parameters that were sent.
  init?(in message: ServerMessage, about request: SentRequest) {
    guard let body = try? JSON(parsing: request.body), let members = body.object?.members else {
      return nil
    }
    let nested = body["options"]?.object?.members ?? []
    let names = (members + nested).map(\.name).filter { !Self.otherMembers.contains($0) }
    let said = message.parameter?.prefix { $0 != "." && $0 != "[" }
    guard
      let name = names.first(where: { $0 == said ?? "" })
        ?? names.first(where: { Self.isNamed($0, in: message.text) })
    else { return nil }
    self.name = name
    model = body["model"]?.string ?? ""
    let words = message.text.lowercased()
    if let other = Self.replacement(in: message.text), other != name {
      objection = .renamed(other)
    } else if Self.refusals.contains(where: words.contains),
      !Self.valueProblems.contains(where: words.contains)
    {
      objection = .notTaken
    } else {
      objection = .value
    }
  }

  /// What is wrong and what to do, as the end of a sentence.
  var advice: String {
    switch objection {
    case .renamed(let other):
      "the model takes '\(other)' in place of '\(name)'; \(entry(parameter: other))"
    case .notTaken: "the model does not take '\(name)'; \(entry(parameter: "none"))"
    case .value: "give '\(name)' another value, or leave it out"
    }
  }

  private func entry(parameter value: String) -> String {
    let pattern = JSON.string("*/\(model)").text
    let name = Self.protocolNames[self.name] ?? self.name
    return "put this into 'model_settings' of the configuration: "
      + "- {model: \(pattern), parameters: {\(name): \(value)}}"
  }

  /// The names under which the configuration knows parameters that some models have under another.
  private static let protocolNames = ["max_completion_tokens": "max_tokens"]

  /// Members of a body that are no parameters.
  private static let otherMembers: Set = [
    "model", "messages", "input", "instructions", "system", "stream", "options",
  ]

  private static let refusals = [
    "unsupported", "not support", "not permitted", "not allowed", "unknown", "unrecognized",
    "unexpected", "deprecated", "extra inputs", "extra fields", "cannot find field",
  ]

  private static let valueProblems = ["supported values are", "must be ", "should be ", "maximum"]

  /// Whether a text names a parameter: in quotes or at its start, and, when it is no common word,
  /// anywhere.
  private static func isNamed(_ name: String, in text: String) -> Bool {
    var rest = text[...]
    while let found = rest.firstRange(of: name) {
      let before = text[..<found.lowerBound].last
      let after = text[found.upperBound...].first
      rest = rest[found.upperBound...]
      if before.map(isPartOfName) ?? false || after.map(isPartOfName) ?? false { continue }
      let isQuoted = before.map(quotes.contains) ?? false && after.map(ends.contains) ?? false
      if isQuoted || (before == nil && after == ":") || name.contains("_") { return true }
    }
    return false
  }

  /// The name in "use 'max_completion_tokens' instead".
  private static func replacement(in text: String) -> String? {
    let words = text.split(separator: " ")
    guard let end = words.firstIndex(where: { $0.hasPrefix("instead") }), end > 1,
      words[end - 2].lowercased() == "use"
    else { return nil }
    let name = words[end - 1].filter { !quotes.contains($0) }
    return name.isEmpty || !name.allSatisfy(isPartOfName) ? nil : name
  }

  private static let quotes: Set<Character> = ["'", "\"", "`", "“", "‘"]
  /// What follows a name in quotes: the other quote, or what is within the parameter.
  private static let ends: Set<Character> = ["'", "\"", "`", "”", "’", ".", "["]

  private static func isPartOfName(_ character: Character) -> Bool {
    character == "_" || (character.isASCII && (character.isLetter || character.isNumber))
  }
}
