// What a line for training may hold. There are two rule books: what trainers take today, and the
// validator of OpenAI's cookbook, which is older than calls of tools as they are written now.

/// By which rules a line is judged.
public enum FormatRules: String, Hashable, Sendable, CaseIterable {
  /// What trainers take today: the cookbook's rules with what has come since, and more checks.
  case today
  /// The rules of the validator in "Data preparation and analysis for chat model fine-tuning" (OpenAI
  /// Cookbook) to the letter, and nothing more.
  case cookbook

  /// The roles that a turn may have. `developer` and `tool` are younger than the cookbook's list.
  var roles: [String] {
    switch self {
    case .today: ["system", "developer", "user", "assistant", "tool", "function"]
    case .cookbook: ["system", "user", "assistant", "function"]
    }
  }

  /// The members that a turn may have. `tool_calls` and `tool_call_id` are younger.
  var messageKeys: [String] {
    switch self {
    case .today:
      ["role", "content", "name", "function_call", "weight", "tool_calls", "tool_call_id"]
    case .cookbook: ["role", "content", "name", "function_call", "weight"]
    }
  }
}

/// What a line of a file for training is meant to be.
public enum TrainingFormat: String, Hashable, Sendable, CaseIterable {
  /// A conversation: `{"messages": […]}`.
  case sft
  /// A preference: `{"input": {"messages": […]}, "preferred_output": […], "non_preferred_output": […]}`.
  case dpo
}
