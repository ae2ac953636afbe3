// Chat completions as servers really send them: a stream or more for each row of docs/streams.md that
// they can show.

import Core

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
    4, "an event over three reads, and two events in one",
    reads: [
      "data: {\"choices\":[{\"del", "ta\":{\"content\":\"Hel", "\"}}]}\n\n", textChunk("lo") + stop,
      done,
    ], helloOutcome),
  Fixture(
    5, "characters of two, three and four bytes, cut by the ends of reads",
    reads: Array((textChunk("né ") + textChunk("検索 👩‍💻") + stop + done).utf8).pieces(of: 5),
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
    8, "a server that refuses to be asked for usage",
    events: [
      .request(
        SentRequest(
          wire: .chatCompletions, url: "http://127.0.0.1/v1/chat/completions",
          body: "{\"model\":\"m\",\"stream_options\":{\"include_usage\":true}}")),
      .head(status: 400, contentType: "application/json"),
      .body(Array("{\"error\":{\"message\":\"Unrecognized argument: stream_options\"}}".utf8)),
      .retry(Retry(attempt: 1, attemptLimit: 4, delay: 0, reason: "It is asked without.")),
      .request(
        SentRequest(
          wire: .chatCompletions, url: "http://127.0.0.1/v1/chat/completions",
          body: "{\"model\":\"m\"}")),
      .head(status: 200, contentType: "text/event-stream"),
      .body(Array((hello + stop + done).utf8)),
    ], helloOutcome),
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
  Fixture(
    25, "a request too many, a gateway's page, and then an answer",
    events: [
      .request(.test()), .head(status: 429, contentType: "application/json"),
      .body(Array("{\"error\":{\"message\":\"Slow down\"}}".utf8)),
      .retry(Retry(attempt: 1, attemptLimit: 4, delay: 500, reason: "HTTP 429.")),
      .request(.test()), .head(status: 502, contentType: "text/html"),
      .body(Array("<html><title>Bad gateway</title></html>".utf8)),
      .retry(Retry(attempt: 2, attemptLimit: 4, delay: 1200, reason: "HTTP 502.")),
      .request(.test()), .head(status: 200, contentType: "text/event-stream"),
      .body(Array((hello + stop + done).utf8)),
    ], helloOutcome),
  Fixture(
    25, "a connection that was lost before the answer",
    events: [
      .request(.test()),
      .retry(Retry(attempt: 1, attemptLimit: 4, delay: 500, reason: "The connection was lost.")),
      .request(.test()), .head(status: 200, contentType: "text/event-stream"),
      .body(Array((hello + stop + done).utf8)),
    ], helloOutcome),
  Fixture(
    25, "an error with no words", status: 408, "",
    Outcome(
      finishReason: .error,
      error: "HTTP 408 (request timeout): it took too long; run it again, or with a shorter prompt."
    )),
]
