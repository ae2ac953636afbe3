// What a prompt's front matter says of its variables: `input.schema`, as a JSON schema or in
// Picoschema (https://google.github.io/dotprompt/reference/picoschema), and its defaults.

/// What is known of a variable beforehand.
public struct VariableDeclaration: Hashable, Sendable {
  /// A JSON schema's type: `string`, `number`, `array`, …; nil for any.
  public var type: String?
  public var description: String?
  /// Whether the schema asks for it.
  public var isRequired: Bool
}

extension PromptFile {
  /// What `input.schema` says of a variable; nil when it says nothing.
  public func declaration(of variable: String) -> VariableDeclaration? {
    guard let schema = metadata["input"]?["schema"] else { return nil }
    if let schema = JSONSchema.schema(in: schema) {
      guard let property = schema["properties"]?[variable] else { return nil }
      return VariableDeclaration(
        type: property["type"]?.string, description: property["description"]?.string,
        isRequired: schema["required"]?.array?.contains(.string(variable)) == true)
    }
    for member in schema.object?.members ?? [] {
      if let declaration = Self.declaration(of: variable, in: member) { return declaration }
    }
    return nil
  }

  /// A member of a Picoschema: `name?(array, words about it): type, words about it`.
  private static func declaration(
    of variable: String, in member: JSON.Object.Member
  ) -> VariableDeclaration? {
    let parts = member.name.split(separator: "(", maxSplits: 1)
    guard var name = parts.first else { return nil }
    let isOptional = name.last == "?"
    if isOptional { name.removeLast() }
    guard name == variable else { return nil }
    var declaration = VariableDeclaration(isRequired: !isOptional)
    let container = parts.count > 1 ? String(parts[1].prefix { $0 != ")" }) : nil
    let (type, description) = words(in: container ?? member.value.string ?? "object")
    // An `enum` lists its values, which are texts mostly.
    declaration.type = type == "any" || type == "enum" ? nil : type
    declaration.description = description
    return declaration
  }

  /// `type, words about it`.
  private static func words(in text: String) -> (type: String, description: String?) {
    let parts = text.split(separator: ",", maxSplits: 1).map {
      $0.drop { $0.isWhitespace }
    }
    return (parts.first.map(String.init) ?? "", parts.count > 1 ? String(parts[1]) : nil)
  }

  /// What a text that was given for a variable is.
  ///
  /// Where the schema or the default asks for a number, a boolean, a list or an object, it is read
  /// as JSON; so is a list or an object for a variable that the template loops over or looks into.
  /// What doesn't parse as that is a text, like all others.
  public func value(ofInput text: String, for variable: String) -> JSON {
    let type = declaration(of: variable)?.type ?? defaults[variable]?.typeName
    switch type {
    case "number", "integer", "boolean", "array", "object":
      return (try? JSON(parsing: text)).flatMap { $0.isOf(type: type) ? $0 : nil } ?? .string(text)
    case nil, "null":
      guard template.structuredVariables.contains(variable), let first = text.first,
        "[{".contains(first), let value = try? JSON(parsing: text)
      else { return .string(text) }
      return value
    default: return .string(text)
    }
  }
}

extension JSON {
  /// The name that JSON schemas have for the type of the value.
  fileprivate var typeName: String {
    switch self {
    case .null: "null"
    case .bool: "boolean"
    case .integer, .number: "number"
    case .string: "string"
    case .array: "array"
    case .object: "object"
    }
  }

  fileprivate func isOf(type: String?) -> Bool {
    typeName == type || (type == "integer" && integer != nil)
  }
}
