import Core
import Testing

@testable import Completion

@Suite("A request is written in each protocol's own words")
struct RequestBodyTests {
  private static let weather: JSON = [
    "name": "get_weather", "description": "Tells the weather.",
    "parameters": [
      "type": "object", "properties": ["city": ["type": "string"]], "required": ["city"],
      "additionalProperties": false,
    ],
  ]

  /// All parameters set.
  private static var parameters: Parameters {
    var parameters = Parameters(
      temperature: 0.5, topP: 0.9, maxTokens: 7, stop: ["END"], seed: 1)
    parameters.topK = 40
    parameters.frequencyPenalty = 0.25
    parameters.presencePenalty = 0.75
    parameters.reasoningEffort = "low"
    parameters.topLogprobs = 2
    parameters.responseSchema = ["type": "object", "properties": ["a": ["type": "integer"]]]
    parameters.tools = [weather]
    parameters.contextWindow = 8192
    return parameters
  }

  private static let messages = [
    Message(role: .system, text: "Be brief."), Message(role: .system, text: "Be kind."),
    Message(role: .user, text: "Hello?"), Message(role: .assistant, text: "Hi."),
    Message(role: .user, text: "Weather?"),
  ]

  private func body(
    _ wire: WireProtocol, _ messages: [Message] = [Message(role: .user, text: "Hello?")],
    _ parameters: Parameters = Parameters(), profile: ModelProfile = ModelProfile()
  ) -> JSON {
    let request = CompletionRequest(
      model: ModelReference(provider: "p", model: "m"), messages: messages, parameters: parameters)
    return .object(wire.dialect.body(of: request, profile: profile, asksForUsage: false))
  }

  @Test func `chat completions has words for all but the window`() throws {
    let expected = try JSON(
      parsing: """
        {"model":"m","messages":[{"role":"system","content":"Be brief."},
          {"role":"system","content":"Be kind."},{"role":"user","content":"Hello?"},
          {"role":"assistant","content":"Hi."},{"role":"user","content":"Weather?"}],
          "temperature":0.5,"top_p":0.9,"top_k":40,"max_tokens":7,"stop":["END"],"seed":1,
          "frequency_penalty":0.25,"presence_penalty":0.75,"reasoning_effort":"low",
          "logprobs":true,"top_logprobs":2,
          "response_format":{"type":"json_schema","json_schema":{"name":"answer","schema":
            {"type":"object","properties":{"a":{"type":"integer"}}},"strict":false}},
          "tools":[{"type":"function","function":{"name":"get_weather",
            "description":"Tells the weather.","parameters":{"type":"object",
            "properties":{"city":{"type":"string"}},"required":["city"],
            "additionalProperties":false}}}],"stream":true}
        """)
    #expect(body(.chatCompletions, Self.messages, Self.parameters) == expected)
  }

  @Test func `Responses takes instructions, nested options and flat tools`() throws {
    let expected = try JSON(
      parsing: """
        {"model":"m","instructions":"Be brief.\\n\\nBe kind.","input":[
          {"role":"user","content":"Hello?"},{"role":"assistant","content":"Hi."},
          {"role":"user","content":"Weather?"}],
          "temperature":0.5,"top_p":0.9,"max_output_tokens":7,"reasoning":{"effort":"low"},
          "top_logprobs":2,"include":["message.output_text.logprobs"],
          "text":{"format":{"type":"json_schema","name":"answer","schema":
            {"type":"object","properties":{"a":{"type":"integer"}}},"strict":false}},
          "tools":[{"type":"function","name":"get_weather","description":"Tells the weather.",
            "parameters":{"type":"object","properties":{"city":{"type":"string"}},
            "required":["city"],"additionalProperties":false},"strict":true}],
          "store":false,"stream":true}
        """)
    #expect(body(.responses, Self.messages, Self.parameters) == expected)
  }

  @Test func `Messages takes a system text, stop sequences and input schemas`() throws {
    let expected = try JSON(
      parsing: """
        {"model":"m","system":"Be brief.\\n\\nBe kind.","messages":[
          {"role":"user","content":"Hello?"},{"role":"assistant","content":"Hi."},
          {"role":"user","content":"Weather?"}],
          "max_tokens":7,"temperature":0.5,"top_p":0.9,"top_k":40,"stop_sequences":["END"],
          "thinking":{"type":"adaptive","display":"summarized"},
          "output_config":{"effort":"low","format":{"type":"json_schema","schema":
            {"type":"object","properties":{"a":{"type":"integer"}}}}},
          "tools":[{"name":"get_weather","description":"Tells the weather.","input_schema":
            {"type":"object","properties":{"city":{"type":"string"}},"required":["city"],
            "additionalProperties":false}}],"stream":true}
        """)
    #expect(body(.messages, Self.messages, Self.parameters) == expected)
  }

  @Test func `Ollama takes options, the window among them, and the schema as it is`() throws {
    let expected = try JSON(
      parsing: """
        {"model":"m","messages":[{"role":"system","content":"Be brief."},
          {"role":"system","content":"Be kind."},{"role":"user","content":"Hello?"},
          {"role":"assistant","content":"Hi."},{"role":"user","content":"Weather?"}],
          "think":"low","logprobs":true,"top_logprobs":2,
          "format":{"type":"object","properties":{"a":{"type":"integer"}}},
          "tools":[{"type":"function","function":{"name":"get_weather",
            "description":"Tells the weather.","parameters":{"type":"object",
            "properties":{"city":{"type":"string"}},"required":["city"],
            "additionalProperties":false}}}],
          "options":{"num_ctx":8192,"num_predict":7,"temperature":0.5,"top_p":0.9,"top_k":40,
            "stop":["END"],"seed":1,"frequency_penalty":0.25,"presence_penalty":0.75},
          "stream":true}
        """)
    #expect(body(.ollamaChat, Self.messages, Self.parameters) == expected)
  }

  @Test(arguments: WireProtocol.allCases)
  func `what is not set is not sent`(wire: WireProtocol) {
    let names = Set(body(wire).object?.members.map(\.name) ?? [])
    let needed: Set<String> =
      switch wire {
      case .chatCompletions, .ollamaChat: ["model", "messages", "stream"]
      case .responses: ["model", "input", "store", "stream"]
      case .messages: ["model", "messages", "max_tokens", "stream"]
      }
    #expect(names == needed)
  }

  @Test func `Messages asks for as many tokens as the request, else the model, else 4096`() {
    #expect(body(.messages)["max_tokens"] == 4096)
    let profile = ModelProfile(maxOutputTokens: 64_000)
    #expect(body(.messages, profile: profile)["max_tokens"] == 64_000)
    #expect(body(.messages, [], Parameters(maxTokens: 5), profile: profile)["max_tokens"] == 5)
  }

  @Test(
    arguments: [
      (WireProtocol.chatCompletions, "response_format", #"{"type":"json_object"}"#),
      (.responses, "text", #"{"format":{"type":"json_object"}}"#),
      (.messages, "output_config", nil),
      (.ollamaChat, "format", #""json""#),
    ] as [(WireProtocol, String, String?)])
  func `an empty schema asks for any JSON`(wire: WireProtocol, name: String, value: String?) {
    var parameters = Parameters()
    parameters.responseSchema = [:]
    #expect(body(wire, [], parameters)[name]?.text == value)
  }

  @Test(
    arguments: [
      ("none", #"{"type":"disabled"}"#, nil, "false"),
      ("off", #"{"type":"disabled"}"#, nil, "false"),
      ("on", #"{"type":"adaptive","display":"summarized"}"#, nil, "true"),
      (
        "high", #"{"type":"adaptive","display":"summarized"}"#, #"{"effort":"high"}"#, #""high""#
      ),
    ] as [(String, String, String?, String)])
  func `thinking is turned off and on`(
    effort: String, thinking: String, output: String?, think: String
  ) {
    var parameters = Parameters()
    parameters.reasoningEffort = effort
    #expect(body(.messages, [], parameters)["thinking"]?.text == thinking)
    #expect(body(.messages, [], parameters)["output_config"]?.text == output)
    #expect(body(.ollamaChat, [], parameters)["think"]?.text == think)
  }

  @Test(
    arguments: [
      ("claude-haiku-4-5-20251001", "low", 10_000, 2000),
      ("claude-sonnet-4-5", "medium", 9000, 4500),
      ("claude-opus-4-5", "high", 20_000, 16_000), ("claude-opus-4-1", "on", 3000, 1500),
      ("claude-sonnet-4-20250514", "max", 64_000, 51_200), ("claude-opus-4-0", "low", 2000, 1024),
      ("claude-3-7-sonnet-latest", "minimal", 10_000, 1024), ("claude-opus-4-6", "low", 9000, nil),
      ("claude-sonnet-4-6", "low", 9000, nil), ("claude-haiku-5", "low", 9000, nil),
    ] as [(String, String, Int, Int?)])
  func `Anthropic's older models are given a budget for thinking`(
    model: String, effort: String, maxTokens: Int, budget: Int?
  ) {
    var parameters = Parameters(maxTokens: maxTokens)
    parameters.reasoningEffort = effort
    let request = CompletionRequest(
      model: ModelReference(provider: "p", model: model), messages: [], parameters: parameters)
    let body = JSON.object(
      WireProtocol.messages.dialect.body(
        of: request, profile: ModelProfile(), asksForUsage: false))
    #expect(body["thinking"]?["budget_tokens"]?.integer == budget)
    #expect(body["thinking"]?["type"]?.string == (budget == nil ? "adaptive" : "enabled"))
    #expect((body["output_config"] == nil) == (budget != nil))
  }

  @Test func `a model is given parameters under its own names, and none that it does not take`() {
    let names = ["max_tokens": "max_completion_tokens", "temperature": "", "num_predict": "n"]
    let profile = ModelProfile(parameterNames: names)
    let parameters = Parameters(temperature: 0.5, topP: 0.9, maxTokens: 7)
    let chat = body(.chatCompletions, [], parameters, profile: profile)
    #expect(
      chat.text
        == #"{"model":"m","messages":[],"top_p":0.9,"max_completion_tokens":7,"stream":true}"#)
    let ollama = body(.ollamaChat, [], parameters, profile: profile)
    #expect(ollama["options"]?.text == #"{"n":7,"top_p":0.9}"#)
  }

  @Test(arguments: [
    #"{"type":"function","function":{"name":"f","parameters":{"type":"object"}}}"#,
    #"{"type":"function","name":"f","parameters":{"type":"object"}}"#,
    #"{"name":"f","parameters":{"type":"object"}}"#,
    #"{"name":"f","input_schema":{"type":"object"}}"#,
  ])
  func `a tool may be given in any protocol's form`(tool: String) throws {
    var parameters = Parameters()
    parameters.tools = [try JSON(parsing: tool)]
    #expect(
      body(.chatCompletions, [], parameters)["tools"]?.text
        == #"[{"type":"function","function":{"name":"f","parameters":{"type":"object"}}}]"#)
    #expect(
      body(.responses, [], parameters)["tools"]?.text
        == #"[{"type":"function","name":"f","parameters":{"type":"object"},"strict":false}]"#)
    #expect(
      body(.messages, [], parameters)["tools"]?.text
        == #"[{"name":"f","input_schema":{"type":"object"}}]"#)
  }

  @Test(arguments: WireProtocol.allCases)
  func `a tool of the server's own is given as it is`(wire: WireProtocol) {
    var parameters = Parameters()
    parameters.tools = [["type": "web_search_20250305", "name": "web_search", "max_uses": 5]]
    #expect(body(wire, [], parameters)["tools"] == .array(parameters.tools))
  }

  @Test(arguments: [
    (#"{"type":"object","properties":{},"additionalProperties":false}"#, true),
    (#"{"type":"object"}"#, false),
    (#"{"type":"object","properties":{"a":{}},"additionalProperties":false}"#, false),
    (
      #"{"type":"object","properties":{"a":{"type":"array","items":{"type":"object"}}},"#
        + #""required":["a"],"additionalProperties":false}"#, false
    ),
  ])
  func `a schema is strict when it is closed everywhere`(schema: String, isStrict: Bool) throws {
    var parameters = Parameters()
    parameters.responseSchema = try JSON(parsing: schema)
    let format = body(.chatCompletions, [], parameters)["response_format"]
    #expect(format?["json_schema"]?["strict"] == .bool(isStrict))
  }

  @Test func `what a tool said goes out as the user's where no call is named`() {
    let messages = [Message(role: .tool, text: "12 °C")]
    #expect(body(.messages, messages)["messages"]?[0]?["role"] == "user")
    #expect(body(.responses, messages)["input"]?[0]?["role"] == "user")
  }
}
