import Core
import Evaluation

@testable import FineTuning

// A small evaluation to prove things by, with answers that a test decides on.

enum SampleProof {
  static let base = ModelReference(provider: "lab", model: "plain")
  static let tuned = TunedModel(
    ModelReference(provider: "lab", model: "trained"), of: base, trainedOn: "good.jsonl")

  static func cases(_ count: Int) -> [EvaluationCase] {
    (1...count).map { EvaluationCase(id: "case-\($0)", inputs: ["brief": .string("brief \($0)")]) }
  }

  static func variant(
    _ name: String, prompt: String = "{{brief}}", index: String? = nil, kind: String? = nil
  ) -> EvaluationVariant {
    let context = index.map { Variant.Context.settings(RetrievalSettings(), index: $0) } ?? .none
    return EvaluationVariant(
      name: name, promptText: prompt,
      asked: Variant(ModelReference(provider: "lab", model: "other"), context: context), kind: kind)
  }

  static func plan(_ count: Int, _ variants: [EvaluationVariant]) -> EvaluationPlan {
    EvaluationPlan(name: "sample", path: "/e/eval.yaml", cases: cases(count), variants: variants)
  }

  /// What came of a plan; a case is known by its number, from 1.
  static func record(
    of plan: ProofPlan,
    usage: (EvaluationVariant) -> Usage = { _ in
      Usage(inputTokens: 0, outputTokens: 0)
    }, passes: (EvaluationVariant, Int) -> Bool?
  ) -> EvaluationRecord {
    var record = EvaluationRecord(
      id: "e1", name: plan.plan.name, startedAt: 0, datasetHash: DatasetHash.of(plan.plan.cases),
      cases: plan.plan.cases, variants: plan.plan.variants)
    for variant in plan.plan.variants {
      for (place, testCase) in plan.plan.cases.enumerated() {
        let grade = passes(variant, place + 1).map {
          Grade(passed: $0, score: $0 ? 1 : 0, assertions: [])
        }
        record.results.append(
          EvaluationResult(
            caseID: testCase.id, variant: variant.name, grade: grade,
            error: grade == nil ? "refused" : nil, usage: usage(variant)))
      }
    }
    return record
  }

  static func near(_ numbers: ClosedRange<Int>) -> [String: NearExample] {
    Dictionary(
      uniqueKeysWithValues: numbers.map {
        ("case-\($0)", NearExample(number: $0 * 2, likeness: 0.9))
      })
  }
}
