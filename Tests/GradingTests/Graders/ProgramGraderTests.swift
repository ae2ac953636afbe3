import Core
import Evaluation
import Glibc
import Testing

@testable import Grading

@Suite struct ProgramGraderTests {
  private func grader(seconds: Double = 10, output: Int = 1 << 20) -> Grader {
    var settings = GraderSettings(baseDirectory: "/usr") { _ in "" }
    settings.environment = ["PATH": "/usr/bin:/bin"]
    settings.programSeconds = seconds
    settings.programOutput = output
    return Grader(settings)
  }

  private func result(_ command: String, _ output: String = "x") throws -> AssertionResult {
    try grader().result(Assertion("program", .string(command)), answer(output))
  }

  @Test func `a program says what it finds`() throws {
    let result = try result(#"echo '{"pass": false, "score": 0.25, "reason": "Too short."}'"#)
    #expect(!result.passed)
    #expect(result.score == 0.25)
    #expect(result.reason == "Too short.")
  }

  @Test func `a truth or a number will do`() throws {
    #expect(try result("echo true").passed)
    #expect(try !result("echo false").passed)
    #expect(try result("echo 0.5").score == 0.5)
    #expect(try result("echo 0.5").passed)
    #expect(try !result("echo 0").passed)
    let strict = Assertion("program", "echo 0.5", threshold: 0.6)
    #expect(try !grader().result(strict, answer("x")).passed)
  }

  @Test func `it reads the answer and the case`() throws {
    let script =
      #"case "$(cat)" in *'"output":"it'\''s \"quoted\""'*'"inputs":{"q":"$(false)"}'*) echo true;; *) echo false;; esac"#
    let assertion = Assertion("program", .string(script))
    let asked = answer("it's \"quoted\"", inputs: ["q": "$(false)"])
    #expect(try grader().result(assertion, asked).passed)
  }

  @Test func `more than a pipe holds is read`() throws {
    let long = String(repeating: "long ", count: 100_000)
    #expect(try result(#"test "$(wc -c)" -gt 500000 && echo true"#, long).passed)
  }

  @Test func `it runs in the folder of the evaluation`() throws {
    #expect(try result(#"test "$(pwd)" = /usr && echo true"#).passed)
  }

  @Test func `a program that fails measures nothing`() {
    #expect(throws: GradingError("The program ended with status 3: “no such key”.")) {
      try result("echo first >&2; echo 'no such key' >&2; exit 3")
    }
    #expect(throws: GradingError.self) { try result("echo maybe") }
    #expect(throws: GradingError.self) { try result("echo 7") }
    #expect(throws: GradingError.self) { try result("true") }
    #expect(throws: GradingError.self) { try result("kill -9 $$") }
  }

  @Test func `one that takes too long is ended with all that it started`() {
    // What it starts holds a lock for as long as it lives.
    let file = "/tmp/whet-program-\(getpid())"
    defer { unlink(file) }
    let command = "flock \(file) sleep 100 & flock \(file).other sleep 100"
    let slow = Assertion("program", .string(command), config: ["timeout": 300])
    #expect(throws: GradingError.self) { try grader().result(slow, answer("x")) }
    let free = Assertion("program", .string("flock -w 5 \(file) echo true"))
    #expect(throws: Never.self) { try grader().result(free, answer("x")) }
    unlink(file + ".other")
  }

  @Test func `one that closes its output early is waited for`() {
    let silent = Assertion("program", "exec >&- 2>&-; sleep 100", config: ["timeout": 50])
    #expect(throws: GradingError.self) { try grader().result(silent, answer("x")) }
  }

  @Test func `one that prints without end is stopped`() {
    let loud = Assertion("program", "yes")
    #expect(throws: GradingError("The program printed more than 100,000 bytes.")) {
      try grader(output: 100_000).result(loud, answer("x"))
    }
  }
}
