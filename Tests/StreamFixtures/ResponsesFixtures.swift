// Streams of OpenAI's Responses, after the examples of its reference
// (platform.openai.com/docs/api-reference/responses-streaming) and guides, shortened; and as
// llama.cpp's server sends them.

import Core

private func events(_ data: String...) -> String { data.map(typedEvent).joined() }

private let created = """
  {"type":"response.created","response":{"id":"resp_67c9fd","object":"response",\
  "status":"in_progress","error":null,"incomplete_details":null,"model":"gpt-4o-2024-08-06",\
  "output":[],"usage":null}}
  """

private let messageAdded = """
  {"type":"response.output_item.added","output_index":0,"item":{"id":"msg_67c9fd",\
  "type":"message","status":"in_progress","role":"assistant","content":[]}}
  """

private func text(_ piece: String) -> String {
  """
  {"type":"response.output_text.delta","item_id":"msg_67c9fd","output_index":0,\
  "content_index":0,"delta":\(JSON.string(piece).text),"obfuscation":"xYz"}
  """
}

private func ending(_ status: String, _ more: String = "") -> String {
  """
  {"type":"response.\(status)","response":{"id":"resp_67c9fd","object":"response",\
  "status":"\(status)"\(more),"usage":{"input_tokens":37,"input_tokens_details":\
  {"cached_tokens":12},"output_tokens":11,"output_tokens_details":{"reasoning_tokens":4},\
  "total_tokens":48}}}
  """
}

private let greeting = Outcome(
  text: "Hi there!", finishReason: .stop, usage: [37, 11], usageDetails: [12, 0, 4])

let responsesFixtures: [Fixture] = [
  Fixture(
    24, "text", wire: .responses,
    events(
      created, messageAdded,
      #"{"type":"response.content_part.added","item_id":"msg_67c9fd","output_index":0,"#
        + #""content_index":0,"part":{"type":"output_text","text":"","annotations":[]}}"#,
      text("Hi"), text(" there"), text("!"),
      #"{"type":"response.output_text.done","item_id":"msg_67c9fd","output_index":0,"#
        + #""content_index":0,"text":"Hi there!"}"#,
      #"{"type":"response.output_item.done","output_index":0,"item":{"id":"msg_67c9fd","#
        + #""type":"message","content":[{"type":"output_text","text":"Hi there!"}]}}"#,
      ending(
        "completed",
        #","output":[{"id":"msg_67c9fd","type":"message","content":[{"type":"output_text","#
          + #""text":"Hi there!"}]}]"#)), greeting),
  Fixture(
    24, "a whole response though a stream was asked for", wire: .responses,
    """
    {"id": "resp_67ccd2", "object": "response", "status": "completed", "error": null, "output": [
      {"type": "reasoning", "id": "rs_1", "summary": [{"type": "summary_text", "text": "Hm."}]},
      {"type": "message", "id": "msg_67ccd2", "role": "assistant", "content": [
        {"type": "output_text", "text": "Once upon a time.", "annotations": []}]},
      {"type": "function_call", "id": "fc_1", "call_id": "call_1", "name": "f", "arguments": "{}"}],
      "usage": {"input_tokens": 36, "output_tokens": 87, "total_tokens": 123}}
    """,
    Outcome(
      text: "Once upon a time.", thinking: "Hm.", toolCalls: [["call_1", "f", "{}"]],
      finishReason: .toolCalls, usage: [36, 87])),
  Fixture(
    24, "an answer that only the last event holds", wire: .responses,
    events(
      created,
      ending(
        "completed",
        #","output":[{"id":"m","type":"message","content":[{"type":"output_text","text":"Hi"},"#
          + #"{"type":"output_text","text":" there!"}]}]"#)), greeting),
  Fixture(
    24, "a function call", wire: .responses,
    events(
      created,
      #"{"type":"response.output_item.added","output_index":0,"item":{"type":"function_call","#
        + #""id":"fc_1234xyz","call_id":"call_1234xyz","name":"get_weather","arguments":""}}"#,
      #"{"type":"response.function_call_arguments.delta","item_id":"fc_1234xyz","#
        + #""output_index":0,"delta":"{\"location\":\""}"#,
      #"{"type":"response.function_call_arguments.delta","item_id":"fc_1234xyz","#
        + #""output_index":0,"delta":"Paris\"}"}"#,
      #"{"type":"response.output_item.added","output_index":1,"item":{"type":"function_call","#
        + #""id":"fc_2","call_id":"call_2","name":"now","arguments":""}}"#,
      #"{"type":"response.function_call_arguments.done","item_id":"fc_1234xyz","#
        + #""output_index":0,"arguments":"{\"location\":\"Paris\"}"}"#,
      #"{"type":"response.output_item.done","output_index":0,"item":{"type":"function_call","#
        + #""id":"fc_1234xyz","call_id":"call_1234xyz","name":"get_weather","#
        + #""arguments":"{\"location\":\"Paris\"}"}}"#,
      #"{"type":"response.output_item.done","output_index":1,"item":{"type":"function_call","#
        + #""id":"fc_2","call_id":"call_2","name":"now","arguments":"{\"x\":1}"}}"#,
      ending("completed")),
    Outcome(
      toolCalls: [
        ["call_1234xyz", "get_weather", #"{"location":"Paris"}"#], ["call_2", "now", #"{"x":1}"#],
      ], finishReason: .toolCalls, usage: [37, 11], usageDetails: [12, 0, 4])),
  Fixture(
    24, "a summary of the thinking, in two parts", wire: .responses,
    events(
      created,
      #"{"type":"response.reasoning_summary_part.added","item_id":"rs_1","output_index":0,"#
        + #""summary_index":0,"part":{"type":"summary_text","text":""}}"#,
      #"{"type":"response.reasoning_summary_text.delta","item_id":"rs_1","output_index":0,"#
        + #""summary_index":0,"delta":"**Responding to a greeting**"}"#,
      #"{"type":"response.reasoning_summary_part.added","item_id":"rs_1","output_index":0,"#
        + #""summary_index":1,"part":{"type":"summary_text","text":""}}"#,
      #"{"type":"response.reasoning_summary_text.delta","item_id":"rs_1","output_index":0,"#
        + #""summary_index":1,"delta":"I'll be brief."}"#,
      #"{"type":"response.reasoning_text.delta","item_id":"rs_1","output_index":0,"#
        + #""content_index":0,"delta":"The same in more words."}"#,
      text("Hi there!"), ending("completed")),
    Outcome(
      text: "Hi there!", thinking: "**Responding to a greeting**\n\nI'll be brief.",
      finishReason: .stop, usage: [37, 11], usageDetails: [12, 0, 4])),
  Fixture(
    24, "a refusal", wire: .responses,
    events(
      created,
      #"{"type":"response.refusal.delta","item_id":"msg_123","output_index":0,"#
        + #""content_index":0,"delta":"I "}"#,
      #"{"type":"response.refusal.delta","item_id":"msg_123","output_index":0,"#
        + #""content_index":0,"delta":"can't."}"#,
      #"{"type":"response.refusal.done","item_id":"msg_123","output_index":0,"#
        + #""content_index":0,"refusal":"I can't."}"#, ending("completed")),
    Outcome(
      refusal: "I can't.", finishReason: .stop, usage: [37, 11], usageDetails: [12, 0, 4])),
  Fixture(
    24, "incomplete at the limit of tokens", wire: .responses,
    events(
      created, text("Hi the"),
      ending("incomplete", #","incomplete_details":{"reason":"max_output_tokens"}"#)),
    Outcome(
      text: "Hi the", finishReason: .length, usage: [37, 11], usageDetails: [12, 0, 4])),
  Fixture(
    24, "incomplete because of a filter", wire: .responses,
    events(
      created, text("Hi"),
      ending("incomplete", #","incomplete_details":{"reason":"content_filter"}"#)),
    Outcome(
      text: "Hi", finishReason: .contentFilter, usage: [37, 11], usageDetails: [12, 0, 4])),
  Fixture(
    24, "failed", wire: .responses,
    events(
      created, text("Hi"),
      #"{"type":"response.failed","response":{"id":"resp_123","object":"response","#
        + #""status":"failed","error":{"code":"server_error","message":"The model failed to "#
        + #"generate a response."},"output":[],"usage":null}}"#),
    Outcome(
      text: "Hi", finishReason: .error,
      error: "The server broke off with an error: The model failed to generate a response.")),
  Fixture(
    24, "an error event", wire: .responses,
    events(
      created, text("Hi"),
      #"{"type":"error","code":"ERR_SOMETHING","message":"Something went wrong","param":null,"#
        + #""sequence_number":1}"#),
    Outcome(
      text: "Hi", finishReason: .error,
      error: "The server broke off with an error: Something went wrong")),
  Fixture(
    24, "no last event", wire: .responses, events(created, messageAdded, text("Hi")),
    Outcome(
      text: "Hi", finishReason: .truncated,
      error: "The server ended the stream before the answer was finished.")),
  Fixture(
    24, "probabilities", wire: .responses,
    events(
      created,
      #"{"type":"response.output_text.delta","item_id":"msg_1","output_index":0,"#
        + #""content_index":0,"delta":"Hi","logprobs":[{"token":"Hi","logprob":-0.25,"#
        + #""top_logprobs":[{"token":"Hey","logprob":-1.5}]}]}"#, ending("completed")),
    Outcome(
      text: "Hi", finishReason: .stop, usage: [37, 11], usageDetails: [12, 0, 4],
      logprobs: [
        TokenLogprob(
          token: "Hi", logprob: -0.25,
          top: [TokenLogprob.Candidate(token: "Hey", logprob: -1.5)])
      ])),
  Fixture(
    24, "llama.cpp: thinking whose item is done after the next has begun, and no places",
    wire: .responses,
    events(
      #"{"type":"response.output_item.added","item":{"id":"rs_Et","summary":[],"#
        + #""type":"reasoning","content":[],"encrypted_content":"","status":"in_progress"}}"#,
      #"{"type":"response.reasoning_text.delta","delta":"The user ","item_id":"rs_Et"}"#,
      #"{"type":"response.reasoning_text.delta","delta":"says hi.","item_id":"rs_Et"}"#,
      #"{"type":"response.output_item.added","item":{"content":[],"id":"msg_IN","#
        + #""role":"assistant","status":"in_progress","type":"message"}}"#,
      #"{"type":"response.output_text.delta","item_id":"msg_IN","delta":"Hello"}"#,
      #"{"type":"response.output_item.done","item":{"id":"rs_Et","summary":[],"#
        + #""type":"reasoning","content":[{"text":"The user says hi.","type":"reasoning_text"}]}}"#,
      #"{"type":"response.output_item.done","item":{"type":"message","status":"completed","#
        + #""id":"msg_IN","content":[{"type":"output_text","text":"Hello"}]}}"#,
      #"{"type":"response.completed","response":{"id":"resp_Nl","object":"response","#
        + #""status":"completed","usage":{"input_tokens":18,"output_tokens":9,"#
        + #""input_tokens_details":{"cached_tokens":17}}},"timings":{"predicted_n":9,"#
        + #""predicted_per_second":6111.5}}"#),
    Outcome(
      text: "Hello", thinking: "The user says hi.", finishReason: .stop, usage: [18, 9],
      usageDetails: [17, 0, 0], rate: 6111.5)),
]
