// Tells JSON schemas from the other ways in which a prompt file may describe an answer.

enum JSONSchema {
  /// A value as a JSON schema; nil when it is none, such as Picoschema or the name of a schema.
  ///
  /// The rule is dotprompt's own (https://google.github.io/dotprompt/reference/picoschema): it is
  /// one when its `type` names a type of JSON, or when it has `properties`, which then make it an
  /// object.
  static func schema(in value: JSON?) -> JSON? {
    guard var schema = value?.object else { return nil }
    if let type = schema["type"]?.string, types.contains(type) { return .object(schema) }
    guard schema["properties"]?.object != nil, schema["type"] == nil else { return nil }
    schema["type"] = "object"
    return .object(schema)
  }

  private static let types: Set = [
    "any", "array", "boolean", "integer", "null", "number", "object", "string",
  ]
}
