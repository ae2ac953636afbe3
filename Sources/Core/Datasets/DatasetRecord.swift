// What the members of one record mean: promptfoo's test, whet's own case, or variables by their
// names.

/// Why an object is no case.
struct DatasetRecordError: Error {
  let problem: String
}

extension DatasetCase {
  /// The case that an object holds:
  ///
  /// - `{"vars": {…}, "description", "assert", "metadata"}`, a test of promptfoo;
  /// - `{"input": {…} or a value, "expected" or "output", "name", "metadata"}`, whet's own;
  /// - any other object: a value for each variable. Names that begin with `__` are none.
  init(record: JSON) throws(DatasetRecordError) {
    if let path = record.string, path.hasPrefix("file://") {
      throw DatasetRecordError(
        problem: "the cases are in the file \(path.dropFirst(7)): open that one")
    }
    guard let object = record.object else {
      throw DatasetRecordError(
        problem: "an object with a value for each variable was expected, as in "
          + "{\"question\": \"…\"}")
    }
    if let vars = object["vars"] {
      guard let values = vars.object else {
        throw DatasetRecordError(problem: "'vars' must be an object with the variables")
      }
      self.init(object, values: values)
    } else if let input = object["input"], Self.isOwn(object) {
      self.init(object, values: input.object ?? ["input": input])
    } else {
      self.init(flat: object)
    }
  }

  private static let ownNames = Set(
    ["input", "name", "description", "metadata"] + notes + expectedNames)

  /// What a record says beside its inputs, and is kept among the metadata.
  private static let notes = [
    "id", "assert", "threshold", "options", "tags", "relevant", "prompts", "providers",
  ]

  /// What a case with these values expects; nil for null, too.
  static func expected(in object: JSON.Object) -> JSON? {
    expectedNames.lazy.compactMap { object[$0] }.first { !$0.isNull }
  }

  /// An object with other members than a case's own names its variables itself.
  private static func isOwn(_ object: JSON.Object) -> Bool {
    object.members.allSatisfy { ownNames.contains($0.name) }
  }

  private init(_ object: JSON.Object, values: JSON.Object) {
    self.init(
      name: object["name"]?.string ?? object["description"]?.string,
      values: JSON.Object(values.members.filter { !$0.name.hasPrefix("__") }),
      expected: Self.expected(in: object),
      metadata: object["metadata"]?.object ?? [:])
    for name in Self.notes {
      if let value = object[name] { metadata.members.append(.init(name: name, value: value)) }
    }
  }

  private init(flat object: JSON.Object) {
    self.init(
      name: object["__description"]?.string,
      values: JSON.Object(object.members.filter { !$0.name.hasPrefix("__") }),
      expected: object["__expected"] ?? Self.expected(in: object),
      metadata: JSON.Object(
        object.members.filter {
          $0.name.hasPrefix("__") && !["__description", "__expected"].contains($0.name)
        }))
  }
}
