// What a person may give as a tool. It is kept as it was given: each protocol has words of its own.

extension Parameters {
  /// Whether a value tells a model of a tool.
  ///
  /// It does with a name, be it in the plain form, `{"name", "description"?, "parameters"?}`, or in
  /// OpenAI's, `{"type": "function", "function": {…}}`; and with another type than `function`, by
  /// which servers name the tools that they have themselves.
  public static func isTool(_ value: JSON) -> Bool {
    if let type = value["type"]?.string, type != "function" { return true }
    return (value["function"] ?? value)["name"]?.string?.isEmpty == false
  }
}
