// A conversation of `llm` (https://llm.datasette.io/en/stable/logging.html), given as rows of its
// database's tables, in whichever of its two forms: a table of `responses`, and since 0.32 a tree of
// `messages` with `parts`, of which `turns` say what was asked and answered.

/// Reads one conversation's rows.
public struct LLMConversation {
  /// The rows of one conversation by the names of their tables, each row an object by its columns.
  /// Tables that a database doesn't have are empty.
  public typealias Rows = [String: [JSON]]

  private let id: String
  private let rows: Rows
  /// The rows of the tables that are looked up, by the column that names what they belong to.
  private let groups: [String: [JSON: [JSON]]]
  private var tree = MessageTree()
  private var notes: [ImportNote] = []
  private let place: String

  /// The session that a conversation is. Throws `ImportError` where it has no answer.
  ///
  /// - Parameters:
  ///   - id: llm's, of the conversation or of the thread: they are the same.
  ///   - name: what llm calls it.
  ///   - place: what notes call it.
  ///   - time: when it began, in seconds since 1970, where no answer tells.
  public static func session(
    id: String, name: String, rows: Rows, place: String, at time: Double
  ) throws(ImportError) -> ImportedSession {
    var conversation = LLMConversation(id: id, rows: rows, place: place)
    conversation.readResponses()
    conversation.readTurns()
    let answers = conversation.tree.answers
    guard let first = answers.first?.answer else {
      throw ImportError("\(place): it holds no answer.")
    }
    let session = Session(
      id: ImportedIdentifier.of("llm", id),
      name: ImportedSession.name(name, else: "llm"), createdAt: first.startedAt ?? time)
    return conversation.tree.session(session, notes: conversation.notes)
  }

  private init(id: String, rows: Rows, place: String) {
    (self.id, self.rows, self.place) = (id, rows, place)
    groups = Self.keys.reduce(into: [:]) { groups, key in
      groups[key.table] = Dictionary(grouping: rows[key.table] ?? []) { $0[key.column] ?? .null }
    }
  }

  private static let keys = [
    ("prompt_fragments", "response_id"), ("system_fragments", "response_id"),
    ("prompt_attachments", "response_id"), ("tool_calls", "response_id"),
    ("tool_results", "response_id"), ("tool_responses", "response_id"), ("turn_tools", "turn_id"),
    ("fragments", "id"), ("attachments", "id"), ("schemas", "id"),
  ].map { (table: $0.0, column: $0.1) }

  /// The rows of a table that belong to something.
  private func rows(_ table: String, of value: JSON?) -> [JSON] {
    guard let value, !value.isNull else { return [] }
    return groups[table]?[value] ?? []
  }

  // MARK: The table of responses

  /// Each response goes on from the one before it, and was given all that was said till then.
  private mutating func readResponses() {
    let turns = Set((rows["turns"] ?? []).compactMap { $0["id"]?.string })
    var (last, system): (Int?, String) = (nil, "")
    for row in rows["responses"] ?? [] {
      guard let id = row["id"]?.importedText, !turns.contains(id) else { continue }
      let newSystem = text(of: row, "system", "system_fragments", separator: "\n\n")
      if !newSystem.isEmpty, newSystem != system {
        system = newSystem
        last = tree.append(after: last, Message(role: .system, text: system))
      }
      for result in rows("tool_results", of: row["id"]) {
        last = tree.append(after: last, Self.toolResult(result))
      }
      var parts: [MessagePart] = []
      let prompt = text(of: row, "prompt", "prompt_fragments", separator: "\n")
      if !prompt.isEmpty { parts.append(.text(prompt)) }
      parts += rows("prompt_attachments", of: row["id"]).map(Self.attachment)
      if !parts.isEmpty { last = tree.append(after: last, Message(role: .user, parts: parts)) }
      var answer = answer(id, row)
      answer.text = row["response"]?.string ?? ""
      answer.thinking = row["reasoning"]?.string ?? ""
      answer.toolCalls = rows("tool_calls", of: row["id"])
        .prefix(ImportedMessages.mostToolCalls).map(Self.toolCall)
      answer.parameters.tools = tools(rows("tool_responses", of: row["id"]))
      last = append(answer, after: last)
    }
  }

  /// What was typed, behind the fragments that were given with it.
  private func text(
    of row: JSON, _ column: String, _ fragments: String, separator: String
  ) -> String {
    let pieces = rows(fragments, of: row["id"]).compactMap { $0["content"]?.string }
    return (pieces + [row[column]?.string ?? ""]).filter { !$0.isEmpty }
      .joined(separator: separator)
  }

  // MARK: The tree of messages

  private mutating func readTurns() {
    let messages = byName(rows["messages"] ?? [], "hash")
    let parts = Dictionary(grouping: rows["parts"] ?? []) { $0["message_hash"]?.string ?? "" }
    // What was said before the tables changed.
    let before = tree.answers.last?.answer.id
    var numbers: [String: Int] = [:]
    for row in rows["turns"] ?? [] {
      guard let id = row["id"]?.importedText else { continue }
      let asked = row["parent_message_hash"]?.string
      let input = way(to: asked, in: messages)
      let output = way(to: row["tip_message_hash"]?.string, in: messages)
      var last: Int?
      for hash in input {
        if let number = numbers[hash] {
          last = number
        } else {
          let message = message(messages[hash] ?? .null, parts[hash] ?? [])
          last = tree.append(after: last, message)
          numbers[hash] = last
        }
      }
      var answer = answer(id, row)
      let said = asked.flatMap { output.firstIndex(of: $0) }.map { output[($0 + 1)...] }
      for part in (said ?? output[...]).flatMap({ parts[$0] ?? [] }) { add(part, to: &answer) }
      answer.parameters.tools = tools(rows("turn_tools", of: row["id"]))
      answer.parent = before
      let number = append(answer, after: last)
      for hash in said ?? [] { numbers[hash] = number }
    }
  }

  /// The hashes from the root to a message; as far as they are known, and each once.
  private func way(to hash: String?, in messages: [String: JSON]) -> [String] {
    var (way, next): ([String], String?) = ([], hash)
    var seen: Set<String> = []
    while let hash = next, let row = messages[hash], seen.insert(hash).inserted {
      way.append(hash)
      next = row["parent_hash"]?.string
    }
    return way.reversed()
  }

  private func message(_ row: JSON, _ parts: [JSON]) -> Message? {
    guard let role = ImportedMessages.role(row["role"]?.string) else { return nil }
    var message = Message(role: role, parts: [])
    for part in parts {
      let payload = Self.payload(of: part)
      switch part["type"]?.string {
      case "text": message.parts.append(.text(text(of: part, payload)))
      case "attachment":
        let ids = rows("attachments", of: payload["attachment"]?["id"])
        message.parts += ids.map(Self.attachment)
      case "tool_call":
        let calls = message.metadata["tool_calls"]?.array ?? []
        message.metadata["tool_calls"] = .array(calls + [payload])
      case "tool_result":
        message.parts.append(.text(payload["output"]?.string ?? ""))
        message.metadata["name"] = payload["name"]
      default: break
      }
    }
    return message
  }

  private func add(_ part: JSON, to answer: inout ImportedAnswer) {
    let payload = Self.payload(of: part)
    switch part["type"]?.string {
    case "text": answer.text += text(of: part, payload)
    case "reasoning": answer.thinking += text(of: part, payload)
    case "tool_call" where answer.toolCalls.count < ImportedMessages.mostToolCalls:
      answer.toolCalls.append(Self.toolCall(payload))
    default: break
    }
  }

  /// The text of a part, whose pieces may stand in the table of fragments.
  private func text(of part: JSON, _ payload: JSON) -> String {
    if let text = part["text"]?.string { return text }
    let pieces = (payload["text_ref"]?.array ?? []).map { piece in
      piece["literal"]?.string
        ?? rows("fragments", of: piece["fragment"]).first?["content"]?.string ?? ""
    }
    return pieces.joined()
  }

  private static func payload(of part: JSON) -> JSON {
    part["payload"]?.string.flatMap { try? JSON(parsing: $0) } ?? [:]
  }

  // MARK: What both have

  private mutating func append(_ answer: ImportedAnswer, after parent: Int?) -> Int? {
    var message = Message(role: .assistant, text: answer.text)
    guard answer.size <= ImportedAnswer.longestText else {
      notes.append(
        ImportNote(
          place, "the answer \(answer.origin.id ?? "") is longer than any that could be replayed"))
      return tree.append(after: parent, message)
    }
    guard !answer.isEmpty else { return parent }
    if !answer.toolCalls.isEmpty {
      message.metadata["tool_calls"] = .array(
        answer.toolCalls.map {
          ["id": .string($0.id), "name": .string($0.name), "arguments": .string($0.arguments)]
        })
    }
    return tree.append(after: parent, message, answer: answer)
  }

  /// An answer without what was said.
  private func answer(_ id: String, _ row: JSON) -> ImportedAnswer {
    var answer = ImportedAnswer(
      id: ImportedIdentifier.of("llm", self.id, id), origin: RunOrigin(program: "llm", id: id),
      model: .named(row["model"]?.string, of: "llm"))
    let options = row["options_json"]?.string.flatMap { try? JSON(parsing: $0) } ?? [:]
    answer.parameters = ImportedMessages.parameters(options)
    let schema = rows("schemas", of: row["schema_id"]).first?["content"]?.string
    answer.parameters.responseSchema = schema.flatMap { try? JSON(parsing: $0) }
    answer.startedAt = row["datetime_utc"]?.importedTime
    answer.duration = row["duration_ms"]?.double
    answer.usage = usage(row)
    let response = row["response_json"]?.string.flatMap { try? JSON(parsing: $0) }
    let reason =
      response?["finish_reason"] ?? response?["choices"]?[0]?["finish_reason"]
      ?? response?["stop_reason"]
    if let reason = ImportedMessages.finishReason(reason?.string) { answer.finishReason = reason }
    if let model = row["resolved_model"]?.string, !model.isEmpty {
      answer.origin.details["resolved_model"] = .string(model)
    }
    let kept = Set(answer.parameters.json.members.map(\.name))
    for member in options.object?.members ?? [] where !kept.contains(member.name) {
      answer.origin.details[member.name] = member.value
    }
    return answer
  }

  private func usage(_ row: JSON) -> Usage? {
    guard let input = row["input_tokens"]?.tokenCount, let output = row["output_tokens"]?.tokenCount
    else { return nil }
    let details = row["token_details"]?.string.flatMap { try? JSON(parsing: $0) }
    return Usage(
      inputTokens: input, outputTokens: output,
      cachedInputTokens: min(
        input, details?["prompt_tokens_details"]?["cached_tokens"]?.tokenCount ?? 0),
      reasoningTokens: min(
        output, details?["completion_tokens_details"]?["reasoning_tokens"]?.tokenCount ?? 0))
  }

  private func tools(_ rows: [JSON]) -> [JSON] {
    rows.compactMap { row in
      guard let name = row["name"] else { return nil }
      var tool: JSON.Object = ["name": name]
      if let description = row["description"], !description.isNull {
        tool["description"] = description
      }
      if let schema = row["input_schema"]?.string.flatMap({ try? JSON(parsing: $0) }) {
        tool["parameters"] = schema
      }
      return .object(tool)
    }.filter(Parameters.isTool)
  }

  private static func toolCall(_ json: JSON) -> ToolCall {
    ToolCall(
      id: json["tool_call_id"]?.string ?? "", name: json["name"]?.string ?? "",
      arguments: json["arguments"]?.importedText ?? "")
  }

  private static func toolResult(_ row: JSON) -> Message {
    var message = Message(role: .tool, text: row["output"]?.string ?? "")
    if let name = row["name"], !name.isNull { message.metadata["name"] = name }
    return message
  }

  /// An attachment by its name: its address, its path, or llm's own name for its bytes.
  private static func attachment(_ row: JSON) -> MessagePart {
    let name = row["url"]?.string ?? row["path"]?.string ?? "attachment:\(row["id"]?.string ?? "")"
    return .media(url: name, contentType: row["type"]?.string)
  }

  private func byName(_ rows: [JSON], _ column: String) -> [String: JSON] {
    rows.reduce(into: [:]) { names, row in
      if let name = row[column]?.string { names[name] = row }
    }
  }
}

extension JSON {
  /// A text as it is, anything else as JSON; nil for null.
  fileprivate var importedText: String? { isNull ? nil : string ?? text }
}
