import Core

// The formats that training data comes in, and how they are told apart.

/// A format of training files.
public enum RecordFormat: String, Hashable, Sendable, CaseIterable {
  /// `{"messages": […]}` a line, as OpenAI, Together, Fireworks, Mistral and most local trainers read it.
  case messages = "sft"
  /// `{"input": {"messages": […]}, "preferred_output": […], "non_preferred_output": […]}` a line; TRL's
  /// `{"prompt", "chosen", "rejected"}` is read as such, too.
  case preference = "dpo"
  /// `{"conversations": [{"from": "human", "value": …}, …]}` a line, or a list of them.
  case shareGPT = "sharegpt"
  /// `{"prompt": …, "completion": …}` a line; both are texts or lists of messages.
  case promptCompletion = "prompt-completion"
  /// `{"instruction": …, "input": …, "output": …}` a line, as Alpaca has it.
  case instruction
  /// A header, and a row for each example.
  case csv

  /// The format that an object is in; nil for none that is known.
  public init?(of json: JSON) {
    guard let object = json.object else { return nil }
    let names = Set(object.members.map(\.name))
    if names.contains("conversations") || names.contains("conversation") {
      // Preferences, too, in the way of LLaMA-Factory.
      self = .shareGPT
    } else if names.contains("preferred_output") || names.isSuperset(of: ["chosen", "rejected"]) {
      self = .preference
    } else if names.contains("messages") {
      self = .messages
    } else if names.isSuperset(of: ["prompt", "completion"]) {
      self = .promptCompletion
    } else if names.isSuperset(of: ["instruction", "output"]) {
      self = .instruction
    } else {
      return nil
    }
  }

  /// What one record must have, for the sentence that says that it hasn't.
  var demand: String {
    switch self {
    case .messages: #"a list "messages" of objects with "role""#
    case .preference:
      #""input" with "messages", "preferred_output" and "non_preferred_output", or "prompt", "#
        + #""chosen" and "rejected""#
    case .shareGPT: #"a list "conversations" of objects with "from" and "value""#
    case .promptCompletion: #""prompt" and "completion", each a text or a list of messages"#
    case .instruction: #""instruction" and "output""#
    case .csv: "a column for what is asked and one for what is answered"
    }
  }
}

/// Why a record is no example, as a sentence.
public struct ExampleFormatError: Error, Hashable, Sendable, CustomStringConvertible {
  public let description: String

  public init(_ description: String) { self.description = description }
}
