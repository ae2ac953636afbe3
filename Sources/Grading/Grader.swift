import Core
import Evaluation

// Grades one answer by the assertions of its case. It asks no server: what models must say is listed
// first, and handed over with the answer.

/// Carries out assertions.
public struct Grader: Sendable {
  let settings: GraderSettings

  public init(_ settings: GraderSettings) { self.settings = settings }

  /// What models have to be asked before the answer can be graded, each question once.
  ///
  /// Throws `GradingError` where a judge's prompt can't be used, or there is nothing to ask about.
  public func questions(
    of assertions: [Assertion], about answer: GradedAnswer
  ) throws(GradingError) -> [GraderQuestion] {
    var questions: [GraderQuestion] = []
    var seen: Set<GraderQuestion> = []
    for assertion in assertions {
      let asked =
        try AssertionKind(name: assertion.type) == .assertSet
        ? self.questions(of: assertion.members, about: answer)
        : check(assertion, answer, [:]).questions()
      for question in asked where seen.insert(question).inserted { questions.append(question) }
    }
    return questions
  }

  /// What an answer is worth.
  ///
  /// - Parameters:
  ///   - replies: to what `questions(of:about:)` gave for the same assertions and answer.
  ///   - threshold: from which score on the case passes; nil where every assertion must.
  /// - Throws: `GradingError` where an assertion could not be carried out: then nothing is known of
  ///   the answer, which is no wrong one.
  public func grade(
    _ assertions: [Assertion], of answer: GradedAnswer,
    replies: [GraderQuestion.ID: GraderReply] = [:], threshold: Double? = nil
  ) throws(GradingError) -> Grade {
    var results: [AssertionResult] = []
    for assertion in assertions {
      results.append(try result(of: assertion, answer, replies))
    }
    return Grade(results, threshold: threshold)
  }

  private func result(
    of assertion: Assertion, _ answer: GradedAnswer, _ replies: [GraderQuestion.ID: GraderReply]
  ) throws(GradingError) -> AssertionResult {
    var members: [AssertionResult] = []
    var verdict: Verdict
    if AssertionKind(name: assertion.type) == .assertSet {
      let grade = try grade(
        assertion.members, of: answer, replies: replies, threshold: assertion.threshold)
      members = grade.assertions
      let held = members.count { $0.passed }
      verdict = Verdict(
        grade.passed, score: grade.score, "\(held) of its \(members.count) assertions hold.")
    } else {
      verdict = try check(assertion, answer, replies).verdict()
    }
    if assertion.isNegated { verdict = verdict.negated }
    return AssertionResult(
      type: assertion.name, metric: assertion.metric, passed: verdict.passed,
      score: verdict.score, weight: assertion.weight, reason: verdict.reason, members: members)
  }

  private func check(
    _ assertion: Assertion, _ answer: GradedAnswer, _ replies: [GraderQuestion.ID: GraderReply]
  ) throws(GradingError) -> AssertionCheck {
    guard let kind = AssertionKind(name: assertion.type) else {
      throw GradingError("There is no grader of the type '\(assertion.type)'.")
    }
    return AssertionCheck(
      kind: kind, assertion: assertion, answer: answer, settings: settings, replies: replies)
  }
}
