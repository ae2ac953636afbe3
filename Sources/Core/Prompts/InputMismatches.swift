// Whether the values that a prompt is given are what its `input.schema` says. Only what is sure is
// told; the format's own programs check nothing, and fill in whatever comes.

extension PromptFile {
  /// A sentence for each given value, or part of one, that is not what `input.schema` says. What is
  /// missing from the variables themselves is not told here.
  public func mismatches(of values: [String: JSON]) -> [String] {
    guard let properties = inputSchema?["properties"]?.object else { return [] }
    return properties.members.flatMap { property in
      values[property.name]?.mismatches(with: property.value, at: property.name) ?? []
    }.prefix(Self.mostMismatches).map { "\(name): input.schema says that \($0)" }
  }

  /// Nobody reads more.
  private static let mostMismatches = 20
}

extension JSON {
  /// `'a.b' is a number, not a text`, for the value and its parts.
  fileprivate func mismatches(with schema: JSON, at place: String) -> [String] {
    let types = schema["type"]?.array?.compactMap(\.string) ?? [schema["type"]?.string ?? "any"]
    guard types.contains(where: { $0 == "any" || isOf(type: $0) }) else {
      return ["'\(place)' is of type \(types.joined(separator: " or ")), not \(typeName)"]
    }
    if let options = schema["enum"]?.array, !options.contains(self) {
      return ["'\(place)' is one of \(options.map(\.text).joined(separator: ", "))"]
    }
    switch self {
    case .array(let items):
      guard let schema = schema["items"] else { return [] }
      return items.enumerated().flatMap { index, item in
        item.mismatches(with: schema, at: "\(place)[\(index)]")
      }
    case .object(let object):
      let missing = (schema["required"]?.array ?? []).compactMap(\.string)
        .filter { object[$0] == nil }.map { "'\(place)' has a member '\($0)'" }
      return missing
        + object.members.flatMap { member in
          schema["properties"]?[member.name].map {
            member.value.mismatches(with: $0, at: "\(place).\(member.name)")
          } ?? []
        }
    default: return []
    }
  }
}
