import Core
import Testing

@testable import Completion

@Suite("When a request is sent again")
struct RetryPolicyTests {
  private let policy = RetryPolicy(attemptLimit: 10)

  private func decision(
    _ failure: RetryPolicy.Failure, attempt: Int = 1, waited: Double = 0, jitter: Double = 1
  ) -> RetryPolicy.Decision {
    policy.decision(after: failure, attempt: attempt, waited: waited, jitter: jitter)
  }

  @Test func `each wait is twice as long as the one before, up to half a minute`() {
    let delays = (1...8).map { decision(.connectionLost, attempt: $0) }
    #expect(
      delays == [500, 1000, 2000, 4000, 8000, 16_000, 30_000, 30_000].map { .retry(delay: $0) })
  }

  @Test func `chance takes up to half of a wait away`() {
    #expect(decision(.connectionLost, jitter: 0) == .retry(delay: 250))
    #expect(decision(.connectionLost, jitter: 0.5) == .retry(delay: 375))
    #expect(decision(.connectionLost, attempt: 3, jitter: 0) == .retry(delay: 1000))
  }

  @Test(arguments: [408, 425, 429, 500, 502, 503, 504, 529])
  func `what may pass is tried again`(status: Int) {
    #expect(decision(.response(status: status)) == .retry(delay: 500))
  }

  @Test(arguments: [300, 307, 400, 401, 402, 403, 404, 405, 413, 415, 422, 451, 501, 505])
  func `what would only fail in the same way is not`(status: Int) {
    #expect(decision(.response(status: status, retryAfter: 1)) == .giveUp(nil))
  }

  @Test(arguments: [
    #"{"error":{"message":"You exceeded your current quota","code":"insufficient_quota"}}"#,
    #"{"error":{"message":"Your Billing hard limit has been reached"}}"#,
  ])
  func `an empty account is not asked again`(body: String) {
    func response(_ status: Int) -> RetryPolicy.Failure {
      let request = SentRequest(wire: .chatCompletions, url: "http://127.0.0.1/v1")
      let response = ErrorResponse(status: status, body: Array(body.utf8), to: request)
      return .response(status: status, isOutOfCredit: response.isOutOfCredit)
    }
    #expect(decision(response(429)) == .giveUp(nil))
    // Elsewhere it is only a word.
    #expect(decision(response(503)) == .retry(delay: 500))
  }

  @Test func `the last try says how many there were`() {
    #expect(
      decision(.connectionLost, attempt: 10) == .giveUp("It was tried 10 times."))
    #expect(
      RetryPolicy(attemptLimit: 1)
        .decision(after: .connectionLost, attempt: 1, waited: 0, jitter: 1) == .giveUp(nil))
    #expect(decision(.permanent, attempt: 2) == .giveUp("It was tried 2 times."))
  }

  @Test func `the waits together have a budget`() {
    #expect(decision(.connectionLost, attempt: 7, waited: 60_000) == .retry(delay: 30_000))
    #expect(
      decision(.connectionLost, attempt: 7, waited: 60_001) == .giveUp("It was tried 7 times."))
  }

  @Test func `a server is not asked sooner than it says`() {
    func after(_ time: Double, jitter: Double) -> RetryPolicy.Decision {
      decision(.response(status: 429, retryAfter: time), jitter: jitter)
    }
    #expect(after(2000, jitter: 0) == .retry(delay: 2000))
    #expect(after(2000, jitter: 1) == .retry(delay: 2250))
    #expect(after(0, jitter: 0) == .retry(delay: 250))
    #expect(after(60_000, jitter: 0) == .retry(delay: 60_000))
  }

  @Test(arguments: [
    (90_001.0, "91 s"), (119_000, "119 s"), (300_000, "5 min"), (7_200_000, "2 h"),
    (172_800_000, "2 days"), (1e300, "1000000 days"), (.infinity, "1000000 days"),
  ])
  func `a wish beyond the budget ends the run, and says when to come back`(
    time: Double, words: String
  ) {
    #expect(
      decision(.response(status: 503, retryAfter: time))
        == .giveUp(
          "The server asks to wait \(words), which is longer than whet waits by itself: run it "
            + "again then."))
  }

  @Test(
    arguments: [
      (["retry-after": "2"], 2000.0), (["retry-after": "0"], 0), (["retry-after": "1.5"], 1500),
      (["retry-after": "-5"], 0), (["retry-after-ms": "1200", "retry-after": "2"], 1200),
      (["retry-after-ms": "soon", "retry-after": "2"], 2000), (["retry-after": "inf"], nil),
      (["retry-after": "nan"], nil), (["retry-after": "tomorrow"], nil), (["retry-after": ""], nil),
      ([:], nil),
      // The three forms of a date (RFC 9110, section 5.6.7), and one that has passed.
      (["retry-after": "Sun, 06 Nov 1994 08:49:37 GMT"], 37_000),
      (["retry-after": "Sunday, 06-Nov-94 08:49:37 GMT"], 37_000),
      (["retry-after": "Sun Nov  6 08:49:37 1994"], 37_000),
      (["retry-after": "Sun, 06 Nov 1994 08:48:37 GMT"], 0),
    ] as [([String: String], Double?)])
  func `Retry-After is a number of seconds or a date`(fields: [String: String], time: Double?) {
    // 08:49:00 on that day.
    #expect(RetryPolicy.retryAfter(field: { fields[$0] }, now: 784_111_740) == time)
  }
}
