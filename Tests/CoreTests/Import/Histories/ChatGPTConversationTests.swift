import Testing

@testable import Core

// Conversations of ChatGPT's export, and what hostile ones come to.

/// A node of an export's mapping.
func node(
  _ id: String, after parent: String?, _ role: String? = nil, _ text: String = "",
  at time: Double? = nil, _ members: JSON.Object = [:]
) -> JSON.Object.Member {
  var message: JSON.Object = [
    "author": ["role": JSON(role)], "create_time": JSON(time),
    "content": ["content_type": "text", "parts": [.string(text)]], "recipient": "all",
  ]
  for member in members.members { message[member.name] = member.value }
  return JSON.Object.Member(
    name: id,
    value: [
      "id": .string(id), "parent": JSON(parent), "children": [],
      "message": role == nil ? .null : .object(message),
    ])
}

private func conversation(
  _ nodes: [JSON.Object.Member], _ members: JSON.Object = [:]
) -> JSON {
  var object: JSON.Object = [
    "title": "Bridges", "create_time": 1_700_000_000, "conversation_id": "c-1",
    "mapping": .object(JSON.Object(nodes)),
  ]
  for member in members.members { object[member.name] = member.value }
  return .object(object)
}

private func imported(_ json: JSON) throws -> ImportedSession {
  try ChatGPTConversation.session(of: json, place: "x.json: item 1", at: 5)
}

private func runs(_ session: ImportedSession) -> [RecordedRun] {
  (0..<session.count).map(session.run)
}

@Suite struct ChatGPTConversationTests {
  @Test func aQuestionThatWasEditedIsAForkOfWhatStoodBefore() throws {
    let session = try imported(
      conversation(
        [
          node("root", after: nil), node("s", after: "root", "system"),
          node("u1", after: "s", "user", "How long?", at: 1_700_000_001),
          node("a1", after: "u1", "assistant", "Two hundred metres.", at: 1_700_000_002),
          node("u2", after: "a1", "user", "How wide?"),
          node("a2", after: "u2", "assistant", "Eight."),
          node("u3", after: "a1", "user", "How old?"),
          node("a3", after: "u3", "assistant", "Ninety."),
          node("a4", after: "u3", "assistant", "Ninety-one."),
          node("u5", after: "a3", "user", "So?"),
        ], ["current_node": "u5"]))
    let runs = runs(session)
    #expect(session.session.name == "Bridges")
    #expect(runs.map(\.answer.text) == ["Two hundred metres.", "Eight.", "Ninety.", "Ninety-one."])
    let first = runs[0].run.id
    #expect(runs.map(\.run.parent) == [nil, first, first, first])
    #expect(
      runs[3].run.request.messages.map(\.text)
        == ["How long?", "Two hundred metres.", "How old?"])
    #expect(runs[0].run.startedAt == 1_700_000_002)
    // A message without a time comes after the one that it follows.
    #expect(runs[1].run.startedAt > runs[0].run.startedAt)
    #expect(Set(runs.map(\.run.id)).count == 4)
    #expect(session.branches == [Branch(name: "current in ChatGPT", moment: runs[2].run.batch)])
  }

  @Test func thinkingBelongsToTheAnswerThatFollows() throws {
    let thoughts: JSON = [
      "content_type": "thoughts",
      "thoughts": [["summary": "Width", "content": "Roads are eight metres wide."]],
    ]
    let session = try imported(
      conversation([
        node("u", after: nil, "user", "How wide?"),
        node("t", after: "u", "assistant", "", ["content": thoughts]),
        node("a", after: "t", "assistant", "Eight.", ["metadata": ["model_slug": "o3"]]),
      ]))
    let run = session.run(0)
    #expect(session.count == 1)
    #expect(run.answer.thinking == "Width\nRoads are eight metres wide.")
    #expect(run.run.request.model.description == "chatgpt/o3")
    #expect(run.run.request.messages.map(\.text) == ["How wide?"])
  }

  @Test func callsOfToolsAndPicturesAreNamed() throws {
    let picture: JSON = [
      "content_type": "multimodal_text",
      "parts": [
        ["content_type": "image_asset_pointer", "asset_pointer": "file-service://file-1"],
        "What is it?",
      ],
    ]
    let session = try imported(
      conversation([
        node(
          "u", after: nil, "user", "",
          [
            "content": picture,
            "metadata": [
              "attachments": [
                ["id": "file-1", "name": "a.png"], ["id": "file-2", "name": "notes.txt"],
              ]
            ],
          ]),
        node(
          "c", after: "u", "assistant", "",
          ["recipient": "python", "content": ["content_type": "code", "text": "look()"]]),
        node("o", after: "c", "tool", "a bridge"), node("a", after: "o", "assistant", "A bridge."),
      ]))
    let call = session.run(0).answer
    #expect(call.toolCalls == [ToolCall(id: "", name: "python", arguments: "look()")])
    #expect(call.finishReason == .toolCalls)
    let answer = session.run(1)
    #expect(
      answer.run.request.messages[0].parts == [
        .media(url: "file-service://file-1", contentType: "image"), .text("What is it?"),
        .media(url: "notes.txt", contentType: nil),
      ])
    #expect(answer.run.request.messages.map(\.role) == [.user, .assistant, .tool])
    #expect(
      answer.run.request.messages[1].metadata["tool_calls"]?[0]?["name"] == "python")
    #expect(answer.run.parent == session.run(0).run.id)
  }

  @Test func anAnswerThatWasCutOffSaysSo() throws {
    func ended(_ type: String) throws -> FinishReason? {
      try imported(
        conversation([
          node("u", after: nil, "user", "Q"),
          node(
            "a", after: "u", "assistant", "A",
            ["metadata": ["finish_details": ["type": .string(type)]]]),
        ])
      ).run(0).answer.finishReason
    }
    #expect(try ended("max_tokens") == .length)
    #expect(try ended("interrupted") == .cancelled)
    #expect(try ended("stop") == .stop)
  }

  @Test func messagesInACircleAreLeftOutAndTold() throws {
    let session = try imported(
      conversation([
        node("u", after: nil, "user", "Q"), node("a", after: "u", "assistant", "A"),
        node("x", after: "y", "user", "round"), node("y", after: "x", "assistant", "and round"),
        node("z", after: "z", "assistant", "alone"),
      ]))
    #expect(session.count == 1)
    #expect(session.notes.map(\.description).joined().contains("3 messages"))
  }

  @Test func whatIsOfTheWrongKindCrashesNothing() throws {
    let odd: [JSON] = [
      conversation([]), conversation([node("u", after: nil, "user", "no answer")]),
      ["mapping": ["a": 1, "b": .null, "c": ["message": 3, "parent": 4]]],
      ["mapping": ["a": ["message": ["author": 1, "content": [1, .null]]]]],
      ["mapping": 7], .null, [],
    ]
    for json in odd {
      #expect(throws: ImportError.self, "\(json.text)") { _ = try imported(json) }
    }
    let session = try imported(
      conversation(
        [
          node("a", after: "gone", "assistant", "A", ["create_time": "never", "metadata": 3]),
          node("p", after: "a", "pirate", "arr"),
        ], ["title": .null, "create_time": 1e300]))
    #expect(session.session.name == "ChatGPT")
    #expect(session.session.createdAt == 5)
    #expect(session.run(0).answer.text == "A")
    #expect(session.notes.map(\.description).joined().contains("pirate"))
  }

  @Test func aLongConversationStaysBounded() throws {
    let text = String(repeating: "w", count: 1000)
    var nodes = [node("s", after: nil, "system", "Be brief.")]
    for number in 0..<3000 {
      nodes.append(
        node(
          "n\(number)", after: number == 0 ? "s" : "n\(number - 1)",
          number % 2 == 0 ? "user" : "assistant", text))
    }
    let session = try imported(conversation(nodes))
    #expect(session.count == 1500)
    let last = session.run(1499).run
    #expect(last.promptText.utf8.count < 300_000)
    #expect(last.request.messages.first?.text == "Be brief.")
    #expect(last.request.messages.last?.role == .user)
    let leftOut = try #require(last.origin?.details["earlier_messages_left_out"]?.integer)
    #expect(leftOut + last.request.messages.count == 3000)
  }
}
