// Whether a value is what a JSON schema describes (https://json-schema.org/draft/2020-12), as far as
// schemas of prompts go. `pattern`, `format`, `patternProperties`, `dependent…`, `unevaluated…` and
// `$ref` to other documents are not looked at: nothing is held against a value because of them.

/// A place in a value that a schema refuses, and why.
public struct SchemaMismatch: Hashable, Sendable, CustomStringConvertible {
  /// As of JSONPath: `$.items[3].name`.
  public let path: String
  public let problem: String

  public var description: String { "\(path): \(problem)" }
}

extension JSON {
  /// What is wrong with the value by a schema; empty where nothing is. At most `limit` are given.
  public func mismatches(with schema: JSON, limit: Int = 20) -> [SchemaMismatch] {
    var check = JSONSchemaCheck(root: schema, limit: max(1, limit))
    check.check(self, schema, at: "$", depth: 0)
    return check.mismatches
  }
}

private struct JSONSchemaCheck {
  let root: JSON
  let limit: Int
  private(set) var mismatches: [SchemaMismatch] = []
  /// Schemas looked at: one that calls itself in several places could go on for ever.
  private var count = 0

  private static let deepest = 128
  private static let most = 200_000

  init(root: JSON, limit: Int) {
    self.root = root
    self.limit = limit
  }

  private mutating func refuse(_ path: String, _ problem: String) {
    if mismatches.count < limit { mismatches.append(SchemaMismatch(path: path, problem: problem)) }
  }

  mutating func check(_ value: JSON, _ schema: JSON, at path: String, depth: Int) {
    count += 1
    guard depth <= Self.deepest, count <= Self.most, mismatches.count < limit else { return }
    if schema.bool == false {
      refuse(path, "nothing may stand here")
      return
    }
    guard schema.object != nil else { return }
    if let reference = schema["$ref"]?.string, let target = resolve(reference) {
      check(value, target, at: path, depth: depth + 1)
    }
    guard checkType(value, schema, at: path) else { return }
    if let choices = schema["enum"]?.array, !choices.contains(where: { $0.isSame(as: value) }) {
      let names = choices.prefix(8).map(\.text).joined(separator: ", ")
      refuse(path, "\(Self.short(value)) is none of \(names)\(choices.count > 8 ? " …" : "")")
    }
    if let constant = schema["const"], !constant.isSame(as: value) {
      refuse(path, "\(constant.text) was expected, not \(Self.short(value))")
    }
    switch value {
    case .integer, .number: checkNumber(value, schema, at: path)
    case .string(let text):
      checkSize(text.unicodeScalars.count, "Length", "characters", schema, path)
    case .array(let items): checkItems(items, schema, at: path, depth: depth)
    case .object(let object): checkMembers(object, schema, at: path, depth: depth)
    case .null, .bool: break
    }
    checkChoices(value, schema, at: path, depth: depth)
  }

  private mutating func checkType(_ value: JSON, _ schema: JSON, at path: String) -> Bool {
    guard let type = schema["type"] else { return true }
    let names = type.array?.compactMap(\.string) ?? [type.string].compactMap { $0 }
    let types = names.compactMap(SchemaType.init)
    // A type that isn't known refuses nothing.
    guard types.count == names.count, !types.isEmpty else { return true }
    let own = SchemaType(of: value)
    if types.contains(where: { $0.allowed.contains(own) }) { return true }
    refuse(path, "\(names.joined(separator: " or ")) was expected, not \(own.rawValue)")
    return false
  }

  private mutating func checkNumber(_ value: JSON, _ schema: JSON, at path: String) {
    guard let number = value.double else { return }
    func bound(_ key: String, _ words: String, _ holds: (Double) -> Bool) {
      guard let limit = schema[key], let size = limit.double, !holds(size) else { return }
      refuse(path, "\(value.text) is not \(words) \(limit.text)")
    }
    bound("minimum", "at least") { number >= $0 }
    bound("maximum", "at most") { number <= $0 }
    bound("exclusiveMinimum", "above") { number > $0 }
    bound("exclusiveMaximum", "below") { number < $0 }
    bound("multipleOf", "a multiple of") { step in
      let share = number / step
      guard step > 0, share.isFinite else { return true }
      return abs(share - share.rounded()) < 1e-9 * max(1, abs(share))
    }
  }

  private mutating func checkSize(
    _ size: Int, _ key: String, _ noun: String, _ schema: JSON, _ path: String
  ) {
    if let least = schema["min\(key)"]?.integer, size < least {
      refuse(path, "has \(size) \(noun), at least \(least) were expected")
    }
    if let most = schema["max\(key)"]?.integer, size > most {
      refuse(path, "has \(size) \(noun), at most \(most) were expected")
    }
  }

  private mutating func checkItems(
    _ items: [JSON], _ schema: JSON, at path: String, depth: Int
  ) {
    checkSize(items.count, "Items", "items", schema, path)
    let first = schema["prefixItems"]?.array ?? schema["items"]?.array ?? []
    for (index, item) in items.enumerated() {
      let own = index < first.count ? first[index] : schema["items"]
      if let own, own.array == nil { check(item, own, at: "\(path)[\(index)]", depth: depth + 1) }
    }
    if schema["uniqueItems"]?.bool == true, Set(items).count < items.count {
      refuse(path, "has the same item more than once")
    }
  }

  private mutating func checkMembers(
    _ object: JSON.Object, _ schema: JSON, at path: String, depth: Int
  ) {
    checkSize(object.members.count, "Properties", "members", schema, path)
    let names = Set(object.members.map(\.name))
    for name in (schema["required"]?.array ?? []).compactMap(\.string) where !names.contains(name) {
      refuse(path, "'\(name)' is missing")
    }
    let known = schema["properties"]?.object
    let others = schema["patternProperties"] == nil ? schema["additionalProperties"] : nil
    for member in object.members {
      let place = path + Self.step(to: member.name)
      if let own = known?[member.name] {
        check(member.value, own, at: place, depth: depth + 1)
      } else if others?.bool == false {
        refuse(place, "the schema has no such member")
      } else if let others {
        check(member.value, others, at: place, depth: depth + 1)
      }
    }
  }

  private mutating func checkChoices(
    _ value: JSON, _ schema: JSON, at path: String, depth: Int
  ) {
    for part in schema["allOf"]?.array ?? [] { check(value, part, at: path, depth: depth + 1) }
    for key in ["anyOf", "oneOf"] {
      guard let choices = schema[key]?.array, !choices.isEmpty else { continue }
      var found: [[SchemaMismatch]] = []
      for choice in choices {
        found.append(reasons(against: value, choice, at: path, depth: depth + 1))
      }
      let fitting = found.count(where: \.isEmpty)
      if fitting == 0 {
        let nearest = found.min { $0.count < $1.count }?.first
        refuse(path, "fits none of \(choices.count) choices\(nearest.map { " (\($0))" } ?? "")")
      } else if key == "oneOf", fitting > 1 {
        refuse(path, "fits \(fitting) choices, where one was expected")
      }
    }
    if let no = schema["not"], reasons(against: value, no, at: path, depth: depth + 1).isEmpty {
      refuse(path, "is what the schema rules out")
    }
  }

  private mutating func reasons(
    against value: JSON, _ schema: JSON, at path: String, depth: Int
  ) -> [SchemaMismatch] {
    let before = mismatches
    mismatches = []
    check(value, schema, at: path, depth: depth)
    defer { mismatches = before }
    return mismatches
  }

  /// What a reference within the schema leads to: `#/$defs/name`.
  private func resolve(_ reference: String) -> JSON? {
    guard reference.hasPrefix("#") else { return nil }
    var target: JSON? = root
    for step in reference.dropFirst().split(separator: "/") {
      let name = String(step).split(separator: "~1", omittingEmptySubsequences: false)
        .map { $0.split(separator: "~0", omittingEmptySubsequences: false).joined(separator: "~") }
        .joined(separator: "/")
      target = target?[name] ?? Int(name).flatMap { target?[$0] }
    }
    return target
  }

  private static func step(to name: String) -> String {
    let isPlain =
      !name.isEmpty
      && name.utf8.allSatisfy { MarkdownInlines.isLetter($0) || $0 == UInt8(ascii: "_") }
    return isPlain ? ".\(name)" : "[\(JSON.string(name).text)]"
  }

  private static func short(_ value: JSON) -> String {
    let text = value.text
    return text.count > 40 ? "\(text.prefix(39))…" : text
  }
}

extension JSON {
  /// Whether two values are the same as JSON Schema sees it: numbers by their value, objects whatever
  /// the order of their members.
  fileprivate func isSame(as other: JSON) -> Bool {
    switch (self, other) {
    case (.integer, .number), (.number, .integer): double == other.double
    case (.array(let one), .array(let two)):
      one.count == two.count && zip(one, two).allSatisfy { $0.isSame(as: $1) }
    case (.object(let one), .object(let two)):
      one.members.count == two.members.count
        && one.members.allSatisfy { member in
          two[member.name].map { member.value.isSame(as: $0) } ?? false
        }
    default: self == other
    }
  }
}
