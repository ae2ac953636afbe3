// Tools as people have them: in the plain form, or as one or the other protocol writes them.

/// What a model is told of a tool that it may call.
public enum ToolDefinition {
  /// A tool as `{"name", "description"?, "parameters"?}`; nil for what is no tool.
  ///
  /// Taken are this form, OpenAI's `{"type": "function", "function": {…}}` or the same without
  /// `function`, and Anthropic's with `input_schema`; other members, such as `strict`, are kept.
  public static func tool(in value: JSON) -> JSON? {
    guard var tool = (value["function"] ?? value).object, tool["name"]?.string?.isEmpty == false
    else { return nil }
    if tool["type"] == "function" { tool["type"] = nil }
    if let schema = tool["input_schema"], tool["parameters"] == nil {
      tool["input_schema"] = nil
      tool["parameters"] = schema
    }
    guard tool["parameters"].map({ $0.object != nil }) ?? true else { return nil }
    return .object(tool)
  }
}
