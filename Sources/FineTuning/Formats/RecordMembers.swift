import Core

// What each format calls the parts of an example. It remembers what it has read, so that the rest can
// be told of.

/// The members of one record.
struct RecordMembers {
  private let object: JSON.Object
  private var read: Set<String> = []
  /// Members of messages that have no place, by the name `messages.x`.
  private var unreadInMessages: Set<String> = []

  init(_ json: JSON) { object = json.object ?? [:] }

  /// Names of members that nothing was made of; a null says nothing.
  var unread: [String] {
    object.members.filter { !read.contains($0.name) && !$0.value.isNull }.map(\.name)
      + unreadInMessages.sorted()
  }

  private mutating func member(_ name: String) -> JSON? {
    read.insert(name)
    return object[name].flatMap { $0.isNull ? nil : $0 }
  }

  // MARK: Formats

  mutating func conversation() -> TrainingExample? {
    guard let messages = messages(member("messages")) else { return nil }
    return TrainingExample(messages: messages, tools: tools())
  }

  mutating func preference() -> TrainingExample? {
    if let chosen = member("chosen"), let rejected = member("rejected") {
      return preference(prompt: member("prompt"), chosen: chosen, rejected: rejected)
    }
    let asked = member("input")
    guard let input = messages(asked?["messages"]),
      let preferred = messages(member("preferred_output")),
      let rejected = messages(member("non_preferred_output"))
    else { return nil }
    return TrainingExample(
      input: input, answer: preferred, rejected: rejected, tools: Self.tools(in: asked?["tools"]))
  }

  /// TRL's preferences: texts or messages. Without a prompt, it is what both sides begin with
  /// (https://huggingface.co/docs/trl/dataset_formats).
  private mutating func preference(
    prompt: JSON?, chosen: JSON, rejected: JSON
  ) -> TrainingExample? {
    guard let chosen = said(chosen, by: "assistant"), let rejected = said(rejected, by: "assistant")
    else { return nil }
    if let prompt {
      guard let input = said(prompt, by: "user") else { return nil }
      return TrainingExample(input: input, answer: chosen, rejected: rejected, tools: tools())
    }
    let shared = zip(chosen, rejected).prefix { $0 == $1 }.count
    guard shared > 0 else { return nil }
    return TrainingExample(
      input: Array(chosen[..<shared]), answer: Array(chosen[shared...]),
      rejected: Array(rejected[shared...]), tools: tools())
  }

  mutating func shareGPT() -> TrainingExample? {
    guard let items = (member("conversations") ?? member("conversation"))?.array else { return nil }
    var turns = items.compactMap { turn($0) }
    guard turns.count == items.count else { return nil }
    if let system = member("system")?.string, !system.isEmpty {
      turns.insert(TrainingMessage(role: "system", text: system), at: 0)
    }
    // LLaMA-Factory's preferences: the turn that follows, in two versions.
    if let chosen = member("chosen"), let rejected = member("rejected") {
      guard let chosen = turn(chosen), let rejected = turn(rejected) else { return nil }
      return TrainingExample(
        input: turns, answer: [chosen], rejected: [rejected], tools: tools())
    }
    return TrainingExample(messages: turns, tools: tools())
  }

  mutating func promptCompletion() -> TrainingExample? {
    guard let prompt = member("prompt"), let completion = member("completion"),
      let input = said(prompt, by: "user"), let answer = said(completion, by: "assistant")
    else { return nil }
    return TrainingExample(input: input, answer: answer, tools: tools())
  }

  mutating func instruction() -> TrainingExample? {
    guard let instruction = member("instruction")?.string, let output = member("output")?.string
    else { return nil }
    var messages: [TrainingMessage] = []
    if let system = member("system")?.string, !system.isEmpty {
      messages.append(TrainingMessage(role: "system", text: system))
    }
    for pair in member("history")?.array ?? [] {
      guard let asked = pair[0]?.string, let answered = pair[1]?.string else { return nil }
      messages.append(TrainingMessage(role: "user", text: asked))
      messages.append(TrainingMessage(role: "assistant", text: answered))
    }
    let input = member("input")?.string ?? ""
    messages.append(
      TrainingMessage(
        role: "user", text: input.isEmpty ? instruction : instruction + "\n\n" + input))
    return TrainingExample(
      input: messages, answer: [TrainingMessage(role: "assistant", text: output)])
  }

  /// A row of a table, under one of the usual pairs of names.
  mutating func row() -> TrainingExample? {
    let pairs = [
      ("prompt", "completion"), ("question", "answer"), ("input", "output"),
      ("instruction", "output"), ("user", "assistant"),
    ]
    let names = Set(object.members.map { $0.name.lowercased() })
    guard let pair = pairs.first(where: { names.contains($0.0) && names.contains($0.1) }) else {
      return nil
    }
    func text(_ name: String) -> String? {
      object.members.first { $0.name.lowercased() == name }.flatMap { member in
        read.insert(member.name)
        return member.value.string
      }
    }
    guard let asked = text(pair.0), let answered = text(pair.1) else { return nil }
    var messages = [TrainingMessage(role: "user", text: asked)]
    if let system = text("system"), !system.isEmpty {
      messages.insert(TrainingMessage(role: "system", text: system), at: 0)
    }
    return TrainingExample(
      input: messages, answer: [TrainingMessage(role: "assistant", text: answered)])
  }

  // MARK: Parts

  /// A text as one turn, or a list of turns.
  private mutating func said(_ json: JSON, by role: String) -> [TrainingMessage]? {
    json.string.map { [TrainingMessage(role: role, text: $0)] } ?? messages(json)
  }

  private mutating func messages(_ json: JSON?) -> [TrainingMessage]? {
    guard let items = json?.array else { return nil }
    let messages = items.compactMap(TrainingMessage.init(json:))
    guard messages.count == items.count else { return nil }
    for item in items {
      for member in item.object?.members ?? []
      where !Self.messageMembers.contains(member.name) && !member.value.isNull {
        unreadInMessages.insert("messages.\(member.name)")
      }
    }
    return messages
  }

  private static let messageMembers: Set = [
    "role", "content", "name", "weight", "tool_calls", "tool_call_id",
  ]

  /// A turn of ShareGPT; newer files have the names of `messages` in it.
  private mutating func turn(_ json: JSON) -> TrainingMessage? {
    guard let from = json["from"]?.string?.lowercased() else {
      return messages([json])?.first
    }
    guard let value = json["value"]?.string else { return nil }
    for member in json.object?.members ?? []
    where !["from", "value", "weight"].contains(member.name) && !member.value.isNull {
      unreadInMessages.insert("conversations.\(member.name)")
    }
    var message: TrainingMessage
    switch from {
    case "system": message = TrainingMessage(role: "system", text: value)
    case "human", "user": message = TrainingMessage(role: "user", text: value)
    case "gpt", "assistant", "model", "chatgpt", "bard", "bing":
      message = TrainingMessage(role: "assistant", text: value)
    case "observation", "tool", "function_response":
      message = TrainingMessage(role: "tool", text: value)
    case "function_call", "tool_call":
      guard let calls = Self.calls(value) else { return nil }
      message = TrainingMessage(role: "assistant", toolCalls: calls)
    default: return nil
    }
    message.weight = json["weight"]?.integer
    return message
  }

  /// The text of a call, `{"name": …, "arguments": …}` or a list of them, as chat completions have it.
  private static func calls(_ text: String) -> JSON? {
    guard let json = try? JSON(parsing: text) else { return nil }
    let items = json.array ?? [json]
    let calls: [JSON] = items.enumerated().compactMap { place, item in
      guard let name = item["name"]?.string else { return nil }
      let arguments = item["arguments"] ?? [:]
      return [
        "id": .string("call_\(place + 1)"), "type": "function",
        "function": [
          "name": .string(name), "arguments": .string(arguments.string ?? arguments.text),
        ],
      ]
    }
    return calls.count == items.count && !calls.isEmpty ? .array(calls) : nil
  }

  private mutating func tools() -> JSON? { Self.tools(in: member("tools")) }

  /// Tools as a list; some files hold the list as a text.
  private static func tools(in json: JSON?) -> JSON? {
    let json = json?.string.map { (try? JSON(parsing: $0)) ?? .null } ?? json
    return json?.array.flatMap { $0.isEmpty ? nil : .array($0) }
  }
}
