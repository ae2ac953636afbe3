// One stream or more for each thing that servers really send and the client handles, with what it
// must come to. The row is that of the project's table of such things.

import Core
import Testing

struct Fixture: Sendable, CustomTestStringConvertible {
  let row: Int
  let wire: WireProtocol
  let status: Int
  let name: String
  let body: [UInt8]
  let outcome: Outcome

  var testDescription: String { "row \(row): \(name)" }

  init(
    _ row: Int, _ name: String, wire: WireProtocol = .chatCompletions, status: Int = 200,
    _ body: String, _ outcome: Outcome
  ) {
    self.init(row, name, wire: wire, status: status, bytes: Array(body.utf8), outcome)
  }

  init(
    _ row: Int, _ name: String, wire: WireProtocol = .chatCompletions, status: Int = 200,
    bytes: [UInt8], _ outcome: Outcome
  ) {
    self.row = row
    self.wire = wire
    self.status = status
    self.name = name
    self.body = bytes
    self.outcome = outcome
  }
}

private let hello = textChunk("Hel") + textChunk("lo")
private let stop = chunk("{}", finish: "stop")
private let helloOutcome = Outcome(text: "Hello", finishReason: .stop)
private let cutSentence = "The server ended the stream before the answer was finished."

let chatCompletionsFixtures: [Fixture] = [
  Fixture(
    1, "comments between and inside events",
    ": OPENROUTER PROCESSING\n\n" + textChunk("Hel") + ": keep-alive\n\n:\n" + textChunk("lo")
      + stop + done, helloOutcome),
  Fixture(
    2, "CRLF line ends", (hello + stop + done).replacing("\n", with: "\r\n"), helloOutcome),
  Fixture(2, "CR line ends", (hello + stop + done).replacing("\n", with: "\r"), helloOutcome),
  Fixture(
    3, "no space after the colon, and an event over several data lines",
    "data:{\"choices\":[{\"delta\":{\"content\":\ndata: \"Hello\"}}]}\n\n" + stop + done,
    helloOutcome),
  Fixture(4, "no blank line after the last event", hello + "data: [DONE]", helloOutcome),
  Fixture(
    5, "characters of two, three and four bytes",
    textChunk("né ") + textChunk("検索 👩‍💻") + stop + done,
    Outcome(text: "né 検索 👩‍💻", finishReason: .stop)),
  Fixture(
    5, "bytes that are no UTF-8",
    bytes: Array("data: {\"choices\":[{\"delta\":{\"content\":\"a".utf8) + [0xFF, 0xC3]
      + Array("b\"}}]}\n\n".utf8) + Array(done.utf8),
    Outcome(text: "a\u{FFFD}\u{FFFD}b", finishReason: .stop)),
  Fixture(
    6, "usage in a chunk with no choices, null choices, empty choices",
    hello + stop + "data: {\"usage\":{\"prompt_tokens\":1,\"completion_tokens\":1}}\n\n"
      + "data: {\"choices\":null,\"usage\":{\"prompt_tokens\":1,\"completion_tokens\":1}}\n\n"
      + "data: {\"choices\":[],\"usage\":{\"prompt_tokens\":9,\"completion_tokens\":2}}\n\n" + done,
    Outcome(text: "Hello", finishReason: .stop, usage: [9, 2])),
  Fixture(
    7, "usage that grows with every chunk",
    """
    data: {"choices":[{"delta":{"content":"Hel"}}],"usage":{"prompt_tokens":9,"completion_tokens":1}}

    data: {"choices":[{"delta":{"content":"lo"}}],"usage":{"prompt_tokens":9,"completion_tokens":2}}


    """ + done, Outcome(text: "Hello", finishReason: .stop, usage: [9, 2])),
  Fixture(
    9, "Azure's first chunk, and a choice with no delta",
    "data: {\"choices\":[],\"prompt_filter_results\":[{\"prompt_index\":0}]}\n\n"
      + "data: {\"choices\":[{\"index\":0,\"finish_reason\":null}]}\n\n" + hello + stop + done,
    helloOutcome),
  Fixture(
    10, "an error object in mid-stream",
    hello + "data: {\"error\":{\"message\":\"overloaded\",\"type\":\"server_error\"}}\n\n" + done,
    Outcome(
      text: "Hello", finishReason: .error, error: "The server broke off with an error: overloaded")),
  Fixture(
    10, "an error that is a string, as an event of its own type",
    hello + "event: error\ndata: {\"error\":\"out of memory\"}\n\n",
    Outcome(
      text: "Hello", finishReason: .error,
      error: "The server broke off with an error: out of memory")),
  Fixture(
    11, "neither [DONE] nor a finish reason", hello,
    Outcome(text: "Hello", finishReason: .truncated, error: cutSentence)),
  Fixture(11, "nothing at all", "", Outcome(finishReason: .truncated, error: cutSentence)),
  Fixture(12, "no [DONE] after the finish reason", hello + stop, helloOutcome),
  Fixture(
    12, "a whole message beside the delta",
    """
    data: {"choices":[{"delta":{"content":"Hel"},"message":{"content":"Hel"}}]}

    data: {"choices":[{"delta":{"content":"lo"},"message":{"content":"Hello"}}]}

    data: {"choices":[{"message":{"content":"Hello"},"finish_reason":"stop"}]}


    """, helloOutcome),
  Fixture(
    14, "the length limit", hello + chunk("{}", finish: "length") + done,
    Outcome(text: "Hello", finishReason: .length)),
  Fixture(
    14, "an empty finish reason until the end",
    chunk("{\"content\":\"Hello\"}", finish: "") + chunk("{}", finish: "content_filter") + done,
    Outcome(text: "Hello", finishReason: .contentFilter)),
  Fixture(
    15, "thinking as reasoning_content",
    chunk("{\"reasoning_content\":\"Hm\",\"content\":null}")
      + chunk("{\"reasoning_content\":\".\"}") + hello + stop + done,
    Outcome(text: "Hello", thinking: "Hm.", finishReason: .stop)),
  Fixture(
    15, "thinking under both names",
    chunk("{\"reasoning\":\"Hm.\",\"reasoning_content\":\"Hm.\"}") + hello + stop + done,
    Outcome(text: "Hello", thinking: "Hm.", finishReason: .stop)),
  Fixture(
    16, "a role alone, null content, and a refusal",
    chunk("{\"role\":\"assistant\",\"content\":null}") + chunk("{\"content\":\"\"}")
      + chunk("{\"refusal\":\"I \"}") + chunk("{\"refusal\":\"can't.\"}") + stop + done,
    Outcome(refusal: "I can't.", finishReason: .stop)),
  Fixture(
    17, "id and name in the first fragment only",
    chunk(
      "{\"tool_calls\":[{\"index\":0,\"id\":\"a\",\"function\":{\"name\":\"f\",\"arguments\":\"\"}}]}"
    )
      + chunk("{\"tool_calls\":[{\"index\":0,\"function\":{\"arguments\":\"{\\\"x\\\":\"}}]}")
      + chunk("{\"tool_calls\":[{\"index\":0,\"function\":{\"arguments\":\"1}\"}}]}")
      + chunk("{\"tool_calls\":[{\"index\":1,\"id\":\"b\",\"function\":{\"name\":\"g\"}}]}")
      + chunk("{}", finish: "tool_calls") + done,
    Outcome(toolCalls: [["a", "f", "{\"x\":1}"], ["b", "g", ""]], finishReason: .toolCalls)),
  Fixture(
    17, "two calls that both count as 0",
    chunk(
      "{\"tool_calls\":[{\"index\":0,\"id\":\"a\",\"function\":{\"name\":\"f\",\"arguments\":\"{}\"}}]}"
    )
      + chunk(
        "{\"tool_calls\":[{\"index\":0,\"id\":\"b\",\"function\":{\"name\":\"g\",\"arguments\":\"[\"}}]}"
      ) + chunk("{\"tool_calls\":[{\"index\":0,\"function\":{\"arguments\":\"]\"}}]}") + done,
    Outcome(toolCalls: [["a", "f", "{}"], ["b", "g", "[]"]], finishReason: .stop)),
  Fixture(
    17, "no index, id and name repeated, arguments as an object",
    chunk("{\"tool_calls\":[{\"id\":\"a\",\"function\":{\"name\":\"f\",\"arguments\":\"{\"}}]}")
      + chunk("{\"tool_calls\":[{\"id\":\"a\",\"function\":{\"name\":\"f\",\"arguments\":\"}\"}}]}")
      + chunk(
        "{\"tool_calls\":[{\"id\":\"b\",\"function\":{\"name\":\"g\",\"arguments\":{\"x\":1}}}]}")
      + done,
    Outcome(toolCalls: [["a", "f", "{}"], ["b", "g", "{\"x\":1}"]], finishReason: .stop)),
  Fixture(
    18, "unknown fields and fields of the stream that say nothing here",
    "id: 7\nretry: 10\nnothing\nevent: completion.chunk\n"
      + "data: {\"obfuscation\":\"xYz\",\"choices\":[{\"delta\":{\"content\":\"Hello\"},\"new\":{}}]}"
      + "\n\n" + done, helloOutcome),
  Fixture(
    20, "one JSON document though a stream was asked for",
    """
    {"object": "chat.completion", "choices": [{"index": 0, "finish_reason": "stop", "message":
      {"role": "assistant", "content": "Hello"}}],
      "usage": {"prompt_tokens": 9, "completion_tokens": 2}}
    """, Outcome(text: "Hello", finishReason: .stop, usage: [9, 2])),
  Fixture(
    20, "a JSON document with an error and status 200",
    "{\"error\":{\"message\":\"no such model\"}}",
    Outcome(finishReason: .error, error: "The server broke off with an error: no such model")),
  Fixture(
    20, "a web page in place of a stream", "<html><title>Welcome</title></html>",
    Outcome(
      finishReason: .error,
      error: "The server answered with a web page that is no completion: "
        + "check the base URL, which usually ends in /v1.")),
  Fixture(
    20, "[DONE] glued to the last event",
    textChunk("Hel") + textChunk("lo").dropLast(2) + "data: [DONE]\n\n", helloOutcome),
  Fixture(
    20, "no blank lines between events",
    (hello + stop + done).replacing("\n\n", with: "\n"), helloOutcome),
  Fixture(
    20, "an event that is no JSON",
    textChunk("Hel") + "data: {\"choices\":[{\"delta\":{\"content\":\"tr\n\n"
      + "<html>502 Bad Gateway</html>\n\n" + textChunk("lo") + stop + done, helloOutcome),
]
