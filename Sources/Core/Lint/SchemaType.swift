// The types that JSON Schema has for values (https://json-schema.org/draft/2020-12, § 6.1.1).

/// A type of JSON Schema; `any`, which dotprompt adds, is all of them.
enum SchemaType: String, Hashable, Sendable, CaseIterable {
  case null, boolean, object, array, number, string, integer, any

  /// Those that a value can be; `integer` is a `number` without a fraction.
  static let all: Set<SchemaType> = [.null, .boolean, .object, .array, .number, .string, .integer]

  /// The types that a name allows.
  var allowed: Set<SchemaType> {
    switch self {
    case .any: Self.all
    case .number: [.number, .integer]
    default: [self]
    }
  }

  /// The narrowest type of a value.
  init(of value: JSON) {
    switch value {
    case .null: self = .null
    case .bool: self = .boolean
    case .integer: self = .integer
    case .number: self = value.integer == nil ? .number : .integer
    case .string: self = .string
    case .array: self = .array
    case .object: self = .object
    }
  }
}
