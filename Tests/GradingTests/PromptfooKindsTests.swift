import Core
import Evaluation
import Testing

@testable import Grading

/// A list of assertions as promptfoo's files write them, read and carried out.
@Suite struct PromptfooKindsTests {
  /// An assertion, an answer that it passes, and one that it fails.
  @Test(
    arguments: [
      ("{type: equals, value: '{{city}}'}", "Rome", "Paris"),
      ("{type: equals, value: {a: 1}}", #"{"a":1}"#, #"{"a":2}"#),
      ("{type: contains, value: '{{city}}'}", "in Rome", "in rome"),
      ("{type: icontains, value: '{{city}}'}", "in rome", "in Paris"),
      ("{type: contains-all, value: [a, '{{city}}']}", "a Rome", "a"),
      ("{type: contains-any, value: '{{cities}}'}", "Oslo", "Paris"),
      ("{type: icontains-all, value: 'x, y'}", "Y X", "X"),
      ("{type: icontains-any, value: [x, y]}", "Y", "Z"),
      ("{type: starts-with, value: 'Yes'}", "Yes!", "No: Yes"),
      (#"{type: regex, value: '^\d{4}$'}"#, "1987", "87"),
      ("{type: is-json, value: {type: object, required: [a]}}", #"{"a":1}"#, "{}"),
      ("{type: contains-json}", "So: {}", "So: ["), ("{type: is-sql}", "SELECT 1", "SELEC 1"),
      ("{type: contains-sql}", "```sql\nSELECT 1\n```", "none"),
      ("{type: levenshtein, threshold: 2, value: '{{city}}'}", "Romes", "Romulus"),
      ("{type: rouge-n, threshold: 0.6, value: the old city}", "an old city", "the sea"),
      ("{type: bleu, value: the city on the seven old hills}", "The city on the seven hills", "No"),
      ("{type: gleu, value: the city on the seven old hills}", "The city on the seven hills", "No"),
      ("{type: word-count, value: {min: 2, max: 3}}", "two words", "one"),
      ("{type: latency, threshold: 100}", "", nil), ("{type: cost, threshold: 0.001}", "", nil),
      ("{type: token-count, threshold: 7}", "", nil),
      ("{type: finish-reason, value: stop}", "", nil),
      ("{type: tokens-used, value: {max: 17}}", "", nil),
      ("{type: program, value: 'grep -q Rome && echo true || echo false'}", "Rome!", nil),
      (
        "{type: assert-set, threshold: 0.5, assert: [{type: contains, value: a}, "
          + "{type: contains, value: b}]}", "a", "c"
      ),
    ] as [(String, String, String?)])
  func `each kind runs as it is written, and its opposite`(
    yaml: String, right: String, wrong: String?
  ) throws {
    let inputs: JSON.Object = ["city": "Rome", "cities": ["Rome", "Oslo"]]
    var reader = AssertionReader { _ in throw GradingError("no file") }
    let read = try reader.assertions(in: try YAML(parsing: "- " + yaml).json, place: "assert")
    #expect(reader.unsupported.isEmpty)
    let assertion = try #require(read.first).filled(with: inputs)
    var opposite = assertion
    opposite.isNegated = true
    var settings = GraderSettings(baseDirectory: "/") { _ in "" }
    settings.environment = ["PATH": "/usr/bin:/bin"]
    let grader = Grader(settings)
    for (output, passes) in [(right, true), (wrong ?? right, wrong == nil)] {
      let graded = GradedAnswer(
        EvaluationCase(id: "1", inputs: inputs), output: output, finishReason: .stop,
        milliseconds: 100, cost: Money(dollars: 0.001),
        usage: Usage(inputTokens: 10, outputTokens: 7))
      let grade = try grader.grade([assertion, opposite], of: graded)
      #expect(grade.assertions.map(\.passed) == [passes, !passes], "\(output)")
      #expect(abs(grade.score - 0.5) < 1e-12)
    }
  }
}
