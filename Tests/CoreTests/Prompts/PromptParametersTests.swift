import Testing

@testable import Core

/// The parameters of a prompt with this front matter.
private func parameters(_ front: String) throws -> Parameters {
  try PromptFile(parsing: "---\n\(front)\n---\nx", name: "a.prompt").parameters
}

@Suite struct PromptParametersTests {
  @Test func everyParameterOfConfigIsTaken() throws {
    var expected = Parameters(
      temperature: 0.2, topP: 0.9, maxTokens: 300, stop: ["END"], seed: 7)
    expected.topK = 40
    expected.frequencyPenalty = 0.5
    expected.presencePenalty = -1
    expected.reasoningEffort = "low"
    expected.topLogprobs = 3
    expected.contextWindow = 8192
    #expect(
      try parameters(
        """
        config:
          temperature: 0.2
          topP: 0.9
          topK: 40
          maxOutputTokens: 300
          stopSequences: [END]
          seed: 7
          frequencyPenalty: 0.5
          presencePenalty: -1
          reasoningEffort: low
          logprobs: 3
          contextWindow: 8192
          apiVersion: known to others
        """) == expected)
  }

  @Test(
    arguments: [("true", 5), ("false", nil), ("~", nil), ("0", 0), ("20", 20)] as [(String, Int?)])
  func logprobsAreANumberOrTheUsualOne(_ value: String, _ count: Int?) throws {
    #expect(try parameters("config: {logprobs: \(value)}").topLogprobs == count)
  }

  // MARK: Output

  @Test func aJSONSchemaIsSentAsItIsWritten() throws {
    let front = """
      output:
        format: json
        schema:
          type: object
          properties: {name: {type: string}, age: {type: integer}}
          required: [name]
      """
    let schema: JSON = [
      "type": "object",
      "properties": ["name": ["type": "string"], "age": ["type": "integer"]],
      "required": ["name"],
    ]
    #expect(try parameters(front).responseSchema == schema)
  }

  @Test(
    arguments: [
      (
        "{schema: {type: array, items: {type: string}}}",
        ["type": "array", "items": ["type": "string"]]
      ),
      ("{schema: {properties: {a: {}}}}", ["properties": ["a": [:]], "type": "object"]),
      ("{format: json}", [:]),
      (
        "{format: json, schema: {name: string, age?: integer}}",
        [
          "type": "object",
          "properties": ["name": ["type": "string"], "age": ["type": ["integer", "null"]]],
          "required": ["name"], "additionalProperties": false,
        ]
      ),
      (
        "{schema: {type: 'string, what it is'}}",
        [
          "type": "object",
          "properties": ["type": ["type": "string", "description": "what it is"]],
          "required": ["type"], "additionalProperties": false,
        ]
      ),
      // The name of a schema that another program has.
      ("{format: json, schema: Person}", [:]),
      ("{schema: Person}", nil),
      ("{format: text, schema: {type: object}}", nil),
      ("{format: text}", nil), ("~", nil),
    ] as [(String, JSON?)])
  func whatTheAnswerIsToFollowDependsOnFormatAndSchema(_ output: String, _ schema: JSON?) throws {
    #expect(try parameters("output: \(output)").responseSchema == schema)
  }

  // MARK: Tools

  @Test func toolsAreTakenAsTheyAreGiven() throws {
    let front = """
      tools:
        - search
        - name: weather
          description: Tells it.
          parameters: {type: object, properties: {city: {type: string}}}
        - {type: function, function: {name: clock, strict: true}}
        - {type: web_search}
      """
    #expect(
      try parameters(front).tools == [
        [
          "name": "weather", "description": "Tells it.",
          "parameters": ["type": "object", "properties": ["city": ["type": "string"]]],
        ],
        ["type": "function", "function": ["name": "clock", "strict": true]],
        ["type": "web_search"],
      ])
  }

  @Test func aToolMayTellItsInputInPicoschema() throws {
    let front = """
      tools:
        - {name: weather, inputSchema: {city: 'string, a name'}}
      toolDefs:
        - {name: clock, inputSchema: {type: object}, outputSchema: {type: string}}
      """
    #expect(
      try parameters(front).tools == [
        [
          "name": "weather",
          "parameters": [
            "type": "object",
            "properties": ["city": ["type": "string", "description": "a name"]],
            "required": ["city"], "additionalProperties": false,
          ],
        ],
        ["name": "clock", "parameters": ["type": "object"]],
      ])
  }

  @Test func namesOfToolsAreLeftToOtherPrograms() throws {
    #expect(try parameters("tools: [search, toolDefinition]").tools.isEmpty)
  }

  @Test(arguments: [
    ("config:\n  topK: 0", 3, "'topK' must be 1 or more"),
    ("config:\n  frequencyPenalty: x", 3, "'frequencyPenalty' must be a number"),
    ("config:\n  reasoningEffort: 3", 3, "'reasoningEffort' must be a text"),
    ("config:\n  logprobs: -1", 3, "'logprobs' must be true, false or a whole number from 0 on"),
    ("config:\n  logprobs: many", 3, "'logprobs' must be true, false or a whole number from 0 on"),
    ("config:\n  contextWindow: big", 3, "'contextWindow' must be a whole number"),
    ("output: json", 2, "'output' must be a map"),
    ("output:\n  format: 3", 3, "'format' must be a text"),
    ("output:\n  schema:\n    a: strng", 4, "'strng' is no type: one of string, number"),
    ("output:\n  schema: [a]", 3, "a schema must be a map of fields"),
    ("output:\n  schema:\n    a: 3", 4, "a schema is a type such as 'string'"),
    ("output:\n  schema:\n    a(list): string", 4, "'(list)' is none of (array), (object)"),
    ("output:\n  schema:\n    'a(array': string", 4, "'a(array' has no closing ')'"),
    ("output:\n  schema:\n    a(enum): b", 4, "the values of 'a' must be a list"),
    ("input:\n  schema:\n    a: ~", 4, "a schema is a type such as 'string'"),
    ("tools: search", 2, "'tools' must be a list"),
    ("tools:\n  - {description: x}", 3, "a tool is a name, or a map with 'name'"),
    ("tools:\n  - search\n  - {type: function, function: {}}", 4, "a tool is a name, or a map"),
    ("tools:\n  - 3", 3, "a tool is a name, or a map with"),
  ])
  func aMistakeIsToldWithItsLine(_ front: String, _ line: Int, _ problem: String) {
    #expect {
      try parameters(front)
    } throws: {
      "\($0)".hasPrefix("a.prompt:\(line): \(problem)")
    }
  }
}
