// The names of what can be wrong with the form of a line. They stay: scripts look for them. Those with
// underscores are the cookbook's; those with hyphens are checked here only.

/// What is wrong with the form of a line.
public enum FormatCode: String, Hashable, Sendable, CaseIterable {
  // What OpenAI's cookbook names.
  case dataType = "data_type"
  case missingMessagesList = "missing_messages_list"
  case messageMissingKey = "message_missing_key"
  case messageUnrecognizedKey = "message_unrecognized_key"
  case unrecognizedRole = "unrecognized_role"
  case missingContent = "missing_content"
  case exampleMissingAssistantMessage = "example_missing_assistant_message"

  // What can't be read at all; the cookbook's validator stops there with an exception.
  case notJSON = "not-json"
  case badUTF8 = "bad-utf8"
  case byteOrderMark = "byte-order-mark"
  case blankLine = "blank-line"
  case longLine = "long-line"
  case messageType = "message-type"

  // What turns say.
  case emptyContent = "empty-content"
  case contentPart = "content-part"
  case weightValue = "weight-value"
  case weightRole = "weight-role"
  case nothingToLearn = "nothing-to-learn"

  // In which order.
  case systemNotFirst = "system-not-first"
  case endsWithoutAnswer = "ends-without-answer"
  case rolesDoNotAlternate = "roles-do-not-alternate"

  // Tools.
  case toolsShape = "tools-shape"
  case toolsMissing = "tools-missing"
  case toolCallShape = "tool-call-shape"
  case toolCallRole = "tool-call-role"
  case toolArguments = "tool-arguments"
  case unknownTool = "unknown-tool"
  case toolTurnWithoutCall = "tool-turn-without-call"
  case toolCallUnanswered = "tool-call-unanswered"

  // Preferences.
  case missingInput = "missing-input"
  case missingPreferredOutput = "missing-preferred-output"
  case missingNonPreferredOutput = "missing-non-preferred-output"
  case outputRole = "output-role"
  case equalOutputs = "equal-outputs"

  public var severity: FindingSeverity {
    switch self {
    case .rolesDoNotAlternate: .note
    case .blankLine, .emptyContent, .systemNotFirst, .toolsMissing: .warning
    default: .error
    }
  }

  /// How it is mended, as a sentence.
  public var remedy: String {
    switch self {
    case .dataType: "Write one object a line, such as {\"messages\": […]}."
    case .missingMessagesList:
      "Give it a list `messages` with a user's turn and the assistant's answer."
    case .messageMissingKey: "Give each turn `role` and `content`."
    case .messageUnrecognizedKey: "Take the member away, or move what it says to `content`."
    case .unrecognizedRole: "Write system, developer, user, assistant or tool."
    case .missingContent: "Write what the turn says, or take the turn away."
    case .exampleMissingAssistantMessage: "Add the answer that the model is to learn."
    case .notJSON: "Write the example as JSON on one line; line ends in texts are written \\n."
    case .badUTF8: "Save the file as UTF-8."
    case .byteOrderMark: "Save the file as UTF-8 without a byte order mark."
    case .blankLine: "Take the line away."
    case .longLine: "Take the example away, or cut it: no trainer reads one that long."
    case .messageType: "Write each turn as an object with `role` and `content`."
    case .emptyContent: "Write what the turn says, or take the example away."
    case .contentPart: "Write the content as a text, or as parts that name a known `type`."
    case .weightValue: "Write 0 for a turn that is not learned from, 1 for one that is."
    case .weightRole: "Take `weight` away from turns that are not the assistant's."
    case .nothingToLearn: "Give at least one answer the weight 1, or take the example away."
    case .systemNotFirst: "Put the system's turn first: most chat templates refuse it elsewhere."
    case .endsWithoutAnswer: "End with the answer that the model is to learn."
    case .rolesDoNotAlternate:
      "Join turns of one role in a row: some chat templates take them only in turns."
    case .toolsShape: "Write tools as {\"type\": \"function\", \"function\": {\"name\": …}}."
    case .toolsMissing:
      "Add `tools` with what is called: a model is trained to call what it is offered."
    case .toolCallShape:
      "Write a call as {\"id\": …, \"type\": \"function\", \"function\": {\"name\": …, \"arguments\": …}}."
    case .toolCallRole: "Only the assistant's turns call tools: move the call there."
    case .toolArguments: "Write the arguments as a text that holds a JSON object."
    case .unknownTool: "Add the tool to `tools`, or mend the name."
    case .toolTurnWithoutCall:
      "Let the tool's turn follow the call whose id it gives in `tool_call_id`."
    case .toolCallUnanswered: "Add a tool's turn for each call before the conversation goes on."
    case .missingInput: "Give it `input` with a list `messages`: what both outputs answer."
    case .missingPreferredOutput: "Give it `preferred_output`: a list with the better answer."
    case .missingNonPreferredOutput: "Give it `non_preferred_output`: a list with the worse answer."
    case .outputRole: "Write outputs as turns of the assistant."
    case .equalOutputs: "Take the example away: there is nothing to prefer."
    }
  }
}
