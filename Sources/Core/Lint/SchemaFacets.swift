// What a schema and those that it must hold together with (`allOf`, `$ref`) ask for, in one place,
// so that what contradicts itself can be seen.

/// The demands of one or several schemas on one value.
struct SchemaFacets {
  /// A demand and where it is written.
  struct Bound {
    var value: Double
    var line: Int
  }

  var types = SchemaType.all
  /// The line of the `type` that narrowed them last.
  var typeLine: Int?
  /// What `enum` and `const` leave; nil for anything.
  var values: [JSON]?
  var valuesLine = 0
  var least: [Measure: Bound] = [:]
  var most: [Measure: Bound] = [:]
  var required: [(name: String, line: Int)] = []
  /// A property that several schemas describe must fit them all.
  var properties: [(name: String, schema: YAML)] = []
  /// Whether a property that isn't named is refused, and where that is written.
  var closedLine: Int?
  var hasPatternProperties = false
  var items: [YAML] = []
  var hasPrefixItems = false
  /// Each a list of schemas of which one must hold.
  var choices: [(line: Int, schemas: [YAML])] = []

  /// What a number, a text, a list or an object can have much or little of.
  enum Measure: String, CaseIterable {
    case value, length, items, properties

    var keys: (least: String, most: String) {
      switch self {
      case .value: ("minimum", "maximum")
      case .length: ("minLength", "maxLength")
      case .items: ("minItems", "maxItems")
      case .properties: ("minProperties", "maxProperties")
      }
    }

    /// The types that have it.
    var types: Set<SchemaType> {
      switch self {
      case .value: [.number, .integer]
      case .length: [.string]
      case .items: [.array]
      case .properties: [.object]
      }
    }
  }

  /// Adds what one schema asks for by itself; gives a sentence where it names a type that is none.
  mutating func add(_ schema: YAML) -> SchemaSatisfiability.Reason? {
    if let reason = addTypes(schema["type"]) { return reason }
    if let list = schema["enum"]?.list {
      restrict(to: list.map(\.json), line: schema.line(ofKey: "enum"))
    }
    if let value = schema["const"] { restrict(to: [value.json], line: schema.line(ofKey: "const")) }
    for measure in Measure.allCases {
      if let value = schema[measure.keys.least]?.scalar?.double {
        raise(measure, to: value, line: schema.line(ofKey: measure.keys.least))
      }
      if let value = schema[measure.keys.most]?.scalar?.double {
        lower(measure, to: value, line: schema.line(ofKey: measure.keys.most))
      }
    }
    for item in schema["required"]?.list ?? [] {
      if let name = item.scalar?.string { required.append((name, item.line)) }
    }
    properties += (schema["properties"]?.map ?? []).map { ($0.key, $0.value) }
    if schema["additionalProperties"]?.scalar == false {
      closedLine = closedLine ?? schema.line(ofKey: "additionalProperties")
    }
    if schema["patternProperties"] != nil { hasPatternProperties = true }
    if let item = schema["items"] { items.append(item) }
    if schema["prefixItems"] != nil || schema["items"]?.list != nil { hasPrefixItems = true }
    for key in ["anyOf", "oneOf"] {
      if let list = schema[key]?.list { choices.append((schema.line(ofKey: key), list)) }
    }
    return nil
  }

  private mutating func addTypes(_ type: YAML?) -> SchemaSatisfiability.Reason? {
    guard let type else { return nil }
    var allowed: Set<SchemaType> = []
    for item in type.list ?? [type] {
      guard let name = item.scalar?.string ?? (item.scalar == .null ? "null" : nil) else {
        continue
      }
      guard let known = SchemaType(rawValue: name) else {
        let names = SchemaType.allCases.map(\.rawValue)
        return SchemaSatisfiability.Reason(
          line: item.line,
          problem: "there is no type '\(name.prefix(40))'" + Spelling.hint(for: name, among: names))
      }
      allowed.formUnion(known.allowed)
    }
    types.formIntersection(allowed)
    typeLine = type.line
    return nil
  }

  private mutating func restrict(to list: [JSON], line: Int) {
    values = values.map { $0.filter(list.contains) } ?? list
    valuesLine = line
  }

  private mutating func raise(_ measure: Measure, to value: Double, line: Int) {
    if value > least[measure]?.value ?? -.infinity {
      least[measure] = Bound(value: value, line: line)
    }
  }

  private mutating func lower(_ measure: Measure, to value: Double, line: Int) {
    if value < most[measure]?.value ?? .infinity { most[measure] = Bound(value: value, line: line) }
  }
}
