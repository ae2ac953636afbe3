import Foundation
import Testing

@testable import Core

@Suite("Labelled sentences")
struct SupportEvaluationTests {
  private static let examples = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .appending(path: "examples/support")

  private static func evaluation(of file: String) throws -> SupportEvaluation {
    let text = try String(contentsOf: examples.appending(path: file), encoding: .utf8)
    var evaluation = SupportEvaluation()
    for labelled in try LabelledSentences.cases(of: text, name: file) {
      for sentence in labelled.sentences {
        evaluation.add(
          sentence.text, label: sentence.label,
          as: AnswerSupport(of: sentence.text, by: labelled.passages.map(SupportPassage.init)))
      }
    }
    return evaluation
  }

  @Test(
    "Words alone tell supported from unsupported, also in sentences that nothing was tuned on",
    arguments: ["development.yaml", "held-out.yaml"])
  func figures(file: String) throws {
    let evaluation = try Self.evaluation(of: file)
    #expect(evaluation.total > 100)
    for marks: Set<SupportVerdict> in [[.supported], [.contradicted, .absent]] {
      let quality = evaluation.quality(of: marks)
      #expect(quality.precision > 0.85)
      #expect(quality.recall > 0.85)
    }
  }

  @Test("Precision and recall are those of the counts")
  func quality() {
    var evaluation = SupportEvaluation()
    let passages = [SupportPassage(text: "You have 30 days.")]
    func add(_ text: String, _ label: SupportVerdict) {
      evaluation.add(text, label: label, as: AnswerSupport(of: text, by: passages))
    }
    add("You have 30 days.", .supported)
    add("You have 30 days. Bananas are yellow.", .supported)
    add("Bananas are yellow.", .absent)
    add("You have 14 days.", .absent)
    #expect(evaluation.count(label: .supported, verdict: .absent) == 1)
    #expect(evaluation.count(label: .absent, verdict: .contradicted) == 1)
    #expect(evaluation.quality(of: [.supported]) == .init(precision: 1, recall: 0.5))
    #expect(
      evaluation.quality(of: [.contradicted, .absent]) == .init(precision: 2.0 / 3, recall: 1))
    #expect(evaluation.misses.map(\.text).count == 2)
  }

  @Test(
    "A file that is no list of cases is refused with its line",
    arguments: [
      ("a: b", 1), ("- supported: [x]", 1), ("- passages: [a]\n  supported:\n    - [x]", 3),
      ("- passages: [a]\n- passages: [b]\n  absent: [x]", 1),
    ])
  func refused(text: String, line: Int) {
    #expect {
      try LabelledSentences.cases(of: text, name: "f.yaml")
    } throws: {
      ($0 as? RelevanceFileError)?.line == line
    }
  }
}
