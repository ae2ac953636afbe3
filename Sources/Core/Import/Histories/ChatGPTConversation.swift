// A conversation of ChatGPT's export (conversations.json): messages as a tree, in which a question
// that was edited, or an answer that was asked for again, is another branch.

/// Reads one element of the export's list.
public struct ChatGPTConversation {
  private let json: JSON
  /// The nodes by their names.
  private var nodes: [String: JSON] = [:]
  private var children: [String: [String]] = [:]
  private var tree = MessageTree()
  private var notes: [ImportNote] = []
  /// The message that ChatGPT shows last.
  private var current: Int?
  private let key: String
  private let place: String

  public static func isOne(_ value: JSON) -> Bool { value["mapping"]?.object != nil }

  /// The session that a conversation is. Throws `ImportError` where it has no answer.
  ///
  /// - Parameters:
  ///   - place: what notes call it.
  ///   - time: when it began, in seconds since 1970, where it doesn't tell.
  public static func session(
    of json: JSON, place: String, at time: Double
  ) throws(ImportError) -> ImportedSession {
    var conversation = try ChatGPTConversation(json, place: place)
    return try conversation.session(at: time)
  }

  private init(_ json: JSON, place: String) throws(ImportError) {
    guard let mapping = json["mapping"]?.object else {
      throw ImportError("\(place): it has no 'mapping', which holds the messages.")
    }
    self.json = json
    let title = json["title"]?.string ?? ""
    self.place = title.isEmpty ? place : "\(place) '\(ImportedSession.name(title, else: title))'"
    // Older exports call it `id`, some have neither.
    key =
      (json["conversation_id"] ?? json["id"])?.string
      ?? mapping.members.first?.name ?? ContentHash.of(json.text)
    for member in mapping.members { nodes[member.name] = member.value }
    for member in mapping.members {
      let parent = member.value["parent"]?.string.flatMap { nodes[$0] == nil ? nil : $0 }
      children[parent ?? "", default: []].append(member.name)
    }
  }

  private mutating func session(at time: Double) throws(ImportError) -> ImportedSession {
    let count = readTree()
    if count < nodes.count {
      notes.append(
        ImportNote(
          place, "\(nodes.count - count) messages follow each other in a circle, and were left out")
      )
    }
    guard !tree.answers.isEmpty else { throw ImportError("\(place): it holds no answer.") }
    let name = json["title"]?.string ?? ""
    let first = tree.answers.lazy.compactMap(\.answer.startedAt).first
    let session = Session(
      id: ImportedIdentifier.of("chatgpt", key),
      name: ImportedSession.name(name, else: "ChatGPT"),
      createdAt: json["create_time"]?.importedTime ?? first ?? time)
    var imported = tree.session(session, notes: notes)
    if tree.forks, let current = current.flatMap(tree.answer(nearest:)) {
      imported.branches = [Branch(name: "current in ChatGPT", moment: current.id)]
    }
    return imported
  }

  // MARK: The tree

  /// Adds all that can be reached from the roots, and says how many nodes these are.
  private mutating func readTree() -> Int {
    var (count, pending) = (0, (children[""] ?? []).reversed().map { Step(name: $0) })
    var seen: Set<String> = []
    while let step = pending.popLast() {
      guard seen.insert(step.name).inserted else { continue }
      count += 1
      let followers = children[step.name] ?? []
      let next = add(step)
      if step.name == json["current_node"]?.string { current = next.parent }
      for follower in followers.reversed() {
        pending.append(Step(name: follower, parent: next.parent, thinking: next.thinking))
      }
    }
    return count
  }

  /// A node that is to be read, and what stands before it.
  private struct Step {
    var name: String
    /// The message that it follows.
    var parent: Int?
    /// What the model has thought since.
    var thinking = ""
  }

  private mutating func add(_ step: Step) -> Step {
    var next = step
    guard let message = nodes[step.name]?["message"], !message.isNull else { return next }
    guard let role = ImportedMessages.role(message["author"]?["role"]?.string) else {
      let name = message["author"]?["role"]?.string ?? ""
      notes.append(
        ImportNote(place, "a message of '\(name.prefix(40))', which is no role here, was left out"))
      return next
    }
    let content = ChatGPTContent(message)
    if role == .assistant, content.isThinking {
      next.thinking += (next.thinking.isEmpty ? "" : "\n\n") + content.text
      return next
    }
    var said = content.parts.isEmpty ? nil : Message(role: role, parts: content.parts)
    if role == .assistant, let tool = Self.tool(of: message) {
      said?.metadata["tool_calls"] = [
        ["name": .string(tool), "arguments": .string(content.text)]
      ]
    }
    let answer = role == .assistant ? answer(message, content, step) : nil
    guard said != nil || answer != nil else { return next }
    next.parent = tree.append(after: step.parent, said, answer: answer)
    if role != .tool { next.thinking = "" }
    return next
  }

  /// The tool that a message is to; nil for one to the person.
  private static func tool(of message: JSON) -> String? {
    message["recipient"]?.string.flatMap { $0 == "all" || $0.isEmpty ? nil : $0 }
  }

  private mutating func answer(
    _ message: JSON, _ content: ChatGPTContent, _ step: Step
  ) -> ImportedAnswer? {
    let model = (message["metadata"]?["model_slug"] ?? json["default_model_slug"])?.string
    var answer = ImportedAnswer(
      id: ImportedIdentifier.of("chatgpt", key, step.name),
      origin: RunOrigin(program: "chatgpt", id: step.name),
      model: .named(model, of: "chatgpt"))
    answer.startedAt = message["create_time"]?.importedTime
    answer.thinking = step.thinking
    if let tool = Self.tool(of: message) {
      answer.toolCalls = [ToolCall(id: "", name: tool, arguments: content.text)]
      answer.finishReason = .toolCalls
    } else {
      answer.text = content.text
    }
    let details = message["metadata"]?["finish_details"]
    switch details?["type"]?.string {
    case "max_tokens": answer.finishReason = .length
    case "interrupted": answer.finishReason = .cancelled
    default: break
    }
    if answer.size > ImportedAnswer.longestText {
      notes.append(ImportNote(place, "an answer is longer than any that could be replayed"))
      return nil
    }
    return answer.isEmpty ? nil : answer
  }
}
