import Core

// Reads assertions as promptfoo writes them: objects with a type, and the short texts of CSV's
// `__expected` columns. What isn't carried out is told, never left out in silence.

/// Reads the assertions of one file.
public struct AssertionReader {
  /// What is not carried out, each once.
  public private(set) var omissions: [String] = []
  private let name: String
  /// The assertions that `$ref` names.
  private let templates: JSON?
  private let files: (String) throws -> [ImportFile]

  private static let deepest = 8

  /// - Parameters:
  ///   - name: what messages call the file.
  ///   - templates: `assertionTemplates`; nil for none.
  ///   - files: the texts that a `file://` reference leads to.
  public init(
    name: String, templates: JSON? = nil, files: @escaping (String) throws -> [ImportFile]
  ) {
    self.name = name
    self.templates = templates
    self.files = files
  }

  // MARK: Objects

  /// The assertions of a list, or of one object. Throws `EvaluationFileError` for what is none.
  public mutating func assertions(_ json: JSON) throws -> [Assertion] {
    try assertions(json, depth: 0)
  }

  private mutating func assertions(_ json: JSON, depth: Int) throws -> [Assertion] {
    var read: [Assertion] = []
    for item in json.array ?? [json] {
      if let assertion = try assertion(item, depth: depth) { read.append(assertion) }
    }
    return read
  }

  /// Nil for one that is not carried out.
  private mutating func assertion(_ json: JSON, depth: Int) throws -> Assertion? {
    guard depth < Self.deepest else { throw fail("assertions are nested too deep") }
    if let text = json.string { return try assertion(ofText: text) }
    if let reference = json["$ref"]?.string {
      let name = reference.split(separator: "/").last.map(String.init) ?? reference
      guard let template = templates?[name] else {
        throw fail("there is no assertion '\(reference)' among the assertionTemplates")
      }
      return try assertion(template, depth: depth + 1)
    }
    guard let written = json["type"]?.string else {
      throw fail("an assertion has no `type`: \(json.text.prefix(80))")
    }
    guard var assertion = try start(written, value: json["value"]) else { return nil }
    if let reference = assertion.value?.string, reference.hasPrefix("file://") {
      assertion.value = try value(ofFile: String(reference.dropFirst(7)))
    }
    assertion.threshold = json["threshold"]?.double
    assertion.weight = json["weight"]?.double ?? 1
    assertion.metric = json["metric"]?.string
    assertion.config = json["config"]?.object ?? [:]
    assertion.model = Self.model(json["provider"])
    if assertion.type == AssertionKind.assertSet.rawValue {
      assertion.members = try assertions(json["assert"] ?? [], depth: depth + 1)
    }
    let known: Set = [
      "type", "value", "threshold", "weight", "metric", "config", "provider", "assert",
      "rubricPrompt",
    ]
    if let prompt = json["rubricPrompt"]?.string { assertion.config["prompt"] = .string(prompt) }
    for key in (json.object?.members ?? []).map(\.name) where !known.contains(key) {
      omit("\(key) of the assertion '\(written)': there is nothing that means the same")
    }
    return assertion
  }

  private static func model(_ provider: JSON?) -> String? {
    guard let provider else { return nil }
    if let name = provider.string, ModelReference(name) != nil { return name }
    return PromptfooProvider(provider)?.model?.description
  }

  private mutating func start(_ written: String, value: JSON?) throws -> Assertion? {
    let isNegated = written.hasPrefix("not-")
    let type = isNegated ? String(written.dropFirst(4)) : written
    if let reason = AssertionKind.reasonLeftOut(type) {
      omit("the assertion '\(written)': \(reason)")
      return nil
    }
    guard let kind = AssertionKind(name: type) else {
      let near = AssertionKind.allCases.map(\.rawValue)
        .min { Self.distance($0, type) < Self.distance($1, type) }
      throw fail(
        "there is no assertion '\(written)'" + (near.map { ": is '\($0)' meant?" } ?? ""))
    }
    var assertion = Assertion(kind.rawValue, value: value)
    assertion.isNegated = isNegated
    return assertion
  }

  private static func distance(_ a: String, _ b: String) -> Int {
    EditDistance.between(Array(a.utf8), Array(b.utf8), limit: 40)
  }

  /// JSON and YAML files are the value that they hold, any other its text.
  private func value(ofFile path: String) throws -> JSON {
    guard let file = try files(path).first else { throw fail("there is no \(path)") }
    switch path.split(separator: ".").last?.lowercased() {
    case "json", "yaml", "yml":
      do {
        return try YAML(parsing: file.text).json
      } catch {
        throw fail("\(path):\(error.line): \(error.problem)")
      }
    case "js", "ts", "py", "mjs", "cjs":
      throw fail("\(path) is a program: an assertion of `type: program` runs one")
    default: return .string(file.text)
    }
  }

  private func fail(_ problem: String) -> EvaluationFileError {
    EvaluationFileError("\(name): \(problem).")
  }

  private mutating func omit(_ sentence: String) {
    if !omissions.contains(sentence) { omissions.append(sentence) }
  }

  // MARK: Texts of CSV

  /// What a cell of an `__expected` column says: `contains: 30 days`, `similar(0.8): …`, or a text that
  /// must be equalled (https://www.promptfoo.dev/docs/configuration/test-cases/). Nil for an empty one,
  /// and for one that is not carried out.
  public mutating func assertion(ofText text: String) throws -> Assertion? {
    let trimmed = String(text[...].trimmed)
    if trimmed.isEmpty { return nil }
    guard let parsed = Self.parse(trimmed) else {
      for prefix in ["javascript:", "fn:", "eval:", "python:", "file://"]
      where trimmed.hasPrefix(prefix) {
        omit("the expectation '\(prefix)': no code is run in the program")
        return nil
      }
      return Assertion(AssertionKind.equals.rawValue, value: .string(trimmed))
    }
    guard var assertion = try start(parsed.type, value: nil) else { return nil }
    assertion.threshold = parsed.threshold
    switch AssertionKind(name: assertion.type) {
    case .containsAll, .containsAny, .icontainsAll, .icontainsAny:
      assertion.value = .array(Self.list(parsed.rest).map(JSON.string))
    case .isJSON, .containsJSON, .isSQL, .containsSQL:
      if !parsed.rest.isEmpty { assertion.value = (try? YAML(parsing: parsed.rest))?.json }
    case .latency, .cost, .wordCount, .tokenCount:
      if assertion.threshold == nil { assertion.threshold = Double(parsed.rest) }
    default: assertion.value = .string(parsed.rest)
    }
    return assertion
  }

  /// `type(threshold): rest`; nil where no kind is named.
  private static func parse(
    _ text: String
  ) -> (type: String, threshold: Double?, rest: String)? {
    let word = text.prefix { $0.isLetter || $0 == "-" }
    var type = String(word)
    if type == "grade" { type = AssertionKind.rubric.rawValue }
    let bare = type.hasPrefix("not-") ? String(type.dropFirst(4)) : type
    guard AssertionKind(name: bare) != nil || AssertionKind.reasonLeftOut(bare) != nil else {
      return nil
    }
    var rest = text[word.endIndex...]
    var threshold: Double?
    if rest.first == "(", let close = rest.firstIndex(of: ")") {
      threshold = Double(rest[rest.index(after: rest.startIndex)..<close])
      rest = rest[rest.index(after: close)...]
    }
    if rest.first == ":" {
      rest = rest.dropFirst()
    } else if !rest.trimmed.isEmpty {
      return nil
    }
    return (type, threshold, String(rest.trimmed))
  }

  /// Items between commas; a comma in double quotes belongs to its item.
  public static func list(_ text: String) -> [String] {
    var items = [""]
    var isQuoted = false
    for character in text {
      switch character {
      case "\"": isQuoted.toggle()
      case "," where !isQuoted: items.append("")
      default: items[items.count - 1].append(character)
      }
    }
    return items.map { String($0[...].trimmed) }.filter { !$0.isEmpty }
  }
}

extension Assertion {
  /// The assertion with the case's inputs in place of `{{name}}` in its value.
  public func filled(with inputs: JSON.Object) -> Assertion {
    var assertion = self
    assertion.value = value.map { Self.fill($0, inputs) }
    assertion.members = members.map { $0.filled(with: inputs) }
    return assertion
  }

  private static func fill(_ value: JSON, _ inputs: JSON.Object) -> JSON {
    switch value {
    case .string(let text) where text.contains("{{"): .string(fill(text, inputs))
    case .array(let items): .array(items.map { fill($0, inputs) })
    case .object(let object):
      .object(
        JSON.Object(object.members.map { .init(name: $0.name, value: fill($0.value, inputs)) }))
    default: value
    }
  }

  /// What stands in braces and is no input stays as it is: it may be meant.
  private static func fill(_ text: String, _ inputs: JSON.Object) -> String {
    var filled = ""
    var rest = text[...]
    while let open = rest.firstRange(of: "{{"),
      let close = rest[open.upperBound...].firstRange(of: "}}")
    {
      filled += rest[..<open.lowerBound]
      let name = String(rest[open.upperBound..<close.lowerBound].trimmed)
      if let value = inputs[name] {
        filled += value.string ?? value.text
      } else {
        filled += rest[open.lowerBound..<close.upperBound]
      }
      rest = rest[close.upperBound...]
    }
    return filled + rest
  }
}
