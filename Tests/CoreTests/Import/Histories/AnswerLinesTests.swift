import Testing

@testable import Core

// Answers a line, and conversations a message a line.

private func lines(_ values: JSON...) throws -> [RecordedRun] {
  var lines = try #require(AnswerLines(first: values[0], name: "file", at: 100))
  return try values.map { try lines.run(of: $0, place: "x") }
}

private let dialogue: JSON = [
  "messages": [
    ["role": "system", "content": "Be brief."], ["role": "user", "content": "Name a river."],
    ["role": "assistant", "content": "Aare.", "weight": 1],
  ]
]

@Suite struct AnswerLinesTests {
  @Test func theLastAnswerOfAListIsTheAnswer() throws {
    let run = try lines(dialogue)[0]
    #expect(run.answer.text == "Aare.")
    #expect(run.answer.usage.isEstimated)
    #expect(run.run.request.messages.map(\.role) == [.system, .user])
    #expect(run.run.request.model.description == "imported/unknown")
    #expect(run.run.startedAt == 100)
    #expect(run.run.knownPrice == nil)
  }

  @Test func listsInWordsOfOtherProgramsAreRead() throws {
    let run = try lines([
      "conversations": [
        ["from": "human", "value": "Hello"], ["from": "gpt", "value": "Hello there"],
        ["from": "human", "value": "unanswered"],
      ]
    ])[0]
    #expect(run.answer.text == "Hello there")
    #expect(run.run.request.messages.map(\.text) == ["Hello"])
    #expect(run.run.origin?.details["messages_after"] == 1)
  }

  @Test func theSameLineTwiceIsTwoRunsWithTheSameNamesEachTime() throws {
    let first = try lines(dialogue, dialogue)
    let second = try lines(dialogue, dialogue)
    #expect(first.map(\.run.id) == second.map(\.run.id))
    #expect(first[0].run.id != first[1].run.id)
  }

  @Test func aStoredCompletionKeepsItsSettingsAndTokens() throws {
    let run = try lines([
      "request": [
        "model": "gpt-4o", "temperature": 0.2, "max_completion_tokens": 9, "stop": "END",
        "messages": [
          ["role": "developer", "content": "Use the tool."],
          [
            "role": "user",
            "content": [
              ["type": "text", "text": "Say ok"],
              ["type": "image_url", "image_url": ["url": "https://example.org/a.png"]],
            ],
          ],
        ],
        "tools": [["type": "function", "function": ["name": "say", "parameters": [:]]]],
      ],
      "response": [
        "id": "chatcmpl-2", "created": 1_700_000_100, "model": "gpt-4o-2024",
        "choices": [
          [
            "finish_reason": "tool_calls",
            "message": [
              "role": "assistant", "content": .null,
              "tool_calls": [
                ["id": "call_1", "function": ["name": "say", "arguments": "{\"word\":\"ok\"}"]]
              ],
            ],
          ]
        ],
        "usage": [
          "prompt_tokens": 5, "completion_tokens": 7,
          "completion_tokens_details": ["reasoning_tokens": 3],
        ],
      ],
    ])[0]
    #expect(run.run.request.model.description == "openai/gpt-4o-2024")
    #expect(run.run.request.parameters.temperature == 0.2)
    #expect(run.run.request.parameters.maxTokens == 9)
    #expect(run.run.request.parameters.stop == ["END"])
    #expect(run.run.request.parameters.tools.count == 1)
    #expect(run.run.request.messages[0].role == .system)
    #expect(run.run.request.messages[1].hasMedia)
    #expect(run.answer.finishReason == .toolCalls)
    #expect(run.answer.toolCalls.map(\.name) == ["say"])
    #expect(run.answer.usage == Usage(inputTokens: 5, outputTokens: 7, reasoningTokens: 3))
    #expect(run.run.startedAt == 1_700_000_100)
  }

  @Test func aBatchKeepsAnswersAndErrors() throws {
    let runs = try lines(
      [
        "custom_id": "one", "error": .null,
        "response": [
          "status_code": 200,
          "body": ["model": "m", "choices": [["message": ["content": "Yes."]]]],
        ],
      ],
      [
        "custom_id": "two", "error": .null,
        "response": ["status_code": 429, "body": ["error": ["message": "Too many."]]],
      ])
    #expect(runs.map(\.run.origin?.id) == ["one", "two"])
    #expect(runs[0].answer.text == "Yes.")
    #expect(runs[1].answer.finishReason == .error)
    #expect(runs[1].answer.error == "Too many.")
  }

  @Test func aResponseOfTheResponsesAPIIsRead() throws {
    let run = try lines([
      "request": ["instructions": "Be brief.", "input": "Name a lake."],
      "response": [
        "object": "response", "created_at": 1_700_000_000, "model": "gpt-5",
        "output": [
          ["type": "reasoning", "summary": [["text": "Lakes."]]],
          ["type": "message", "content": [["type": "output_text", "text": "Thun."]]],
        ],
        "incomplete_details": ["reason": "max_output_tokens"],
        "usage": ["input_tokens": 4, "output_tokens": 2],
      ],
    ])[0]
    #expect(run.answer.text == "Thun.")
    #expect(run.answer.thinking == "Lakes.")
    #expect(run.answer.finishReason == .length)
    #expect(run.run.request.messages.map(\.text) == ["Be brief.", "Name a lake."])
  }

  @Test func linesOfTheWrongKindAreRefusedWithTheirPlace() throws {
    var lines = try #require(AnswerLines(first: dialogue, name: "file", at: 1))
    let odd: [JSON] = [
      [:], ["messages": []], ["messages": 1], ["messages": [["role": "pirate"]]],
      ["messages": [["role": "user", "content": "no answer"]]],
      ["messages": [["role": "assistant", "content": ""]]], .null, "text", 7,
      ["messages": [["role": "assistant", "content": [:]]]],
    ]
    for json in odd {
      let error = #expect(throws: ImportError.self, "\(json.text)") {
        _ = try lines.run(of: json, place: "x.jsonl:3")
      }
      #expect(error?.description.hasPrefix("x.jsonl:3: ") == true)
    }
  }

  @Test func numbersThatCantBeStayUnknown() throws {
    let run = try lines([
      "request": ["model": "", "temperature": "hot", "messages": []],
      "response": [
        "created": 1e300,
        "choices": [["message": ["content": "A", "tool_calls": [1, .null, [:]]]]],
        "usage": ["prompt_tokens": 1e300, "completion_tokens": -5],
      ], "latency_ms": 1e300,
    ])[0]
    #expect(run.run.request.model.description == "openai/unknown")
    #expect(run.run.startedAt == 100)
    #expect(run.answer.timing.total == 1e12)
    #expect(run.run.request.parameters.temperature == nil)
  }

  @Test func messagesALineAreOneConversation() throws {
    let messages: [JSON] = [
      ["role": "user", "content": "Hello"], ["role": "assistant", "content": "Hello there"],
      ["role": "user", "content": "Which mill?"],
      ["role": "assistant", "content": "The old mill.", "model": "m1"],
    ]
    func read(_ count: Int) throws -> ImportedSession {
      var lines = MessageLines(first: messages[0], name: "talk", at: 9)
      for message in messages.prefix(count) { try lines.append(message, place: "x") }
      return try lines.imported(place: "x")
    }
    let session = try read(4)
    #expect(session.count == 2)
    #expect(session.run(1).run.parent == session.run(0).run.id)
    #expect(session.run(1).run.request.messages.count == 3)
    #expect(session.run(1).run.request.model.description == "imported/m1")
    // A file that has grown has the same names for what it had.
    #expect(try read(2).run(0).run.id == session.run(0).run.id)
    #expect(try read(2).session == session.session)
    #expect(throws: ImportError.self) { _ = try read(1) }
  }
}
