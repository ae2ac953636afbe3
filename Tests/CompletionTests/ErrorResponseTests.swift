import Core
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
