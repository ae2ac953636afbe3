// Whether any value fits a JSON schema. It sees the contradictions that people write, and takes all
// else for possible: what it says of a schema is true, what it doesn't say may be so.

/// Looks for the reason why nothing fits a schema.
struct SchemaSatisfiability {
  /// Why no value fits, and the line that shows it.
  struct Reason: Hashable {
    var line: Int
    var problem: String
  }

  private let root: YAML
  /// The `$ref`s that are being followed: a value would have to go on for ever to fit one that
  /// comes back to itself.
  private var open: [String] = []
  private var stepsLeft = 20_000

  init(root: YAML) { self.root = root }

  /// Why no value fits a schema; nil where one may.
  mutating func reasonAgainst(_ schema: YAML) -> Reason? {
    open = schema == root ? ["#"] : []
    return reason(against: [schema])
  }

  /// Parts that need not be given, and can't be: properties and items that no value fits. Those that
  /// forbid something on purpose, as `false` does, are left out.
  mutating func hopelessParts(of schema: YAML, depth: Int = 0) -> [Reason] {
    guard depth < 32 else { return [] }
    var reasons: [Reason] = []
    var parts = (schema["properties"]?.map ?? []).map { ($0.key, $0.value) }
    if let items = schema["items"], items.list == nil { parts.append(("an item", items)) }
    for (name, part) in parts where part.map != nil && part["not"] == nil {
      if let reason = reasonAgainst(part) {
        let subject =
          part == schema["items"] ? "no list can have an item" : "nothing fits '\(name)'"
        reasons.append(Reason(line: reason.line, problem: "\(subject): \(reason.problem)"))
      } else {
        reasons += hopelessParts(of: part, depth: depth + 1)
      }
    }
    return reasons
  }

  // MARK: Together

  /// Why no value fits all of some schemas.
  private mutating func reason(against schemas: [YAML]) -> Reason? {
    var facets = SchemaFacets()
    return reason(adding: schemas, to: &facets)
  }

  /// Why no value fits some schemas and what is asked for already.
  private mutating func reason(adding schemas: [YAML], to facets: inout SchemaFacets) -> Reason? {
    stepsLeft -= 1
    guard stepsLeft > 0, open.count < 64 else { return nil }
    let outer = open
    defer { open = outer }
    for schema in schemas {
      if let reason = gather(schema, into: &facets, following: outer) { return reason }
    }
    return reason(in: facets)
  }

  /// Adds what a schema asks for, those that it refers to included.
  ///
  /// - Parameter references: those that led here.
  private mutating func gather(
    _ schema: YAML, into facets: inout SchemaFacets, following references: [String]
  ) -> Reason? {
    if schema.scalar == false {
      return Reason(line: schema.line, problem: "'false' refuses everything")
    }
    guard schema.map != nil else { return nil }
    if let not = schema["not"], not.scalar == true || not.map?.isEmpty == true {
      return Reason(line: schema.line(ofKey: "not"), problem: "'not' of everything leaves nothing")
    }
    if let reason = facets.add(schema) { return reason }
    for part in schema["allOf"]?.list ?? [] {
      if let reason = gather(part, into: &facets, following: references) { return reason }
    }
    guard let reference = schema["$ref"]?.scalar?.string, reference.hasPrefix("#") else {
      return nil
    }
    let line = schema.line(ofKey: "$ref")
    if references.contains(reference) {
      return Reason(
        line: line, problem: "'\(reference)' needs itself inside of itself, without an end")
    }
    guard let target = target(of: reference) else {
      return Reason(line: line, problem: "'$ref' points to '\(reference)', which isn't there")
    }
    open.append(reference)
    return gather(target, into: &facets, following: references + [reference])
  }

  private func target(of reference: String) -> YAML? {
    var value = root
    for part in reference.dropFirst().split(separator: "/") {
      let key = String(part).replacing("~1", with: "/").replacing("~0", with: "~")
      if let member = value[key] {
        value = member
      } else if let index = Int(key), let list = value.list, list.indices.contains(index) {
        value = list[index]
      } else {
        return nil
      }
    }
    return value
  }

  // MARK: Contradictions

  private mutating func reason(in facets: SchemaFacets) -> Reason? {
    if facets.types.isEmpty {
      return Reason(
        line: facets.typeLine ?? root.line,
        problem: "no value is of all the types that are asked for")
    }
    if let values = facets.values {
      if let reason = reason(for: values, in: facets) { return reason }
    } else if let reason = reasonByType(in: facets) {
      return reason
    }
    // One choice at a time: all ways to meet all of them are too many.
    for choice in facets.choices {
      guard let first = choice.schemas.first else {
        return Reason(line: choice.line, problem: "there is nothing to choose from")
      }
      var rest = facets
      rest.choices = []
      guard let reason = reason(choosing: first, in: rest) else { continue }
      var isHopeless = true
      for schema in choice.schemas.dropFirst() where isHopeless {
        isHopeless = self.reason(choosing: schema, in: rest) != nil
      }
      if isHopeless {
        return Reason(
          line: choice.line, problem: "none of its choices can be met: \(reason.problem)")
      }
    }
    return nil
  }

  private mutating func reason(choosing schema: YAML, in facets: SchemaFacets) -> Reason? {
    var facets = facets
    return reason(adding: [schema], to: &facets)
  }

  private func reason(for values: [JSON], in facets: SchemaFacets) -> Reason? {
    let line = facets.valuesLine
    if values.isEmpty { return Reason(line: line, problem: "no value is left to choose from") }
    let typed = values.filter { facets.types.contains(SchemaType(of: $0)) }
    if typed.isEmpty {
      return Reason(line: line, problem: "the values are of another type than the schema's")
    }
    let fitting = typed.filter { value in
      SchemaFacets.Measure.allCases.allSatisfy { measure in
        guard let size = measure.size(of: value) else { return true }
        return size >= facets.least[measure]?.value ?? -.infinity
          && size <= facets.most[measure]?.value ?? .infinity
      }
    }
    return fitting.isEmpty
      ? Reason(line: line, problem: "the values are out of the bounds that the schema sets") : nil
  }

  /// Why none of the types that are left can be met.
  private mutating func reasonByType(in facets: SchemaFacets) -> Reason? {
    var first: Reason?
    // In the order of their names, so that the same schema has the same reason each time.
    for type in facets.types.sorted(by: { $0.rawValue < $1.rawValue }) {
      guard let reason = reason(against: type, in: facets) else { return nil }
      first = first ?? reason
    }
    return first
  }

  private mutating func reason(against type: SchemaType, in facets: SchemaFacets) -> Reason? {
    for measure in SchemaFacets.Measure.allCases where measure.types.contains(type) {
      guard let least = facets.least[measure], let most = facets.most[measure] else { continue }
      let keys = measure.keys
      if least.value > most.value {
        return Reason(
          line: max(least.line, most.line),
          problem: "'\(keys.least)' is above '\(keys.most)': \(JSON.number(least.value).text) and "
            + JSON.number(most.value).text)
      }
      if type == .integer, least.value.rounded(.up) > most.value {
        return Reason(
          line: max(least.line, most.line),
          problem: "no whole number lies between '\(keys.least)' and '\(keys.most)'")
      }
    }
    switch type {
    case .object: return reasonAgainstObjects(in: facets)
    case .array: return reasonAgainstLists(in: facets)
    default: return nil
    }
  }

  private mutating func reasonAgainstObjects(in facets: SchemaFacets) -> Reason? {
    let known = facets.properties.map(\.name)
    for (name, line) in facets.required {
      let schemas = facets.properties.filter { $0.name == name }.map(\.schema)
      if schemas.isEmpty {
        // A schema without properties describes no object; one with them has forgotten this one.
        guard !facets.hasPatternProperties, facets.closedLine != nil || !known.isEmpty else {
          continue
        }
        return Reason(
          line: line,
          problem: "'\(name)' is required, and 'properties' has none of that name"
            + Spelling.hint(for: name, among: known))
      }
      if let reason = reason(against: schemas) {
        return Reason(line: reason.line, problem: "'\(name)' is required, and \(reason.problem)")
      }
    }
    if let least = facets.least[.properties], facets.closedLine != nil,
      !facets.hasPatternProperties, least.value > Double(Set(known).count)
    {
      return Reason(line: least.line, problem: "'minProperties' is above the number of properties")
    }
    return nil
  }

  private mutating func reasonAgainstLists(in facets: SchemaFacets) -> Reason? {
    guard let least = facets.least[.items], least.value >= 1, !facets.hasPrefixItems,
      !facets.items.isEmpty, let reason = reason(against: facets.items)
    else { return nil }
    return Reason(
      line: reason.line,
      problem: "it must have \(JSON.number(least.value).text) or more items, and \(reason.problem)")
  }
}

extension SchemaFacets.Measure {
  /// How much a value has; nil for values that have none of it.
  fileprivate func size(of value: JSON) -> Double? {
    switch (self, value) {
    case (.value, _): value.double
    case (.length, .string(let text)): Double(text.unicodeScalars.count)
    case (.items, .array(let items)): Double(items.count)
    case (.properties, .object(let object)): Double(object.members.count)
    default: nil
    }
  }
}
