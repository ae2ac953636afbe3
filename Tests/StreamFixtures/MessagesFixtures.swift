// Streams of Anthropic's Messages, after the examples of its documentation
// (platform.claude.com/docs/en/build-with-claude/streaming), shortened; and as llama.cpp's server
// sends them.

import Core

private func events(_ data: String...) -> String { data.map(typedEvent).joined() }

private func start(_ usage: String = #"{"input_tokens":25,"output_tokens":1}"#) -> String {
  """
  {"type":"message_start","message":{"id":"msg_1nZdL29xx5MUA1yADyHTEsnR8uuvGzszyY",\
  "type":"message","role":"assistant","content":[],"model":"claude-opus-4-6","stop_reason":null,\
  "stop_sequence":null,"usage":\(usage)}}
  """
}

private func block(_ index: Int, _ content: String) -> String {
  #"{"type":"content_block_start","index":\#(index),"content_block":\#(content)}"#
}

private func delta(_ index: Int, _ delta: String) -> String {
  #"{"type":"content_block_delta","index":\#(index),"delta":\#(delta)}"#
}

private func text(_ index: Int, _ piece: String) -> String {
  delta(index, #"{"type":"text_delta","text":\#(JSON.string(piece).text)}"#)
}

private func blockStop(_ index: Int) -> String {
  #"{"type":"content_block_stop","index":\#(index)}"#
}

private func end(_ reason: String, output: Int) -> String {
  #"{"type":"message_delta","delta":{"stop_reason":"\#(reason)","stop_sequence":null},"#
    + #""usage":{"output_tokens":\#(output)}}"#
}

private let ping = #"{"type": "ping"}"#
private let stop = #"{"type":"message_stop"}"#
private let emptyText = #"{"type":"text","text":""}"#

let messagesFixtures: [Fixture] = [
  Fixture(
    23, "text and a ping", wire: .messages,
    events(
      start(), block(0, emptyText), ping, text(0, "Hello"), text(0, "!"), blockStop(0),
      end("end_turn", output: 15), stop),
    Outcome(text: "Hello!", finishReason: .stop, usage: [25, 15])),
  Fixture(
    23, "a whole message though a stream was asked for", wire: .messages,
    """
    {"id": "msg_013Zva2CMHLNnjNjJKqJ2EF", "type": "message", "role": "assistant",
      "content": [{"type": "thinking", "thinking": "Hm.", "signature": "EqQB"},
        {"type": "text", "text": "Hi! My name is Claude."},
        {"type": "tool_use", "id": "toolu_1", "name": "f", "input": {"x": 1}}],
      "stop_reason": "tool_use", "stop_sequence": null,
      "usage": {"input_tokens": 2095, "output_tokens": 503}}
    """,
    Outcome(
      text: "Hi! My name is Claude.", thinking: "Hm.", toolCalls: [["toolu_1", "f", #"{"x":1}"#]],
      finishReason: .toolCalls, usage: [2095, 503])),
  Fixture(
    23, "text and two tool calls", wire: .messages,
    events(
      start(#"{"input_tokens":472,"output_tokens":2}"#), block(0, emptyText), ping,
      text(0, "Okay"), text(0, ", let's check the weather:"), blockStop(0),
      block(
        1,
        #"{"type":"tool_use","id":"toolu_01T1x1fJ34qAmk2tNTrN7Up6","name":"get_weather","#
          + #""input":{}}"#),
      delta(1, #"{"type":"input_json_delta","partial_json":""}"#),
      delta(1, #"{"type":"input_json_delta","partial_json":"{\"location\":"}"#),
      delta(1, #"{"type":"input_json_delta","partial_json":" \"San Francisco, CA\"}"}"#),
      blockStop(1),
      block(2, #"{"type":"tool_use","id":"toolu_2","name":"now","input":{}}"#), blockStop(2),
      end("tool_use", output: 89), stop),
    Outcome(
      text: "Okay, let's check the weather:",
      toolCalls: [
        [
          "toolu_01T1x1fJ34qAmk2tNTrN7Up6", "get_weather",
          #"{"location": "San Francisco, CA"}"#,
        ], ["toolu_2", "now", ""],
      ], finishReason: .toolCalls, usage: [472, 89])),
  Fixture(
    23, "thinking and its signature", wire: .messages,
    events(
      start(), block(0, #"{"type":"thinking","thinking":"","signature":""}"#),
      delta(0, #"{"type":"thinking_delta","thinking":"Let me solve this step by step:\n\n"}"#),
      delta(0, #"{"type":"thinking_delta","thinking":"1. First break down 27 * 453"}"#),
      delta(0, #"{"type":"signature_delta","signature":"EqQBCgIYAhIM1gbcDa9GJwZA2b3hGgxBdj"}"#),
      blockStop(0), block(1, #"{"type":"redacted_thinking","data":"EmwKAhgBEgy3va3pzix"}"#),
      blockStop(1), block(2, emptyText), text(2, "27 * 453 = 12,231"), blockStop(2),
      end("end_turn", output: 30), stop),
    Outcome(
      text: "27 * 453 = 12,231",
      thinking: "Let me solve this step by step:\n\n1. First break down 27 * 453",
      finishReason: .stop, usage: [25, 30])),
  Fixture(
    23, "a search that runs on the server is no call of ours", wire: .messages,
    events(
      start(),
      block(0, #"{"type":"server_tool_use","id":"srvtoolu_1","name":"web_search","input":{}}"#),
      delta(0, #"{"type":"input_json_delta","partial_json":"{\"query\":\"weather\"}"}"#),
      blockStop(0),
      block(1, #"{"type":"web_search_tool_result","tool_use_id":"srvtoolu_1","content":[]}"#),
      blockStop(1), block(2, emptyText), text(2, "It's "),
      delta(2, #"{"type":"citations_delta","citation":{"type":"web_search_result_location"}}"#),
      text(2, "sunny."), blockStop(2), end("end_turn", output: 30), stop),
    Outcome(text: "It's sunny.", finishReason: .stop, usage: [25, 30])),
  Fixture(
    23, "cached tokens, which the count of the input leaves out, and cumulative usage",
    wire: .messages,
    events(
      start(
        #"{"input_tokens":21,"cache_creation_input_tokens":300,"#
          + #""cache_read_input_tokens":2000,"output_tokens":1}"#), block(0, emptyText),
      text(0, "Hi"),
      #"{"type":"message_delta","delta":{"stop_reason":null},"usage":{"output_tokens":5}}"#,
      blockStop(0),
      #"{"type":"message_delta","delta":{"stop_reason":"end_turn"},"usage":{"input_tokens":30,"#
        + #""output_tokens":12,"output_tokens_details":{"thinking_tokens":7}}}"#, stop),
    Outcome(
      text: "Hi", finishReason: .stop, usage: [2330, 12], usageDetails: [2000, 300, 7])),
  Fixture(
    23, "an error in mid-stream", wire: .messages,
    events(
      start(), block(0, emptyText), text(0, "Hel"),
      #"{"type":"error","error":{"type":"overloaded_error","message":"Overloaded"}}"#),
    Outcome(
      text: "Hel", finishReason: .error,
      error: "The server broke off with an error: Overloaded")),
  Fixture(
    23, "the limit of tokens", wire: .messages,
    events(
      start(), block(0, emptyText), text(0, "Hel"), blockStop(0), end("max_tokens", output: 1),
      stop), Outcome(text: "Hel", finishReason: .length, usage: [25, 1])),
  Fixture(
    23, "a full window", wire: .messages,
    events(
      start(), block(0, emptyText), text(0, "Hel"), blockStop(0),
      end("model_context_window_exceeded", output: 1), stop),
    Outcome(text: "Hel", finishReason: .length, usage: [25, 1])),
  Fixture(
    23, "a refusal", wire: .messages,
    events(
      start(), block(0, emptyText), text(0, "Well, "), blockStop(0),
      #"{"type":"message_delta","delta":{"stop_reason":"refusal","stop_details":"#
        + #"{"type":"refusal","category":"cyber","explanation":"This can't be answered."}},"#
        + #""usage":{"output_tokens":2}}"#, stop),
    Outcome(
      text: "Well, ", refusal: "This can't be answered.", finishReason: .contentFilter,
      usage: [25, 2])),
  Fixture(
    23, "a turn that the server pauses", wire: .messages,
    events(
      start(), block(0, emptyText), text(0, "Hel"), blockStop(0), end("pause_turn", output: 1),
      stop),
    Outcome(
      text: "Hel", finishReason: .truncated,
      error: "The server paused a long turn (pause_turn), so that the answer is not finished.",
      usage: [25, 1])),
  Fixture(
    23, "no message_stop after the reason", wire: .messages,
    events(start(), block(0, emptyText), text(0, "Hello"), end("stop_sequence", output: 2)),
    Outcome(text: "Hello", finishReason: .stop, usage: [25, 2])),
  Fixture(
    23, "no end at all", wire: .messages, events(start(), block(0, emptyText), text(0, "Hello")),
    Outcome(
      text: "Hello", finishReason: .truncated,
      error: "The server ended the stream before the answer was finished.")),
  Fixture(
    23, "llama.cpp: blocks that end after the next has begun", wire: .messages,
    events(
      start(#"{"cache_read_input_tokens":17,"input_tokens":1,"output_tokens":0}"#),
      block(0, #"{"type":"thinking","thinking":""}"#),
      delta(0, #"{"type":"thinking_delta","thinking":"The user says hi."}"#),
      block(1, emptyText), text(1, "Hello"),
      delta(0, #"{"type":"signature_delta","signature":""}"#), blockStop(0), blockStop(1),
      end("end_turn", output: 9), stop),
    Outcome(
      text: "Hello", thinking: "The user says hi.", finishReason: .stop, usage: [18, 9],
      usageDetails: [17, 0, 0])),
]
