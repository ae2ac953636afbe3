// Picoschema, in which prompt files describe what goes in and what is to come out, as JSON schema
// (https://google.github.io/dotprompt/reference/picoschema). A JSON schema stays what it is.

/// Turns the schemas of a prompt file into JSON schemas.
struct Picoschema {
  /// Names the file and the line of what is wrong.
  let reader: PromptSettingsReader
  /// JSON schemas that can be named; nil leaves a schema that is but a name to other programs.
  let schemas: JSON.Object?

  /// The schema that a value of the front matter describes; nil where there is none, or where its
  /// name is left to other programs.
  func schema(of value: YAML?) throws(PromptError) -> JSON? {
    guard let value, value.scalar != .null else { return nil }
    if let text = value.scalar?.string {
      if schemas == nil, !Self.isScalarType(Self.parted(text).type) { return nil }
      return try schema(named: text, at: value)
    }
    if let schema = Self.jsonSchema(in: value.json) { return schema }
    return .object(try object(value))
  }

  /// A value as a JSON schema; nil for Picoschema.
  ///
  /// It is one when its `type` names a type of JSON, or when it has `properties`, which then make it
  /// an object.
  private static func jsonSchema(in value: JSON) -> JSON? {
    guard var schema = value.object else { return nil }
    if let type = schema["type"]?.string, isScalarType(type) || type == "object" || type == "array"
    {
      return value
    }
    guard schema["properties"]?.object != nil else { return nil }
    schema["type"] = "object"
    return .object(schema)
  }

  private static let scalarTypes = ["string", "number", "integer", "boolean", "null", "any"]

  private static func isScalarType(_ name: String) -> Bool { scalarTypes.contains(name) }

  // MARK: Fields

  private func schema(_ value: YAML) throws(PromptError) -> JSON.Object {
    if let text = value.scalar?.string {
      return try schema(named: text, at: value).object ?? [:]
    }
    guard value.map != nil else {
      throw reader.fail(
        value, "a schema is a type such as 'string', or a map of fields; this is neither")
    }
    return try object(value)
  }

  /// `type`, `type, description`, or the same with the name of a schema for the type.
  private func schema(named text: String, at value: YAML) throws(PromptError) -> JSON {
    let (type, description) = Self.parted(text)
    var schema: JSON.Object
    if Self.isScalarType(type) {
      schema = type == "any" ? [:] : ["type": .string(type)]
    } else if let known = schemas?[type] {
      guard description != nil, let object = known.object else { return known }
      schema = object
    } else {
      let types = Self.scalarTypes.joined(separator: ", ")
      throw reader.fail(
        value, "'\(type.prefix(40))' is no type: one of \(types) was expected, or a known schema")
    }
    if let description { schema["description"] = .string(description) }
    return .object(schema)
  }

  private func object(_ value: YAML) throws(PromptError) -> JSON.Object {
    guard let entries = value.map else {
      throw reader.fail(value, "a schema must be a map of fields, or the name of a type")
    }
    var properties = JSON.Object()
    var required: [JSON] = []
    var others: JSON = false
    for entry in entries {
      if entry.key == "(*)" {
        others = .object(try schema(entry.value))
        continue
      }
      let field = try Field(entry, reader: reader)
      if !field.isOptional { required.append(.string(field.name)) }
      properties[field.name] = .object(try property(field, entry.value))
    }
    var schema: JSON.Object = ["type": "object", "properties": .object(properties)]
    if !required.isEmpty { schema["required"] = .array(required) }
    schema["additionalProperties"] = others
    return schema
  }

  private func property(_ field: Field, _ value: YAML) throws(PromptError) -> JSON.Object {
    var property: JSON.Object
    switch field.kind {
    case nil, .object: property = try schema(value)
    case .array: property = ["type": "array", "items": .object(try schema(value))]
    case .enum:
      guard var values = value.list?.map(\.json), !values.isEmpty else {
        throw reader.fail(value, "the values of '\(field.name)' must be a list")
      }
      if field.isOptional, !values.contains(.null) { values.append(.null) }
      property = ["enum": .array(values)]
    }
    // A model that has to name every field says so of one that it has nothing for.
    if field.isOptional, let type = property["type"], type.string != nil, type != "null" {
      property["type"] = [type, "null"]
    }
    if let description = field.description { property["description"] = .string(description) }
    return property
  }

  /// A text's type, and what follows the first comma.
  fileprivate static func parted(_ text: String) -> (type: String, description: String?) {
    let parts = text.split(separator: ",", maxSplits: 1, omittingEmptySubsequences: false)
      .map { String($0.trimmedOfBlanks) }
    return (parts[0], parts.count > 1 && !parts[1].isEmpty ? parts[1] : nil)
  }
}

extension Picoschema {
  /// The key of a field: `name`, `name?`, `name(array)`, `name?(enum, description)`.
  private struct Field {
    enum Kind: String { case array, object, `enum` }

    let name: String
    let isOptional: Bool
    /// Nil where the value alone says what it is.
    var kind: Kind?
    var description: String?

    init(_ entry: YAML.Entry, reader: PromptSettingsReader) throws(PromptError) {
      let key = entry.key
      let open = key.firstIndex(of: "(") ?? key.endIndex
      let name = key[..<open].trimmedOfBlanks
      isOptional = name.hasSuffix("?")
      self.name = String(isOptional ? name.dropLast() : name)
      guard open < key.endIndex else { return }
      func fail(_ problem: String) -> PromptError { reader.fail(line: entry.line, problem) }
      guard key.hasSuffix(")") else { throw fail("'\(key.prefix(40))' has no closing ')'") }
      let parts = parted(String(key[key.index(after: open)...].dropLast()))
      guard let kind = Kind(rawValue: parts.type) else {
        throw fail("'(\(parts.type.prefix(40)))' is none of (array), (object) and (enum)")
      }
      self.kind = kind
      description = parts.description
    }
  }
}

extension StringProtocol {
  /// Without the spaces at both ends.
  fileprivate var trimmedOfBlanks: SubSequence {
    let start = drop { $0 == " " || $0 == "\t" }
    let end = start.lastIndex { $0 != " " && $0 != "\t" }.map(start.index(after:))
    return start[start.startIndex..<(end ?? start.startIndex)]
  }
}
