// A list of messages whose last answer is the one that counts: a line of a file that models are
// trained with, `{"messages": [{"role", "content"}, …], "tools"?}`, or `{"conversations": […]}`.

/// Reads one such object.
enum ImportedDialogue {
  static func isOne(_ value: JSON) -> Bool { items(of: value) != nil }

  private static func items(of value: JSON) -> [JSON]? {
    (value["messages"] ?? value["conversations"])?.array
  }

  /// The last answer of the list, asked with what stands before it. Throws `ImportError` where it
  /// has none.
  static func answer(
    of json: JSON, id: Identifier, place: String
  ) throws(ImportError) -> ImportedAnswer {
    let items = items(of: json) ?? []
    let (messages, unreadable) = ImportedMessages.messages(items)
    if let unreadable { throw ImportError("\(place): message \(unreadable + 1) can't be read.") }
    guard let last = messages.lastIndex(where: { $0.role == .assistant }) else {
      throw ImportError("\(place): none of its messages is an answer.")
    }
    var answer = ImportedAnswer(
      id: id, origin: RunOrigin(program: "messages", id: json["id"]?.string),
      model: .unnamed(json["model"]?.string))
    ImportedMessages.fill(&answer, from: items[last])
    guard !answer.isEmpty else { throw ImportError("\(place): its last answer is empty.") }
    answer.messages = Array(messages[..<last])
    answer.parameters = ImportedMessages.parameters(json)
    answer.startedAt = (json["created_at"] ?? json["timestamp"])?.importedTime
    if messages.count > last + 1 {
      answer.origin.details["messages_after"] = .integer(messages.count - last - 1)
    }
    if let weight = items[last]["weight"], !weight.isNull {
      answer.origin.details["weight"] = weight
    }
    return answer
  }
}
