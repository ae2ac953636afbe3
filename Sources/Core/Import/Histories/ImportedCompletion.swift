// A request with its response as they were stored: OpenAI's chat completions and responses, each as
// `{"request", "response"}`, as a line of a batch's output file, or the response alone.

/// Reads one such object.
enum ImportedCompletion {
  static func isOne(_ value: JSON) -> Bool {
    value["response"]?.object != nil || value["custom_id"]?.string != nil || isResponse(value)
  }

  private static func isResponse(_ value: JSON) -> Bool {
    value["choices"]?.array != nil
      || (value["object"]?.string == "response" && value["output"]?.array != nil)
  }

  /// The answer that an object holds. Throws `ImportError` where it holds none.
  ///
  /// - Parameters:
  ///   - id: what it is called here.
  ///   - place: what errors call it.
  static func answer(
    of json: JSON, id: Identifier, place: String
  ) throws(ImportError) -> ImportedAnswer {
    let outer = json["response"] ?? .null
    let response = isResponse(json) ? json : outer["body"] ?? outer
    let request = json["request"]?["body"] ?? json["request"] ?? json
    var answer = ImportedAnswer(
      id: id,
      origin: RunOrigin(
        program: "openai", id: (json["custom_id"] ?? response["id"] ?? json["id"])?.string),
      model: .openAI((response["model"] ?? request["model"])?.string))
    try readMessages(of: request, into: &answer, place: place)
    answer.parameters = ImportedMessages.parameters(request)
    answer.startedAt =
      (response["created"] ?? response["created_at"] ?? json["created_at"])?.importedTime
    answer.duration = (json["duration_ms"] ?? json["latency_ms"])?.double
    answer.usage = ImportedMessages.usage(response["usage"])
    if let error = error(of: json, response) {
      answer.error = error
      answer.finishReason = .error
    } else if let choices = response["choices"]?.array {
      read(choices, into: &answer)
    } else if let items = response["output"]?.array {
      read(items, of: response, into: &answer)
    }
    guard !answer.isEmpty || isResponse(response) else {
      throw ImportError("\(place): its response holds no answer.")
    }
    return answer
  }

  private static func readMessages(
    of request: JSON, into answer: inout ImportedAnswer, place: String
  ) throws(ImportError) {
    func system(_ name: String) -> [Message] {
      (request[name]?.string).map { [Message(role: .system, text: $0)] } ?? []
    }
    answer.messages = system("instructions") + system("system")
    if let text = request["input"]?.string {
      answer.messages.append(Message(role: .user, text: text))
    }
    // The Responses API has items that aren't messages between those that are.
    let items =
      request["messages"]?.array
      ?? (request["input"]?.array ?? []).filter { $0["role"] != nil }
    let (messages, unreadable) = ImportedMessages.messages(items)
    if let unreadable {
      throw ImportError("\(place): message \(unreadable + 1) of its request can't be read.")
    }
    answer.messages += messages
  }

  private static func error(of json: JSON, _ response: JSON) -> String? {
    for error in [json["error"], response["error"]] {
      guard let error, !error.isNull else { continue }
      return error.string ?? error["message"]?.string ?? error.text
    }
    guard let status = json["response"]?["status_code"]?.integer, !(200..<300).contains(status)
    else { return nil }
    return "HTTP \(status)"
  }

  private static func read(_ choices: [JSON], into answer: inout ImportedAnswer) {
    guard let choice = choices.first else { return }
    if let message = choice["message"] {
      ImportedMessages.fill(&answer, from: message)
    } else {
      // The completions of before there were messages.
      answer.text = choice["text"]?.string ?? ""
    }
    answer.finishReason =
      ImportedMessages.finishReason(choice["finish_reason"]?.string) ?? answer.finishReason
    if choices.count > 1 {
      answer.origin.details["other_choices"] = .integer(choices.count - 1)
    }
  }

  /// The items of the Responses API.
  private static func read(
    _ items: [JSON], of response: JSON, into answer: inout ImportedAnswer
  ) {
    for item in items {
      switch item["type"]?.string {
      case "message":
        for part in item["content"]?.array ?? [] {
          answer.text += part["text"]?.string ?? ""
          answer.refusal += part["refusal"]?.string ?? ""
        }
      case "reasoning":
        answer.thinking += (item["summary"]?.array ?? []).compactMap { $0["text"]?.string }
          .joined(separator: "\n\n")
      case "function_call" where answer.toolCalls.count < ImportedMessages.mostToolCalls:
        answer.toolCalls.append(
          ToolCall(
            id: item["call_id"]?.string ?? "", name: item["name"]?.string ?? "",
            arguments: item["arguments"]?.string ?? ""))
      default: break
      }
    }
    switch response["incomplete_details"]?["reason"]?.string {
    case "max_output_tokens": answer.finishReason = .length
    case "content_filter": answer.finishReason = .contentFilter
    default:
      answer.finishReason = answer.text.isEmpty && !answer.toolCalls.isEmpty ? .toolCalls : .stop
    }
  }
}
