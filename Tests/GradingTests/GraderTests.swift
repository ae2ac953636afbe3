import Core
import Evaluation
import Testing

@testable import Grading

@Suite struct GraderTests {
  private let grader = Grader.plain

  @Test func `weights count, and not- turns round`() throws {
    var heavy = Assertion("contains", "a")
    heavy.weight = 3
    let grade = try grader.grade(
      [heavy, Assertion("contains", "z", not: true), Assertion("contains", "q")],
      of: answer("abc"), threshold: 0.8)
    #expect(grade.score == 0.8)
    #expect(grade.passed)
    #expect(grade.assertions.map(\.type) == ["contains", "not-contains", "contains"])
    #expect(grade.assertions.map(\.passed) == [true, true, false])
  }

  @Test func `a set passes by its own threshold`() throws {
    var set = Assertion("assert-set")
    set.members = [Assertion("contains", "a"), Assertion("contains", "z")]
    set.metric = "tone"
    let strict = try grader.result(set, answer("abc"))
    #expect(!strict.passed && strict.score == 0.5 && strict.metric == "tone")
    #expect(strict.members.map(\.passed) == [true, false])
    set.threshold = 0.5
    #expect(try grader.result(set, answer("abc")).passed)
  }

  @Test func `what has no grader is an error, and no failure`() {
    #expect(throws: GradingError.self) {
      try grader.grade([Assertion("telepathy")], of: answer("x"))
    }
  }

  @Test func `similar takes the nearest text`() throws {
    let assertion = Assertion("similar", ["hello", "good day"], threshold: 0.6)
    let asked = answer("hi")
    let questions = try grader.questions(of: [assertion, assertion], about: asked)
    #expect(questions == [.embed(["hi", "hello", "good day"])])
    let replies = [questions[0].id: GraderReply.embeddings([[1, 0], [0, 2], [3, 4]])]
    let result = try grader.result(assertion, asked, replies: replies)
    #expect(result.passed && abs(result.score - 0.6) < 1e-9)
    var strict = assertion
    strict.threshold = nil
    #expect(try !grader.result(strict, asked, replies: replies).passed)
    #expect(throws: GradingError.self) { try grader.result(assertion, asked) }
    let broken = [questions[0].id: GraderReply.embeddings([[1, 0], [0], []])]
    #expect(throws: GradingError.self) { try grader.result(assertion, asked, replies: broken) }
  }
}
