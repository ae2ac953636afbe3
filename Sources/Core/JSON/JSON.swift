// A JSON value that keeps the order of its members, so that what is written reads as it was meant.
// It reads and writes nothing by itself: JSONParser and JSONWriter do.

/// Any JSON value.
public enum JSON: Hashable, Sendable {
  case null
  case bool(Bool)
  case integer(Int)
  case number(Double)
  case string(String)
  case array([JSON])
  case object(Object)

  /// The members of a JSON object, in the order in which they were written.
  ///
  /// Look-up is a linear scan: the objects of these protocols are small.
  public struct Object: Hashable, Sendable, ExpressibleByDictionaryLiteral {
    /// A name with its value.
    public struct Member: Hashable, Sendable {
      public var name: String
      public var value: JSON

      public init(name: String, value: JSON) {
        self.name = name
        self.value = value
      }
    }

    /// As they were written; a name may come more than once.
    public var members: [Member]

    public init(_ members: [Member] = []) { self.members = members }

    public init(dictionaryLiteral elements: (String, JSON)...) {
      members = elements.map { Member(name: $0.0, value: $0.1) }
    }

    /// The value of a member; of a repeated name, the last. Setting nil removes it.
    public subscript(name: String) -> JSON? {
      get { members.last { $0.name == name }?.value }
      set {
        if let index = members.lastIndex(where: { $0.name == name }) {
          if let newValue {
            members[index].value = newValue
          } else {
            members.removeAll { $0.name == name }
          }
        } else if let newValue {
          members.append(Member(name: name, value: newValue))
        }
      }
    }
  }
}

extension JSON {
  /// The value of an object's member; nil when there is none, and for what is no object.
  public subscript(name: String) -> JSON? {
    if case .object(let object) = self { return object[name] }
    return nil
  }

  /// The item of an array, from 0; nil past its ends, and for what is no array.
  public subscript(index: Int) -> JSON? {
    if case .array(let items) = self, items.indices.contains(index) { return items[index] }
    return nil
  }

  public var string: String? { if case .string(let value) = self { value } else { nil } }
  public var bool: Bool? { if case .bool(let value) = self { value } else { nil } }
  public var array: [JSON]? { if case .array(let value) = self { value } else { nil } }
  public var object: Object? { if case .object(let value) = self { value } else { nil } }
  public var isNull: Bool { self == .null }

  /// The value as a whole number, also when it was written with a fraction of zero.
  public var integer: Int? {
    switch self {
    case .integer(let value): value
    case .number(let value): Int(exactly: value)
    default: nil
    }
  }

  public var double: Double? {
    switch self {
    case .integer(let value): Double(value)
    case .number(let value): value
    default: nil
    }
  }
}

extension JSON: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, ExpressibleByFloatLiteral,
  ExpressibleByBooleanLiteral, ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral,
  ExpressibleByNilLiteral
{
  public init(stringLiteral value: String) { self = .string(value) }
  public init(integerLiteral value: Int) { self = .integer(value) }
  public init(floatLiteral value: Double) { self = .number(value) }
  public init(booleanLiteral value: Bool) { self = .bool(value) }
  public init(arrayLiteral elements: JSON...) { self = .array(elements) }
  public init(nilLiteral: ()) { self = .null }
  public init(dictionaryLiteral elements: (String, JSON)...) {
    self = .object(Object(elements.map { Object.Member(name: $0.0, value: $0.1) }))
  }

  /// A value that may be missing, as null.
  public init(_ value: String?) { self = value.map(JSON.string) ?? .null }
  /// A whole number; null for nil.
  public init(_ value: Int?) { self = value.map(JSON.integer) ?? .null }
  /// A number; null for nil.
  public init(_ value: Double?) { self = value.map(JSON.number) ?? .null }
}
