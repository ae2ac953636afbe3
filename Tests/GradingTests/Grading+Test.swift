import Core
import Evaluation

@testable import Grading

/// An answer to a case with inputs.
func answer(
  _ output: String, inputs: JSON.Object = [:], passages: [Passage] = []
) -> GradedAnswer {
  GradedAnswer(EvaluationCase(id: "case", inputs: inputs), output: output, passages: passages)
}

extension Assertion {
  init(
    _ type: String, _ value: JSON?, threshold: Double? = nil, config: JSON.Object = [:],
    not isNegated: Bool = false
  ) {
    self.init(type, value: value)
    self.threshold = threshold
    self.config = config
    self.isNegated = isNegated
  }
}

extension Grader {
  /// One that reads no file.
  static let plain = Grader(
    GraderSettings(baseDirectory: "/") { path in
      throw GradingError("There is no \(path).")
    })

  /// What comes of a single assertion.
  func result(
    _ assertion: Assertion, _ answer: GradedAnswer,
    replies: [GraderQuestion.ID: GraderReply] = [:]
  ) throws -> AssertionResult {
    try grade([assertion], of: answer, replies: replies).assertions[0]
  }

  func passes(_ assertion: Assertion, _ output: String) throws -> Bool {
    try result(assertion, GradedAnswer(EvaluationCase(id: "case", inputs: [:]), output: output))
      .passed
  }
}
