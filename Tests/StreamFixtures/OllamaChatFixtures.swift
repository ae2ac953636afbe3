// Streams of Ollama's own chat, after the examples of its documentation
// (github.com/ollama/ollama/blob/main/docs/api.md).

import Core

private func line(_ message: String, _ more: String = #""done":false"#) -> String {
  #"{"model":"llama3.2","created_at":"2023-08-04T08:52:19.385406455-07:00","message":\#(message),"#
    + more + "}\n"
}

private func text(_ piece: String) -> String {
  line(#"{"role":"assistant","content":\#(JSON.string(piece).text),"images":null}"#)
}

private func last(_ reason: String = "stop") -> String {
  line(
    #"{"role":"assistant","content":""}"#,
    #""done_reason":"\#(reason)","done":true,"total_duration":4883583458,"#
      + #""load_duration":1334875,"prompt_eval_count":26,"prompt_eval_duration":342546000,"#
      + #""eval_count":282,"eval_duration":4000000000"#)
}

let ollamaChatFixtures: [Fixture] = [
  Fixture(
    22, "text, a JSON object a line", wire: .ollamaChat, text("The ") + text("né 検索") + last(),
    Outcome(text: "The né 検索", finishReason: .stop, usage: [26, 282], rate: 70.5)),
  Fixture(
    22, "CRLF, blank lines, and no line end after the last", wire: .ollamaChat,
    (text("The") + "\n" + last()).replacing("\n", with: "\r\n").dropLast() + "",
    Outcome(text: "The", finishReason: .stop, usage: [26, 282], rate: 70.5)),
  Fixture(
    22, "a whole answer though a stream was asked for", wire: .ollamaChat,
    line(
      #"{"role":"assistant","content":"Hello! How are you today?"}"#,
      #""done":true,"total_duration":5191566416,"prompt_eval_count":26,"eval_count":298,"#
        + #""eval_duration":4000000000"#),
    Outcome(
      text: "Hello! How are you today?", finishReason: .stop, usage: [26, 298], rate: 74.5)),
  Fixture(
    22, "thinking", wire: .ollamaChat,
    line(#"{"role":"assistant","content":"","thinking":"Hm"}"#)
      + line(#"{"role":"assistant","content":"","thinking":"."}"#) + text("Hello") + last(),
    Outcome(
      text: "Hello", thinking: "Hm.", finishReason: .stop, usage: [26, 282], rate: 70.5)),
  Fixture(
    22, "whole tool calls, with objects for arguments and without ids", wire: .ollamaChat,
    line(
      #"{"role":"assistant","content":"","tool_calls":[{"function":{"name":"get_current_weather","#
        + #""arguments":{"format":"celsius","location":"Paris, FR"}}}]}"#)
      + line(
        #"{"role":"assistant","content":"","tool_calls":[{"id":"call_x","function":{"index":0,"#
          + #""name":"now","arguments":{}}}]}"#) + last(),
    Outcome(
      toolCalls: [
        ["", "get_current_weather", #"{"format":"celsius","location":"Paris, FR"}"#],
        ["call_x", "now", "{}"],
      ], finishReason: .toolCalls, usage: [26, 282], rate: 70.5)),
  Fixture(
    22, "the limit of tokens", wire: .ollamaChat, text("The") + last("length"),
    Outcome(text: "The", finishReason: .length, usage: [26, 282], rate: 70.5)),
  Fixture(
    22, "a prompt that was not counted", wire: .ollamaChat,
    text("The")
      + line(#"{"role":"assistant","content":""}"#, #""done":true,"eval_count":2"#),
    Outcome(text: "The", finishReason: .stop)),
  Fixture(
    22, "an error in mid-stream", wire: .ollamaChat,
    text("The") + #"{"error":"an error was encountered while running the model"}"# + "\n",
    Outcome(
      text: "The", finishReason: .error,
      error: "The server broke off with an error: an error was encountered while running the model"
    )),
  Fixture(
    22, "a line that is no JSON", wire: .ollamaChat,
    text("The ") + "{\"message\":{\"content\":\"tr\n" + text("end") + last(),
    Outcome(text: "The end", finishReason: .stop, usage: [26, 282], rate: 70.5)),
  Fixture(
    22, "no last line", wire: .ollamaChat, text("The"),
    Outcome(
      text: "The", finishReason: .truncated,
      error: "The server ended the stream before the answer was finished.")),
  Fixture(
    22, "probabilities", wire: .ollamaChat,
    line(
      #"{"role":"assistant","content":"Hi"}"#,
      #""done":false,"logprobs":[{"token":"Hi","logprob":-0.25,"bytes":[72,105],"#
        + #""top_logprobs":[{"token":"Hey","logprob":-1.5}]}]"#) + last(),
    Outcome(
      text: "Hi", finishReason: .stop, usage: [26, 282],
      logprobs: [
        TokenLogprob(
          token: "Hi", logprob: -0.25,
          top: [TokenLogprob.Candidate(token: "Hey", logprob: -1.5)])
      ], rate: 70.5)),
  Fixture(
    22, "a web page", wire: .ollamaChat, "<html><title>Welcome</title></html>",
    Outcome(
      finishReason: .error,
      error: "The server answered with a web page that is no completion: "
        + "check the base URL, which is that of the server, without /v1.")),
]
