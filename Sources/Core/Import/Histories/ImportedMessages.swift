// Messages as OpenAI's protocols, and the many that follow them, write them.

/// Reads one message of the form `{"role", "content"}`, or `{"from", "value"}`.
enum ImportedMessages {
  private static let roles: [String: Role] = [
    "system": .system, "developer": .system, "user": .user, "human": .user,
    "assistant": .assistant, "model": .assistant, "ai": .assistant, "gpt": .assistant,
    "tool": .tool, "function": .tool,
  ]

  static func role(_ name: String?) -> Role? { name.flatMap { roles[$0.lowercased()] } }

  /// The message that an object is; nil when it has no role that there is here.
  ///
  /// Pictures and files are named by their addresses; calls of tools, which a prompt doesn't hold,
  /// stand in the message's metadata.
  static func message(_ json: JSON) -> Message? {
    guard let role = role((json["role"] ?? json["from"])?.string) else { return nil }
    var metadata = JSON.Object()
    for name in ["name", "tool_call_id", "tool_calls", "function_call"] {
      if let value = json[name], !value.isNull { metadata[name] = value }
    }
    return Message(
      role: role, parts: parts(json["content"] ?? json["value"]), metadata: metadata)
  }

  /// The messages of a list; nil when one of it is none, with its place from 0.
  static func messages(_ items: [JSON]) -> (messages: [Message], unreadable: Int?) {
    var messages: [Message] = []
    for (index, item) in items.enumerated() {
      guard let message = message(item) else { return (messages, index) }
      messages.append(message)
    }
    return (messages, nil)
  }

  static func parts(_ content: JSON?) -> [MessagePart] {
    switch content {
    case .string(let text): [.text(text)]
    case .array(let items): items.compactMap(part)
    case .object: part(content ?? .null).map { [$0] } ?? []
    default: []
    }
  }

  private static func part(_ json: JSON) -> MessagePart? {
    if let text = json.string ?? json["text"]?.string ?? json["refusal"]?.string {
      return .text(text)
    }
    if let url = json["image_url"]?.string ?? json["image_url"]?["url"]?.string {
      return .media(url: url, contentType: nil)
    }
    if let audio = json["input_audio"], let data = audio["data"]?.string {
      let type = "audio/\(audio["format"]?.string ?? "wav")"
      return .media(url: "data:\(type);base64,\(data)", contentType: type)
    }
    let file = json["file"] ?? json
    let name = file["filename"] ?? file["file_id"] ?? file["file_url"]
    return (name?.string).map { .media(url: $0, contentType: nil) }
  }

  /// Puts what an assistant's message says into an answer.
  static func fill(_ answer: inout ImportedAnswer, from message: JSON) {
    answer.text = parts(message["content"] ?? message["value"]).reduce(into: "") {
      if case .text(let text) = $1 { $0 += text }
    }
    answer.thinking = (message["reasoning_content"] ?? message["reasoning"])?.string ?? ""
    answer.refusal = message["refusal"]?.string ?? ""
    let calls = message["tool_calls"]?.array ?? message["function_call"].map { [$0] } ?? []
    answer.toolCalls = calls.filter { !$0.isNull }.prefix(mostToolCalls).map(toolCall)
    if answer.text.isEmpty, !answer.toolCalls.isEmpty { answer.finishReason = .toolCalls }
  }

  private static func toolCall(_ json: JSON) -> ToolCall {
    let function = json["function"] ?? json
    let arguments = function["arguments"]
    return ToolCall(
      id: (json["id"] ?? json["tool_call_id"])?.string ?? "",
      name: function["name"]?.string ?? "",
      arguments: arguments?.string ?? arguments.map { $0.isNull ? "" : $0.text } ?? "")
  }

  /// More than any model makes; a stream can't hold more.
  static let mostToolCalls = 100

  /// Why an answer ended, in the words of the protocols; nil for none of them.
  static func finishReason(_ name: String?) -> FinishReason? {
    switch name {
    case "stop", "end_turn", "stop_sequence": .stop
    case "length", "max_tokens", "model_length": .length
    case "tool_calls", "function_call", "tool_use": .toolCalls
    case "content_filter": .contentFilter
    default: nil
    }
  }

  /// The tokens of a `usage`, in the words of chat completions or of responses; nil where it has
  /// none.
  static func usage(_ json: JSON?) -> Usage? {
    guard let json,
      let input = (json["prompt_tokens"] ?? json["input_tokens"])?.tokenCount,
      let output = (json["completion_tokens"] ?? json["output_tokens"])?.tokenCount
    else { return nil }
    let ofInput = json["prompt_tokens_details"] ?? json["input_tokens_details"]
    let ofOutput = json["completion_tokens_details"] ?? json["output_tokens_details"]
    return Usage(
      inputTokens: input, outputTokens: output,
      cachedInputTokens: min(input, ofInput?["cached_tokens"]?.tokenCount ?? 0),
      reasoningTokens: min(output, ofOutput?["reasoning_tokens"]?.tokenCount ?? 0))
  }

  /// The settings of a request that there are here too, by their names in chat completions.
  static func parameters(_ request: JSON) -> Parameters {
    var parameters = Parameters(json: request)
    parameters.maxTokens =
      parameters.maxTokens
      ?? (request["max_completion_tokens"] ?? request["max_output_tokens"])?.integer
    if let stop = request["stop"]?.string { parameters.stop = [stop] }
    let format = request["response_format"] ?? request["text"]?["format"]
    switch format?["type"]?.string {
    case "json_object": parameters.responseSchema = [:]
    case "json_schema":
      let schema = format?["schema"] ?? format?["json_schema"]?["schema"]
      parameters.responseSchema = schema?.object == nil ? nil : schema
    default: parameters.responseSchema = nil
    }
    parameters.tools = (request["tools"]?.array ?? []).filter(Parameters.isTool)
    parameters.contextWindow = nil
    return parameters
  }
}
