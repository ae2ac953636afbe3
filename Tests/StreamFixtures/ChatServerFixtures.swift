// What single servers make of chat completions: text that comes again and again, progress and rates,
// usage in places of their own, refused parameters.

import Core

private let stop = chunk("{}", finish: "stop")

private func texts(_ pieces: String...) -> String { pieces.map(textChunk).joined() }

let chatServerFixtures: [Fixture] = [
  // github.com/groq/groq-python, types/chat/chat_completion_chunk.py.
  Fixture(
    6, "usage in Groq's own place",
    textChunk("Hello")
      + "data: {\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}],\"x_groq\":"
      + "{\"id\":\"req_1\",\"usage\":{\"prompt_tokens\":9,\"completion_tokens\":2}}}\n\n" + done,
    Outcome(text: "Hello", finishReason: .stop, usage: [9, 2])),
  Fixture(
    6, "usage within the choice",
    textChunk("Hello")
      + "data: {\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\",\"usage\":"
      + "{\"prompt_tokens\":9,\"completion_tokens\":2}}]}\n\n" + done,
    Outcome(text: "Hello", finishReason: .stop, usage: [9, 2])),
  // platform.openai.com/docs/api-reference/chat/object, and OpenRouter's cache_write_tokens.
  Fixture(
    6, "cached, cache-written and reasoning tokens",
    textChunk("Hello") + stop
      + """
      data: {"choices":[],"usage":{"prompt_tokens":90,"completion_tokens":20,"total_tokens":110,\
      "prompt_tokens_details":{"cached_tokens":60,"cache_write_tokens":10,"audio_tokens":0},\
      "completion_tokens_details":{"reasoning_tokens":15}}}


      """ + done,
    Outcome(text: "Hello", finishReason: .stop, usage: [90, 20], usageDetails: [60, 10, 15])),
  // api-docs.deepseek.com/guides/kv_cache.
  Fixture(
    6, "DeepSeek's count of cached tokens",
    textChunk("Hello") + stop
      + "data: {\"choices\":[],\"usage\":{\"prompt_tokens\":90,\"completion_tokens\":20,"
      + "\"prompt_cache_hit_tokens\":64,\"prompt_cache_miss_tokens\":26}}\n\n" + done,
    Outcome(text: "Hello", finishReason: .stop, usage: [90, 20], usageDetails: [64, 0, 0])),
  // The case of QwenLM/qwen-code#3663.
  Fixture(
    13, "every delta repeats all the text so far",
    texts("Once", "Once upon", "Once upon a", "Once upon a", "Once upon a time.") + stop + done,
    Outcome(text: "Once upon a time.", finishReason: .stop)),
  Fixture(
    13, "two deltas, the second of which is all",
    texts("Once upon", "Once upon a time.") + stop + done,
    Outcome(text: "Once upon a time.", finishReason: .stop)),
  Fixture(
    13, "repeated thinking, and a character that was not whole",
    chunk("{\"reasoning_content\":\"Well, \"}") + chunk("{\"reasoning_content\":\"Well, the\"}")
      + chunk("{\"reasoning_content\":\"Well, the user\"}")
      + texts("Un café", "Un café à", "Un café à la") + stop + done,
    Outcome(text: "Un café à la", thinking: "Well, the user", finishReason: .stop)),
  Fixture(
    13, "honest repetitions that end the text", texts("ha", "ha", "haha") + stop + done,
    Outcome(text: "hahahaha", finishReason: .stop)),
  Fixture(
    13, "honest repetitions and other words",
    texts("ha", "ha", "haha", " ", "ha", "haha! ", "haha! ") + stop + done,
    Outcome(text: "hahahaha hahaha! haha! ", finishReason: .stop)),
  Fixture(
    13, "a model that repeats itself",
    texts("-", "-", "-", "-", "-", "-", "-", "-", "-", "-", "-")
      + stop + done, Outcome(text: "-----------", finishReason: .stop)),
  // docs.mistral.ai/capabilities/reasoning: magistral.
  Fixture(
    15, "thinking as parts of the content",
    chunk(
      "{\"content\":[{\"type\":\"thinking\",\"thinking\":[{\"type\":\"text\",\"text\":\"Hm.\"}]}]}")
      + chunk("{\"content\":[{\"type\":\"text\",\"text\":\"Hel\"}]}") + textChunk("lo") + stop
      + done, Outcome(text: "Hello", thinking: "Hm.", finishReason: .stop)),
  // As llama.cpp's server sent it, shortened.
  Fixture(
    19, "llama.cpp's progress, probabilities and timings",
    """
    data: {"choices":[{"finish_reason":null,"index":0,"delta":{"role":"assistant","content":null}}],\
    "object":"chat.completion.chunk","timings":{"prompt_n":0,"predicted_n":0,\
    "predicted_per_second":0.0},"prompt_progress":{"total":18,"cache":0,"processed":0,"time_ms":0}}

    data: {"choices":[{"finish_reason":null,"index":0,"delta":{"content":"The"},"logprobs":\
    {"content":[{"id":283,"token":"The","bytes":[84,104,101],"logprob":-0.5,"top_logprobs":\
    [{"id":283,"token":"The","bytes":[84,104,101],"logprob":-0.5},\
    {"id":68,"token":"A","bytes":[65],"logprob":-1.25}]}]}}]}

    data: {"choices":[{"finish_reason":"stop","index":0,"delta":{}}]}

    data: {"choices":[],"usage":{"completion_tokens":10,"prompt_tokens":18,"total_tokens":28,\
    "prompt_tokens_details":{"cached_tokens":0}},"timings":{"cache_n":0,"prompt_n":18,\
    "prompt_per_second":10701.5,"predicted_n":10,"predicted_ms":2.5,"predicted_per_second":3589.5}}

    data: [DONE]


    """,
    Outcome(
      text: "The", finishReason: .stop, usage: [18, 10],
      logprobs: [
        TokenLogprob(
          token: "The", logprob: -0.5,
          top: [
            TokenLogprob.Candidate(token: "The", logprob: -0.5),
            TokenLogprob.Candidate(token: "A", logprob: -1.25),
          ])
      ], rate: 3589.5)),
  // What OpenAI's reasoning models answer; the words are those of the report gollm#33.
  Fixture(
    21, "max_tokens is max_completion_tokens now", status: 400,
    """
    {"error": {"message": "Unsupported parameter: 'max_tokens' is not supported with this model. \
    Use 'max_completion_tokens' instead.", "type": "invalid_request_error", "param": "max_tokens", \
    "code": "unsupported_parameter"}}
    """,
    Outcome(
      finishReason: .error,
      error: "HTTP 400 (bad request), the server says \"Unsupported parameter: 'max_tokens' is not "
        + "supported with this model. Use 'max_completion_tokens' instead.\": the model takes "
        + "'max_completion_tokens' in place of 'max_tokens'; put this into 'model_settings' of the "
        + "configuration: - {model: \"*/m\", parameters: {max_tokens: max_completion_tokens}}.")),
  Fixture(
    21, "temperature is not taken", status: 400,
    """
    {"error": {"message": "Unsupported value: 'temperature' does not support 0.2 with this model. \
    Only the default (1) value is supported.", "type": "invalid_request_error", \
    "param": "temperature", "code": "unsupported_value"}}
    """,
    Outcome(
      finishReason: .error,
      error: "HTTP 400 (bad request), the server says \"Unsupported value: 'temperature' does not "
        + "support 0.2 with this model. Only the default (1) value is supported.\": the model does "
        + "not take 'temperature'; put this into 'model_settings' of the configuration: "
        + "- {model: \"*/m\", parameters: {temperature: none}}.")),
]
