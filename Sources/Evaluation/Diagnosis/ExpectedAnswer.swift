import Core

// What a right answer to a case says, as far as the case tells it in words that a passage could hold.
// It is read from the case alone.

/// The texts that passages must hold for a case to be answered from them.
public struct ExpectedAnswer: Hashable, Sendable {
  /// All of these are needed; of each, one of the wordings.
  public private(set) var parts: [[String]] = []

  /// Parts, wordings of a part, and bytes of a wording that are looked at.
  private enum Limit {
    static let parts = 24
    static let wordings = 16
    static let bytes = 4000
    static let depth = 8
  }

  /// Nil where nothing that is expected could stand in a passage: a rubric, a bare yes or no.
  public init?(of evaluated: EvaluationCase) {
    let assertions = Self.flattened(evaluated.assertions)
    // Facts are told by their words more surely than by a whole answer.
    for assertion in assertions where Self.facts.contains(assertion.type) {
      add(assertion, isAll: assertion.type.hasSuffix("contains-all"))
    }
    if parts.isEmpty, let query = assertions.first(where: { $0.type == "sql-execution" }) {
      addNames(ofQuery: query.value?.string ?? evaluated.expected?.string ?? "")
    }
    if parts.isEmpty, let expected = evaluated.expected { add(expected) }
    if parts.isEmpty {
      for assertion in assertions where Self.references.contains(assertion.type) {
        add(assertion, isAll: false)
      }
    }
    guard !parts.isEmpty else { return nil }
  }

  /// Answers that are known from elsewhere, any of which is right.
  public init?(anyOf wordings: [String]) {
    addPart(wordings)
    guard !parts.isEmpty else { return nil }
  }

  /// What to search the corpus with, beside the question.
  public var searchText: String { parts.compactMap(\.first).joined(separator: " ") }

  // MARK: Assertions

  private static let facts: Set<String> = [
    "contains", "icontains", "contains-any", "icontains-any", "contains-all", "icontains-all",
  ]
  private static let references: Set<String> = [
    "equals", "levenshtein", "rouge-n", "bleu", "gleu", "similar", "factuality", "context-recall",
  ]

  /// Those that say what the answer is, also in sets; not what it isn't, nor what counts for nothing.
  private static func flattened(_ assertions: [Assertion], depth: Int = 0) -> [Assertion] {
    guard depth < Limit.depth else { return [] }
    return assertions.filter { !$0.isNegated && $0.weight > 0 }.flatMap { assertion in
      assertion.type == "assert-set"
        ? flattened(assertion.members, depth: depth + 1) : [assertion]
    }
  }

  private mutating func add(_ assertion: Assertion, isAll: Bool) {
    guard let value = assertion.value else { return }
    let texts = Self.texts(value)
    if isAll {
      for text in texts { addPart([text]) }
    } else {
      addPart(texts)
    }
  }

  /// An expected answer: a text, several that are all right, or an object whose values all are
  /// needed.
  private mutating func add(_ expected: JSON) {
    if let members = expected.object?.members {
      for member in members { addPart(Self.texts(member.value)) }
    } else {
      addPart(Self.texts(expected))
    }
  }

  private static func texts(_ value: JSON) -> [String] {
    switch value {
    case .string(let text): [text]
    case .integer, .number: [value.text]
    case .array(let items):
      items.prefix(Limit.wordings).flatMap { $0.array == nil ? texts($0) : [] }
    default: []
    }
  }

  private mutating func addPart(_ wordings: [String]) {
    guard parts.count < Limit.parts else { return }
    let telling = wordings.prefix(Limit.wordings).filter { wording in
      wording.utf8.count <= Limit.bytes
        && AnswerWords.words(of: wording).contains { !AnswerWords.empty.contains($0) }
    }
    // A part that can be worded without a telling word can be met without any passage.
    guard !telling.isEmpty, telling.count == wordings.prefix(Limit.wordings).count else { return }
    parts.append(telling)
  }

  // MARK: Queries

  /// The tables and columns that a query names, which passages about a schema hold.
  private mutating func addNames(ofQuery query: String) {
    var names: Set<String> = []
    for name in SQLNames.names(in: String(decoding: query.utf8.prefix(Limit.bytes), as: UTF8.self))
    where names.insert(name).inserted { addPart([name]) }
  }
}

/// The names in a query: what is neither a keyword, an alias of a letter and a number, a literal nor
/// a comment.
enum SQLNames {
  static func names(in query: String) -> [String] {
    var names: [String] = []
    var rest = query.unicodeScalars[...]
    while let scalar = rest.first {
      if scalar == "'" {
        rest = rest.dropFirst().drop { $0 != "'" }.dropFirst()
      } else if rest.starts(with: "--".unicodeScalars) {
        rest = rest.drop { $0 != "\n" }
      } else if isNameScalar(scalar) {
        let name = String(rest.prefix(while: isNameScalar)).lowercased()
        rest = rest.drop(while: isNameScalar)
        if !keywords.contains(name), !isAlias(name), rest.first != "(" { names.append(name) }
      } else {
        rest = rest.dropFirst()
      }
    }
    return names
  }

  private static func isNameScalar(_ scalar: Unicode.Scalar) -> Bool {
    scalar == "_" || scalar.properties.isAlphabetic || "0"..."9" ~= scalar
  }

  private static func isAlias(_ name: String) -> Bool {
    name.utf8.count <= 2 || name.utf8.first.map { 0x30...0x39 ~= $0 } == true
      || (name.hasPrefix("t") && name.dropFirst().allSatisfy(\.isNumber))
  }

  static let keywords: Set<String> = [
    "select", "distinct", "from", "where", "group", "by", "having", "order", "limit", "offset",
    "join", "inner", "left", "right", "full", "outer", "cross", "natural", "on", "using", "as",
    "and",
    "or", "not", "in", "between", "like", "glob", "is", "null", "exists", "all", "any", "union",
    "intersect", "except", "asc", "desc", "case", "when", "then", "else", "end", "with",
    "recursive", "values", "cast", "collate", "over", "partition", "filter", "count", "sum", "avg",
    "min", "max", "integer", "text", "real", "true", "false",
  ]
}
