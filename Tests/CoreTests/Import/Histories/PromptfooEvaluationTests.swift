import Testing

@testable import Core

// Evaluations of promptfoo in the forms of several years.

private func result(
  _ test: Int, _ prompt: Int, _ members: JSON.Object = [:]
) -> JSON {
  var object: JSON.Object = [
    "testIdx": .integer(test), "promptIdx": .integer(prompt),
    "provider": ["id": prompt == 0 ? "openai:chat:gpt-5-mini" : "anthropic:messages:claude-x"],
    "prompt": ["raw": .string("Where is city \(test)?"), "label": "Where is {{city}}?"],
    "vars": ["city": .string("city \(test)"), "list": [1, 2]],
    "response": [
      "output": .string("In place \(test).\(prompt)"), "finishReason": "stop",
      "tokenUsage": ["prompt": 20, "completion": 10, "total": 30],
    ],
    "success": true, "score": 1, "latencyMs": 420, "cost": 0.0001, "failureReason": 0,
    "gradingResult": ["pass": true, "score": 1, "reason": "All assertions passed"],
  ]
  for member in members.members { object[member.name] = member.value }
  return .object(object)
}

private func evaluation(_ results: [JSON]) -> JSON {
  [
    "evalId": "eval-abc",
    "results": [
      "version": 3, "timestamp": "2026-03-01T10:00:00.000Z",
      "prompts": [
        ["raw": "Where is {{city}}?", "label": "plain", "provider": "openai:chat:gpt-5-mini"],
        ["raw": "Tell me where {{city}} is.", "label": "asked", "provider": "anthropic"],
      ],
      "results": .array(results),
    ],
    "config": [
      "description": "Cities",
      "providers": [
        "openai:chat:gpt-5-mini",
        ["id": "anthropic:messages:claude-x", "config": ["temperature": 0.3]],
      ],
    ],
  ]
}

private func imported(_ json: JSON) throws -> (session: Session, runs: [RecordedRun]) {
  let session = try PromptfooEvaluation.session(of: json, name: "file", place: "x", at: 1)
  return (session.session, (0..<session.count).map(session.run))
}

@Suite struct PromptfooEvaluationTests {
  @Test func casesAreMomentsAndProvidersAreColumns() throws {
    let (session, runs) = try imported(
      evaluation([result(1, 1), result(0, 0), result(0, 1), result(1, 0)]))
    #expect(session.name == "Cities")
    #expect(session.createdAt == 1_772_359_200)
    #expect(
      runs.map(\.answer.text) == ["In place 0.0", "In place 0.1", "In place 1.0", "In place 1.1"])
    #expect(runs.map(\.run.column) == [0, 1, 0, 1])
    #expect(runs[0].run.batch == runs[1].run.batch)
    #expect(runs[0].run.batch != runs[2].run.batch)
    #expect(runs[1].run.request.model.description == "anthropic/claude-x")
    #expect(runs[1].run.request.parameters.temperature == 0.3)
    #expect(runs[1].run.variant?.name == "asked")
    #expect(runs[0].run.promptText.contains("Where is {{city}}?"))
    #expect(runs[0].run.inputs == ["city": "city 0", "list": "[1,2]"])
    #expect(runs[0].run.request.messages.map(\.text) == ["Where is city 0?"])
    #expect(runs[0].answer.timing.total == 420)
    #expect(runs[0].answer.usage == Usage(inputTokens: 20, outputTokens: 10))
    #expect(runs[0].run.knownPrice == nil)
    #expect(runs[0].run.origin?.details["cost_in_dollars"] == 0.0001)
    // They all began with the evaluation, and keep their order.
    #expect(runs.map(\.run.startedAt) == runs.map(\.run.startedAt).sorted())
  }

  @Test func gradesAreTagsAndNotesAndAPersonsWordIsARating() throws {
    let (_, runs) = try imported(
      evaluation([
        result(0, 0),
        result(
          1, 0,
          [
            "success": false, "score": 0.5, "failureReason": 1, "error": "It names no country",
            "gradingResult": [
              "pass": false, "score": 0.5, "reason": "It names no country", "comment": "see docs",
              "componentResults": [["pass": true, "assertion": ["type": "human"]]],
            ],
          ]),
        result(
          2, 0,
          [
            "success": false, "score": 0, "failureReason": 2, "error": "HTTP 500",
            "response": ["error": "HTTP 500"], "gradingResult": .null,
          ]),
      ]))
    #expect(runs.map(\.remark.tags) == [["pass"], ["fail"], ["error"]])
    #expect(runs[0].remark.note == "score 1 · All assertions passed")
    #expect(runs[1].remark.note == "score 0.5 · It names no country · see docs")
    #expect(runs.map(\.rating) == [nil, .good, nil])
    // A grader's reason is no failure of the answer.
    #expect(runs[1].answer.error == nil)
    #expect(runs[2].answer.error == "HTTP 500")
    #expect(runs[2].answer.finishReason == .error)
  }

  @Test func theTableOfOlderFilesIsRead() throws {
    let (session, runs) = try imported([
      "results": [
        "version": 2, "timestamp": "2024-05-01T00:00:00Z", "results": [],
        "table": [
          "head": [
            "prompts": [
              ["raw": "Say {{word}}", "display": "Say", "provider": "ollama:chat:llama3"]
            ],
            "vars": ["word"],
          ],
          "body": [
            [
              "vars": ["hello"],
              "outputs": [
                [
                  "text": "Hello!", "pass": true, "score": 1, "prompt": "Say hello",
                  "latencyMs": 12, "tokenUsage": ["prompt": 3, "completion": 2],
                ]
              ],
            ]
          ],
        ],
      ], "config": [:],
    ])
    #expect(session.name == "file")
    #expect(runs.map(\.answer.text) == ["Hello!"])
    #expect(runs[0].run.request.model.description == "ollama/llama3")
    #expect(runs[0].run.inputs == ["word": "hello"])
    #expect(runs[0].remark.tags == ["pass"])
  }

  @Test func resultsWithoutNumbersStandInTheirColumns() throws {
    func old(_ provider: String, _ word: String) -> JSON {
      [
        "provider": ["id": .string(provider)], "vars": ["word": .string(word)],
        "prompt": ["raw": .string("Say \(word)"), "display": "Say {{word}}"],
        "response": ["output": .string("\(provider) \(word)")], "success": true,
      ]
    }
    let (_, runs) = try imported([
      "version": 1,
      "results": [old("a:x", "1"), old("b:y", "1"), old("a:x", "2"), old("b:y", "2")],
      "stats": [:],
    ])
    #expect(runs.map(\.run.column) == [0, 1, 0, 1])
    #expect(runs.map(\.answer.text) == ["a:x 1", "b:y 1", "a:x 2", "b:y 2"])
    #expect(runs[0].run.batch == runs[1].run.batch)
  }

  @Test func repeatedResultsOfACaseAreMomentsOfTheirOwn() throws {
    let (_, runs) = try imported(evaluation([result(0, 0), result(0, 0), result(0, 1)]))
    #expect(Set(runs.map(\.run.id)).count == 3)
    #expect(runs[0].run.batch == runs[1].run.batch)
    #expect(runs[0].run.batch != runs[2].run.batch)
  }

  @Test func aProviderThatIsAProgramKeepsItsName() throws {
    let (_, runs) = try imported(
      evaluation([
        result(0, 0, ["provider": "file://ask.py"]), result(1, 0, ["provider": .null]),
      ]))
    #expect(runs[0].run.request.model.description == "promptfoo/file://ask.py")
    #expect(runs[1].run.request.model.description == "promptfoo/unknown")
  }

  @Test func whatIsOfTheWrongKindCrashesNothing() throws {
    for json in [JSON.null, [], ["results": []], ["results": ["results": [1, .null, "x"]]]] {
      #expect(!PromptfooEvaluation.isOne(json), "\(json.text)")
      #expect(throws: ImportError.self) { _ = try imported(json) }
    }
    let (_, runs) = try imported(
      evaluation([
        [:], result(-4, -1), result(0, 5000),
        ["testIdx": 1e300, "promptIdx": 0, "vars": 3, "response": 4, "gradingResult": [1]],
      ]))
    #expect(runs.allSatisfy { (0..<256).contains($0.run.column) })
  }
}
