import Core

// Reads assertions as promptfoo's files write them: objects in JSON and YAML. Texts of CSV columns are
// read in AssertionReader+Column.

/// Makes assertions of what files say, and lists what is not carried out.
public struct AssertionReader {
  /// What was left out, or without effect, in the order of the file.
  public private(set) var unsupported: [UnsupportedAssertion] = []
  private let readFile: (_ path: String) throws -> String

  /// - Parameter readFile: gives the text of a file that a value names as `file://PATH`, without the
  ///   `file://`; its error's text is shown.
  public init(readFile: @escaping (_ path: String) throws -> String) { self.readFile = readFile }

  /// How deep sets may hold sets.
  private static let deepest = 8
  private static let keys: Set = [
    "type", "value", "threshold", "weight", "metric", "config", "provider", "assert",
  ]
  private static let unsupportedKeys = [
    "transform": "answers are graded as they are; put it into a program (type: program)",
    "contextTransform": "the context is that of the search, or the input 'context'",
    "rubricPrompt": "name a prompt file in config.prompt",
    "$ref": "write the assertion out",
    "normalizeUnicode": "texts are compared by their bytes",
  ]

  /// The assertions of a list `assert:`.
  ///
  /// Those of kinds that nothing carries out are left out, and listed in `unsupported`. Throws
  /// `AssertionError` for what is no assertion.
  ///
  /// - Parameter place: where the list stands, for messages: `tests[3].assert`.
  public mutating func assertions(
    in json: JSON, place: String
  ) throws(AssertionError) -> [Assertion] {
    try assertions(in: json, place, depth: 0)
  }

  private mutating func assertions(
    in json: JSON, _ place: String, depth: Int
  ) throws(AssertionError) -> [Assertion] {
    guard let items = json.array else {
      throw AssertionError(place: place, problem: "a list of assertions was expected")
    }
    var assertions: [Assertion] = []
    for (number, item) in items.enumerated() {
      let place = "\(place)[\(number)]"
      if let assertion = try assertion(in: item, place, depth: depth) {
        assertions.append(assertion)
      }
    }
    return assertions
  }

  private mutating func assertion(
    in json: JSON, _ place: String, depth: Int
  ) throws(AssertionError) -> Assertion? {
    guard let object = json.object else {
      throw AssertionError(
        place: place, problem: "an assertion was expected, such as {type: contains, value: …}")
    }
    if let reason = Self.unsupportedKeys["$ref"], object["$ref"] != nil {
      note(place, "$ref", reason)
      return nil
    }
    guard let written = object["type"]?.string else {
      throw AssertionError(place: place, problem: "the assertion has no type")
    }
    guard let (kind, isNegated) = try kind(written, place) else { return nil }
    for member in object.members where !Self.keys.contains(member.name) {
      let reason = Self.unsupportedKeys[member.name]
      note(place, member.name, reason ?? "no such key is known, so nothing is done with it")
      // What would be graded is not what the file means.
      if reason != nil { return nil }
    }
    var assertion = Assertion(kind.rawValue)
    assertion.isNegated = isNegated
    if let value = object["value"] {
      guard let value = try self.value(value, place) else { return nil }
      assertion.value = value
    }
    assertion.threshold = try number(object["threshold"], "threshold", place)
    assertion.weight = try number(object["weight"], "weight", place) ?? 1
    guard assertion.weight >= 0 else {
      throw AssertionError(place: place, problem: "the weight is less than 0")
    }
    assertion.metric = object["metric"]?.string
    assertion.config = object["config"]?.object ?? [:]
    assertion.model = try model(object["provider"], place)
    if kind == .assertSet {
      guard depth < Self.deepest else {
        throw AssertionError(
          place: place, problem: "sets hold sets deeper than \(Self.deepest): take some apart")
      }
      guard let members = object["assert"] else {
        throw AssertionError(place: place, problem: "the set has no list 'assert'")
      }
      assertion.members = try assertions(in: members, place + ".assert", depth: depth + 1)
      // A set of nothing would pass.
      guard !assertion.members.isEmpty else { return nil }
    }
    try check(assertion, kind, place)
    return assertion
  }

  // MARK: Parts

  /// The kind of a name with or without `not-`; nil for one that is listed as not supported.
  mutating func kind(
    _ written: String, _ place: String
  ) throws(AssertionError) -> (AssertionKind, isNegated: Bool)? {
    let isNegated = written.hasPrefix("not-")
    let name = isNegated ? String(written.dropFirst(4)) : written
    if let kind = AssertionKind(name: name) { return (kind, isNegated) }
    if let reason = AssertionKind.unsupported[name] {
      note(place, written, reason)
      return nil
    }
    let names = AssertionKind.allCases.map(\.rawValue) + AssertionKind.unsupported.keys.sorted()
    throw AssertionError(
      place: place,
      problem: "no type '\(written)' is known" + Spelling.hint(for: name, among: names))
  }

  /// What must be there for the assertion to say anything.
  func check(
    _ assertion: Assertion, _ kind: AssertionKind, _ place: String
  ) throws(AssertionError) {
    func refuse(_ problem: String) -> AssertionError {
      AssertionError(place: place, problem: "'\(assertion.name)' \(problem)")
    }
    if kind.needsValue, assertion.value == nil { throw refuse("has no value") }
    switch kind {
    case .latency, .cost:
      if assertion.threshold == nil { throw refuse("has no threshold: what may it be at most?") }
    case .program:
      if assertion.value?.string == nil, assertion.config["command"]?.string == nil {
        throw refuse("has no command line as its value")
      }
    case .tokenCount, .tokensUsed:
      let bounds = [assertion.value, .object(assertion.config)]
      if assertion.threshold == nil, assertion.value?.double == nil,
        bounds.allSatisfy({ $0?["min"] == nil && $0?["max"] == nil })
      {
        throw refuse("has no threshold, and no min or max")
      }
    default: break
    }
  }

  /// The value, read from its file where it names one; nil where it is listed as not supported.
  mutating func value(_ json: JSON, _ place: String) throws(AssertionError) -> JSON? {
    guard let text = json.string, text.hasPrefix("file://") else {
      noteTags(in: json, place)
      return json
    }
    let path = String(text.dropFirst(7))
    let name = path.split(separator: "/").last.map(String.init) ?? path
    let parts = name.split(separator: ":").first?.split(separator: ".") ?? []
    let ending = parts.count > 1 ? parts[parts.count - 1].lowercased() : ""
    guard !["js", "cjs", "mjs", "ts", "py", "rb"].contains(ending) else {
      note(place, text, "code in a file is not run; make it a program (type: program)")
      return nil
    }
    do {
      let content = try readFile(path)
      switch ending {
      case "json": return try JSON(parsing: content)
      case "yaml", "yml": return try YAML(parsing: content).json
      default: return .string(content)
      }
    } catch {
      throw AssertionError(place: place, problem: "the file \(path) can't be read: \(error)")
    }
  }

  private func number(
    _ json: JSON?, _ name: String, _ place: String
  ) throws(AssertionError) -> Double? {
    guard let json, !json.isNull else { return nil }
    guard let number = json.double ?? json.string.flatMap(Double.init), number.isFinite else {
      throw AssertionError(place: place, problem: "the \(name) is no number")
    }
    return number
  }

  /// A provider by its name, or by the `id` of an object.
  private func model(_ json: JSON?, _ place: String) throws(AssertionError) -> String? {
    guard let json, !json.isNull else { return nil }
    guard let name = json.string ?? json["id"]?.string else {
      throw AssertionError(place: place, problem: "the provider is no name, and has no id")
    }
    return name
  }

  // MARK: Notes

  mutating func note(_ place: String, _ name: String, _ reason: String) {
    unsupported.append(UnsupportedAssertion(place: place, name: name, reason: reason))
  }

  /// Lists tags that `filled(with:)` leaves as they are.
  private mutating func noteTags(in json: JSON, _ place: String) {
    for tag in json.unfilledTags {
      note(place, tag, "only {{name}} is filled in, so it stands as it is")
    }
  }
}
