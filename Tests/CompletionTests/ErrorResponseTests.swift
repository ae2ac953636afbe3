import Core
import StreamFixtures
import Testing

@testable import Completion

@Suite("A status that brings no answer is one sentence that says what to do")
struct ErrorResponseTests {
  private func error(_ status: Int, _ body: String = "", key: KeyUse = .unnamed) -> String? {
    let outcome = Outcome(status: status, bodies: [Array(body.utf8)], key: key)
    #expect(outcome.finishReason == .error)
    #expect(outcome.text.isEmpty)
    return outcome.error
  }

  @Test func `401 names the variable that is not set`() {
    #expect(
      error(401, key: .missing(.environment("OPENAI_API_KEY")))
        == "HTTP 401 (not authorized): no key was sent, because there is none in "
        + "OPENAI_API_KEY; put it there and start again.")
  }

  @Test func `401 names the variable whose key was not accepted`() {
    let body =
      "{\"error\":{\"message\":\"Incorrect API key provided.\",\"code\":\"invalid_api_key\"}}"
    #expect(
      error(401, body, key: .sent(.environment("OPENAI_API_KEY")))
        == "HTTP 401 (not authorized), the server says \"Incorrect API key provided.\": it did not "
        + "accept the key in OPENAI_API_KEY; check that it is right and still valid.")
  }

  @Test func `a message is short, also when it is one character with many marks`() {
    let marks = String(repeating: "\u{301}", count: 10_000)
    #expect((error(500, "{\"error\":\"e\(marks)\"}")?.unicodeScalars.count ?? .max) < 500)
  }

  @Test func `401 without a variable says where one is named`() {
    #expect(error(401)?.contains("name the environment variable") == true)
  }

  @Test(arguments: [
    ("{\"error\":{\"message\":\"model not found\"}}", "model not found"),
    ("{\"error\":\"model not found\"}", "model not found"),
    ("{\"object\":\"error\",\"message\":\"model not found\"}", "model not found"),
    ("{\"detail\":\"Not Found\"}", "Not Found"),
    ("{\"detail\":[{\"loc\":[\"body\"],\"msg\":\"field required\"}]}", "field required"),
    ("[{\"error\":{\"message\":\"bad key\"}}]", "bad key"),
    ("{\"error\":{\"code\":7}}", "{\"code\":7}"),
    ("<html><head><title>502 Bad Gateway</title></head></html>", "502 Bad Gateway"),
    ("<html></html>", "a web page"), ("page not found\n", "page not found"),
    ("two\r\nlines\u{1B}[31m\u{202E}", "two lines [31m"),
  ])
  func `the server's words are quoted, whatever form they have`(body: String, words: String) {
    #expect(error(404, body)?.contains(", the server says \"\(words)\":") == true)
  }

  @Test(arguments: ["", "{}", "  \n", "{\"error\":null}", "\u{0}"])
  func `a body without words leaves the status and the advice`(body: String) {
    #expect(
      error(429, body)
        == "HTTP 429 (too many requests): the limit of requests or the quota is used "
        + "up; wait a little and run it again.")
  }

  @Test(arguments: [
    (
      429,
      "{\"error\":{\"message\":\"You exceeded your current quota.\",\"code\":\"insufficient_quota\"}}"
    ),
    (402, "{\"error\":{\"message\":\"Insufficient Balance\"}}"), (402, ""),
    (400, "{\"type\":\"error\",\"error\":{\"message\":\"Your credit balance is too low.\"}}"),
  ])
  func `an account with nothing left is told from a limit that passes`(status: Int, body: String) {
    #expect(error(status, body)?.contains("no credit left, and waiting brings none") == true)
  }

  @Test(arguments: [
    (400, "{\"error\":{\"message\":\"Too long.\",\"code\":\"context_length_exceeded\"}}"),
    (400, "{\"error\":{\"message\":\"Too long.\",\"type\":\"exceed_context_size_error\"}}"),
    (400, "{\"error\":{\"message\":\"prompt is too long: 210000 tokens > 200000 maximum\"}}"),
  ])
  func `a prompt beyond the window says what to shorten`(status: Int, body: String) {
    #expect(error(status, body)?.contains("don't fit into the model's window") == true)
  }

  @Test(arguments: [
    (400, "{\"message\":\"`temperature` is deprecated for this model.\"}", "temperature: none"),
    (400, "{\"message\":\"temperature: Extra inputs are not permitted\"}", "temperature: none"),
    (
      400, "{\"message\":\"Unknown name \\\"temperature\\\": Cannot find field.\"}",
      "temperature: none"
    ),
    (
      422,
      "{\"detail\":[{\"loc\":[\"body\",\"max_tokens\"],\"msg\":\"Extra inputs are not permitted\"}]}",
      "max_tokens: none"
    ),
    (
      400, "{\"message\":\"max_tokens is not supported: use max_output instead.\"}",
      "max_tokens: max_output"
    ),
  ])
  func `a refused parameter is named with the lines for the configuration`(
    status: Int, body: String, entry: String
  ) {
    let words = "'model_settings' of the configuration: - {model: \"*/m\", parameters: {\(entry)}}."
    #expect(error(status, body)?.hasSuffix(words) == true)
  }

  @Test func `a parameter under the model's own name is advised under the protocol's`() {
    let request = SentRequest(
      wire: .chatCompletions, url: "http://127.0.0.1/v1",
      body: #"{"model":"m","messages":[],"max_completion_tokens":100}"#)
    let words = "Unsupported parameter: 'max_completion_tokens' is not supported."
    let response = ErrorResponse(
      status: 400, body: Array(JSON.object(["message": .string(words)]).text.utf8), to: request)
    #expect(response.sentence(key: .unnamed).hasSuffix("parameters: {max_tokens: none}}."))
  }

  @Test(arguments: [
    "max_tokens: 5000 > 4096, which is the maximum allowed number of output tokens",
    "Unsupported value: 'max_tokens' does not support 100. Supported values are: 1, 2.",
  ])
  func `a refused value is to be changed`(words: String) {
    let body = JSON.object(["message": .string(words)]).text
    #expect(
      error(400, body)?.hasSuffix(": give 'max_tokens' another value, or leave it out.") == true)
  }

  @Test(arguments: [
    "The model `temperature-1` does not exist.", "Unsupported parameter: 'top_p'.",
    "The temperature of the room is unknown.",
  ])
  func `a parameter that was not sent or not named is not blamed`(words: String) {
    let body = JSON.object(["message": .string(words)]).text
    #expect(error(400, body)?.hasSuffix(": check the model's name and the parameters.") == true)
  }

  @Test func `a wrong address is explained in the words of its protocol`() {
    let outcome = Outcome(wire: .ollamaChat, status: 404, bodies: [])
    #expect(outcome.error?.contains("without /v1") == true)
    #expect(error(404)?.contains("usually ends in /v1") == true)
  }

  @Test func `a long body is cut short`() {
    let error = error(500, String(repeating: "x", count: 100_000))
    #expect(error?.contains("…") == true)
    #expect((error?.count ?? 0) < 500)
  }

  @Test(arguments: [300, 302, 400, 402, 403, 405, 408, 413, 418, 422, 500, 502, 503, 504, 520, 599])
  func `every status has advice`(status: Int) {
    let error = error(status)
    #expect(error?.hasPrefix("HTTP \(status)") == true)
    #expect(error?.contains(": ") == true)
    #expect(error?.hasSuffix(".") == true)
  }

  @Test func `an error response that is cancelled is cancelled`() {
    let outcome = Outcome(status: 500, bodies: [], ending: .cancelled)
    #expect(outcome == Outcome(finishReason: .cancelled))
  }
}
