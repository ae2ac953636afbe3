import Core

// Cases, variants and results as JSON: the form in which the store keeps them. What it reads may be of
// a later whet, or have been changed by anyone.

extension Assertion {
  /// As promptfoo writes it; what is as usual is left out.
  public var json: JSON {
    var object: JSON.Object = ["type": .string(name)]
    if let value { object["value"] = value }
    if let threshold { object["threshold"] = .number(threshold) }
    if weight != 1 { object["weight"] = .number(weight) }
    if let metric { object["metric"] = .string(metric) }
    if !config.members.isEmpty { object["config"] = .object(config) }
    if let model { object["model"] = .string(model) }
    if !members.isEmpty { object["assert"] = .array(members.map(\.json)) }
    return .object(object)
  }

  /// The assertion that such an object holds; nil when it names no kind. What nests deeper than any
  /// person writes is cut off.
  public init?(json: JSON) { self.init(json: json, depth: 0) }

  private init?(json: JSON, depth: Int) {
    guard let name = json["type"]?.string, depth < 8 else { return nil }
    let isNegated = name.hasPrefix("not-")
    self.init(isNegated ? String(name.dropFirst(4)) : name, value: json["value"])
    self.isNegated = isNegated
    threshold = json["threshold"]?.double
    weight = json["weight"]?.double ?? 1
    metric = json["metric"]?.string
    config = json["config"]?.object ?? [:]
    model = json["model"]?.string
    members = (json["assert"]?.array ?? []).compactMap { Assertion(json: $0, depth: depth + 1) }
  }
}

extension EvaluationCase {
  public var json: JSON {
    var object: JSON.Object = ["id": .string(id)]
    if !description.isEmpty { object["description"] = .string(description) }
    object["inputs"] = .object(inputs)
    object["assert"] = .array(assertions.map(\.json))
    if let threshold { object["threshold"] = .number(threshold) }
    if let expected { object["expected"] = expected }
    if !tags.isEmpty { object["tags"] = .array(tags.map(JSON.string)) }
    if !relevant.isEmpty { object["relevant"] = .array(relevant.map(\.json)) }
    if !metadata.members.isEmpty { object["metadata"] = .object(metadata) }
    return .object(object)
  }

  /// The case that such an object holds; nil when it isn't one, or when one of its assertions isn't:
  /// without it the case would be another one.
  public init?(json: JSON) {
    guard let id = json["id"]?.string, let inputs = json["inputs"]?.object else { return nil }
    let items = json["assert"]?.array ?? []
    let assertions = items.compactMap { Assertion(json: $0) }
    guard assertions.count == items.count else { return nil }
    self.init(
      id: id, description: json["description"]?.string ?? "", inputs: inputs,
      assertions: assertions, threshold: json["threshold"]?.double, expected: json["expected"],
      tags: (json["tags"]?.array ?? []).compactMap(\.string),
      relevant: (json["relevant"]?.array ?? []).compactMap { Judgment(json: $0, query: id) },
      metadata: json["metadata"]?.object ?? [:])
  }
}

extension EvaluationVariant {
  public var json: JSON {
    [
      "name": .string(name), "prompt_text": .string(promptText), "prompt_path": JSON(promptPath),
      "asked": asked.json, "kind": JSON(kind),
    ]
  }

  /// The variant that such an object holds; nil when it isn't one.
  public init?(json: JSON) {
    guard let name = json["name"]?.string, let text = json["prompt_text"]?.string,
      let asked = json["asked"].flatMap(Variant.init)
    else { return nil }
    self.init(
      name: name, promptText: text, promptPath: json["prompt_path"]?.string, asked: asked,
      kind: json["kind"]?.string)
  }
}

extension AssertionResult {
  /// `type`, `pass`, `score`, `reason`; what is as usual is left out.
  public var json: JSON {
    var object: JSON.Object = [
      "type": .string(type), "pass": .bool(passed), "score": .number(score),
      "reason": .string(reason),
    ]
    if let metric { object["metric"] = .string(metric) }
    if weight != 1 { object["weight"] = .number(weight) }
    if !members.isEmpty { object["assertions"] = .array(members.map(\.json)) }
    return .object(object)
  }

  /// The result that such an object holds; nil when it isn't one.
  public init?(json: JSON) { self.init(json: json, depth: 0) }

  private init?(json: JSON, depth: Int) {
    guard let type = json["type"]?.string, let passed = json["pass"]?.bool, depth < 8 else {
      return nil
    }
    self.init(
      type: type, metric: json["metric"]?.string, passed: passed,
      score: json["score"]?.double ?? (passed ? 1 : 0), weight: json["weight"]?.double ?? 1,
      reason: json["reason"]?.string ?? "",
      members: (json["assertions"]?.array ?? []).compactMap {
        AssertionResult(json: $0, depth: depth + 1)
      })
  }
}

extension Grade {
  public var json: JSON {
    [
      "pass": .bool(passed), "score": .number(score), "assertions": .array(assertions.map(\.json)),
    ]
  }

  /// The grade that such an object holds; nil when it isn't one.
  public init?(json: JSON) {
    guard let passed = json["pass"]?.bool else { return nil }
    self.init(
      passed: passed, score: json["score"]?.double ?? (passed ? 1 : 0),
      assertions: (json["assertions"]?.array ?? []).compactMap { AssertionResult(json: $0) })
  }
}

extension Judgment {
  /// What is relevant, by an object `{"document", "start"?, "end"?, "grade"?}`, or by a document's id
  /// alone; nil for anything else.
  public init?(json: JSON, query: String) {
    guard let document = json.string ?? json["document"]?.string, !document.isEmpty else {
      return nil
    }
    var span: Range<Int>?
    if let start = json["start"]?.integer, let end = json["end"]?.integer {
      guard 0 <= start, start < end else { return nil }
      span = start..<end
    }
    self.init(
      query: query, document: document, span: span, grade: json["grade"]?.integer ?? 1)
  }
}
