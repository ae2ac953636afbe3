// What a prompt's front matter says of its variables: `input.schema` and the defaults.

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
    guard let schema = inputSchema, let property = schema["properties"]?[variable] else {
      return nil
    }
    // An optional one of a Picoschema is of its type or null.
    let types = property["type"]?.array?.compactMap(\.string).filter { $0 != "null" }
    let type = property["type"]?.string ?? (types?.count == 1 ? types?.first : nil)
    return VariableDeclaration(
      type: type == "any" ? nil : type, description: property["description"]?.string,
      isRequired: schema["required"]?.array?.contains(.string(variable)) == true)
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
      guard let value = try? JSON(parsing: text), value.isOf(type: type) else {
        return .string(text)
      }
      return value
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
  var typeName: String {
    switch self {
    case .null: "null"
    case .bool: "boolean"
    case .integer, .number: "number"
    case .string: "string"
    case .array: "array"
    case .object: "object"
    }
  }

  func isOf(type: String?) -> Bool {
    typeName == type || (type == "integer" && integer != nil)
  }
}
