import Core

// The form of an answer asked for more firmly: a sentence or two at the end of the last message. It
// says how to put the answer, and never what it is, or the experiment would prove nothing.

/// Asks for the form that a case is held to.
public struct FirmFormat: Hashable, Sendable {
  /// What is added to the prompt: sentences, a line each.
  public let text: String

  /// Bytes of a schema or a pattern that are quoted.
  private static let mostBytes = 6000

  /// Nil where no form is at stake: then asking for one could change nothing but by chance.
  ///
  /// - Parameters:
  ///   - failed: what came of the answer that failed; only what it failed is asked for. Nil asks for
  ///     all that the case holds it to.
  ///   - responseSchema: the JSON schema that the prompt's own output format names.
  public init?(
    for evaluated: EvaluationCase, failed grade: Grade? = nil, responseSchema: JSON? = nil
  ) {
    let assertions = grade?.failing(of: evaluated.assertions) ?? evaluated.assertions
    let answer = ToldAnswer(evaluated)
    var wanted = FormWishes()
    for assertion in assertions.prefix(50) where !assertion.isNegated || assertion.type == "is-json"
    {
      wanted.add(assertion, of: evaluated, answer)
    }
    // The prompt's own form, where it may be what failed.
    if let responseSchema,
      assertions.contains(where: { AssertionAspect($0.type).concernsForm }), wanted.json == nil
    {
      wanted.json = .whole(schema: responseSchema)
    }
    let sentences = wanted.sentences(Self.mostBytes)
    guard !sentences.isEmpty else { return nil }
    text = sentences.joined(separator: "\n")
  }

  /// The messages with the sentences at the end of the last that a user says.
  public func added(to messages: [Message]) -> [Message] {
    var messages = messages
    guard let last = messages.lastIndex(where: { $0.role == .user }) else {
      return messages + [Message(role: .user, parts: [.text(text)])]
    }
    messages[last].parts.append(.text("\n\n" + text))
    return messages
  }
}

extension AssertionAspect {
  fileprivate var concernsForm: Bool { self == .form || self == .both }
}

/// Whether a text would give the answer away.
private struct ToldAnswer {
  private let words: Set<String>
  private let isKnown: Bool

  init(_ evaluated: EvaluationCase) {
    var texts = ExpectedAnswer(of: evaluated)?.parts.flatMap { $0 } ?? []
    if let expected = evaluated.expected { texts.append(expected.string ?? expected.text) }
    isKnown = !texts.isEmpty
    words = texts.reduce(into: []) { $0.formUnion(Self.words(of: $1)) }
  }

  /// Markup and words of SQL tell nothing; others do where they are the answer's, or where nobody
  /// knows what the answer is.
  func isTold(by text: String) -> Bool {
    let told = Self.words(of: text)
    return !told.isEmpty && (!isKnown || !words.isDisjoint(with: told))
  }

  private static func words(of text: String) -> Set<String> {
    Set(text.lowercased().split { !$0.isLetter && !$0.isNumber }.map(String.init))
      .subtracting(SQLNames.keywords)
  }
}

/// What the assertions of a case want of the form.
private struct FormWishes {
  enum Wish: Hashable {
    case whole(schema: JSON?)
    case contained(schema: JSON?)
  }

  var json: Wish?
  private var sql: String?
  private var beginning: String?
  private var pattern: String?
  private var length: String?
  private var isBare = false
  private var isPlain = false

  mutating func add(
    _ assertion: Assertion, of evaluated: EvaluationCase, _ answer: ToldAnswer
  ) {
    switch assertion.type {
    case "is-json" where assertion.isNegated: isPlain = true
    case "is-json": json = .whole(schema: Self.schema(assertion.value))
    case "contains-json":
      if case .whole = json { return }
      json = .contained(schema: Self.schema(assertion.value))
    case "equals" where (assertion.value ?? evaluated.expected)?.isCollection == true:
      json = json ?? .whole(schema: nil)
    case "equals", "levenshtein": isBare = true
    case "is-sql", "sql-execution":
      sql = "Give one SQL query and nothing else: no words before or after it, no code fence."
    case "contains-sql":
      sql = sql ?? "Put the SQL query into a code fence that is marked sql."
    case "starts-with":
      if let text = assertion.value?.string, !text.isEmpty, !answer.isTold(by: text) {
        beginning = text
      }
    case "regex":
      if let text = assertion.value?.string, !text.isEmpty,
        !answer.isTold(by: Self.literals(of: text))
      {
        pattern = text
      }
    case "word-count": length = Self.length(assertion.value)
    case "token-count": length = length ?? "Keep the answer short."
    case "finish-reason" where assertion.value?.string == "stop":
      length = length ?? "Keep the answer short."
    default: break
    }
  }

  /// Sentences of our own words; what is quoted stands on a line of its own.
  func sentences(_ mostBytes: Int) -> [String] {
    var sentences: [String] = []
    func quote(_ text: String) -> String? { text.utf8.count <= mostBytes ? text : nil }
    switch json {
    case .whole(let schema):
      sentences.append(
        "Answer with one JSON value and nothing else: no words before or after it, no code fence.")
      if let text = schema.flatMap({ quote($0.text) }) {
        sentences += ["It must fit this JSON schema:", text]
      }
    case .contained(let schema):
      sentences.append("Put one JSON value into the answer.")
      if let text = schema.flatMap({ quote($0.text) }) {
        sentences += ["It must fit this JSON schema:", text]
      }
    case nil: break
    }
    if let sql { sentences.append(sql) }
    if isBare, sentences.isEmpty {
      sentences.append(
        "Give the answer alone: no sentence around it, no explanation, no full stop at its end.")
    }
    if isPlain { sentences.append("Answer in plain words, not in JSON.") }
    if let text = beginning.flatMap(quote) {
      sentences += ["The very first characters of the answer must be:", text]
    }
    if let text = pattern.flatMap(quote) {
      sentences += ["The answer must match this regular expression:", text]
    }
    if let length { sentences.append(length) }
    return sentences
  }

  // MARK: Values

  /// A schema, as an object or as JSON or YAML; what is constant in it is taken out, since that would be the
  /// answer.
  private static func schema(_ value: JSON?) -> JSON? {
    let schema = value?.string.flatMap { try? YAML(parsing: $0).json } ?? value
    guard schema?.object?.members.isEmpty == false else { return nil }
    return schema.map { withoutConstants($0, depth: 0) }
  }

  private static func withoutConstants(_ schema: JSON, depth: Int) -> JSON {
    guard depth < 64 else { return [:] }
    switch schema {
    case .object(let object):
      return .object(
        JSON.Object(
          object.members.filter { $0.name != "const" && $0.name != "default" }.map {
            .init(name: $0.name, value: withoutConstants($0.value, depth: depth + 1))
          }))
    case .array(let items): return .array(items.map { withoutConstants($0, depth: depth + 1) })
    default: return schema
    }
  }

  private static func length(_ value: JSON?) -> String? {
    if let count = value?.integer ?? value?.string.flatMap({ Int($0) }) {
      return "The answer must have exactly \(count) words."
    }
    switch (value?["min"]?.integer, value?["max"]?.integer) {
    case (let least?, let most?): return "The answer must have \(least) to \(most) words."
    case (let least?, nil): return "The answer must have at least \(least) words."
    case (nil, let most?): return "The answer must have at most \(most) words."
    case (nil, nil): return nil
    }
  }

  /// What stands in a regular expression as it is: without escapes, classes and settings.
  private static func literals(of pattern: String) -> String {
    var literals = ""
    var isEscaped = false
    var isClass = false
    for scalar in pattern.unicodeScalars {
      if isEscaped {
        isEscaped = false
        literals += " "
      } else if scalar == "\\" {
        isEscaped = true
      } else if isClass {
        isClass = scalar != "]"
      } else if scalar == "[" {
        isClass = true
        literals += " "
      } else {
        literals.unicodeScalars.append(scalar)
      }
    }
    return literals.replacing("(?i)", with: " ")
  }
}

extension JSON {
  fileprivate var isCollection: Bool { array != nil || object != nil }
}
