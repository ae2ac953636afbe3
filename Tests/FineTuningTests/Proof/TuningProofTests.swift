import Core
import Evaluation
import Testing

@testable import FineTuning

@Suite struct TuningProofTests {
  private func proof(
    cases: Int = 40, near: [String: NearExample] = [:], short: Bool = false,
    usage: (EvaluationVariant) -> Usage = { _ in Usage(inputTokens: 0, outputTokens: 0) },
    prices: [ModelReference: Price] = [:], cost: Money? = nil,
    passes: (EvaluationVariant, Int) -> Bool?
  ) throws -> TuningProof {
    let plan = try ProofPlan(
      SampleProof.plan(cases, [SampleProof.variant("long", prompt: "rules {{brief}}")]),
      base: SampleProof.base, tuned: SampleProof.tuned,
      short: short ? ProofPlan.ShortPrompt(text: "{{brief}}") : nil)
    return try TuningProof(
      of: SampleProof.record(of: plan, usage: usage, passes: passes), by: plan,
      training: TuningProof.Training(exampleCount: 120, near: near, cost: cost), prices: prices)
  }

  private func isTuned(_ variant: EvaluationVariant) -> Bool {
    variant.asked.model == SampleProof.tuned.model
  }

  @Test func `a model that got better is better, with intervals`() throws {
    let proof = try proof { isTuned($0) ? $1 <= 30 : $1 <= 10 }
    #expect(proof.comparisons[0].far.kind == .better)
    #expect(proof.comparisons[0].far.difference.mean == 0.5)
    #expect(proof.comparisons[0].far.difference.interval.lowerBound > 0)
    #expect(proof.verdict == "lab/trained beside lab/plain: better")
    // Wilson's interval of 10 of 40, computed by its formula with z = 1.959964.
    let interval = try #require(proof.scores[0].far.passRate?.interval)
    #expect(abs(interval.lowerBound - 0.141867) < 1e-5)
    #expect(abs(interval.upperBound - 0.401939) < 1e-5)
    #expect(proof.nearSentence == "None of 40 cases is near any of 120 training examples.")
  }

  @Test func `what a model knows by heart proves nothing`() throws {
    // It passes only the cases that it was trained on.
    let proof = try proof(near: SampleProof.near(1...20)) { isTuned($0) && $1 <= 20 }
    #expect(proof.comparisons[0].all.kind == .better)
    #expect(proof.comparisons[0].far.kind == .cannotTell(moreCases: nil))
    #expect(proof.comparisons[0].far.cases == 20)
    #expect(proof.verdict == "lab/trained beside lab/plain: can't tell")
    #expect(proof.scores[1].near.passed == 20)
    #expect(proof.scores[1].far.passed == 0)
    #expect(proof.nearSentence.hasPrefix("20 of 40 cases (50 %) are near one of 120"))
    #expect(proof.nearLines.count == 20)
    #expect(proof.notes.contains { $0.contains("on all cases: better by 50 points") })
    #expect(proof.json["near"]?["share"]?.double == 0.5)
    #expect(proof.json["verdict"]?.string == "cannot-tell")
    guard case .fails = proof.decision(by: Gate(.notBetter)) else {
      Issue.record("a gate let it pass")
      return
    }
  }

  @Test func `a model that got worse is worse, and a gate says so`() throws {
    let proof = try proof { isTuned($0) ? $1 <= 5 : $1 <= 30 }
    #expect(proof.comparisons[0].far.kind == .worse)
    #expect(proof.decision(by: Gate(.worse)).exitStatus == 1)
    #expect(proof.decision(by: Gate(.below(0.1))).exitStatus == 0)
    #expect(proof.decision(by: Gate(.below(0.2))).exitStatus == 1)
  }

  @Test func `what could not be measured is no failure`() throws {
    let proof = try proof { isTuned($0) ? ($1 <= 20 ? nil : true) : true }
    #expect(proof.scores[1].all.passRate?.mean == 1)
    #expect(proof.decision(by: Gate(.worse)).exitStatus == 3)
    #expect(proof.notes.contains { $0.contains("20 answers could not be measured") })
  }

  @Test func `where all cases are near, nothing is left to judge by`() throws {
    let proof = try proof(cases: 4, near: SampleProof.near(1...4)) { _, _ in true }
    #expect(proof.nearSentence.contains("nothing is left to judge by"))
    #expect(proof.decision(by: Gate(.worse)).exitStatus == 3)
    #expect(proof.scores.allSatisfy { $0.far.passRate == nil })
  }

  @Test func `examples near cases of another evaluation count for nothing`() throws {
    let proof = try proof(cases: 4, near: SampleProof.near(3...9)) { _, _ in true }
    #expect(proof.near.keys.sorted() == ["case-3", "case-4"])
    #expect(proof.nearShare == 0.5)
  }

  @Test func `a shorter prompt pays training back`() throws {
    let price = Price(
      input: Money(dollarsPerMillion: 1), output: Money(dollarsPerMillion: 2))
    let dearer = Price(
      input: Money(dollarsPerMillion: 2), output: Money(dollarsPerMillion: 4))
    let proof = try proof(
      short: true,
      usage: {
        $0.promptText == "{{brief}}"
          ? Usage(inputTokens: 100, outputTokens: 80) : Usage(inputTokens: 500, outputTokens: 100)
      }, prices: [SampleProof.base: price, SampleProof.tuned.model: dearer],
      cost: Money(dollars: 9), passes: { _, _ in true })
    // 1,000 requests: 0.50 + 0.20 dollars before; 0.20 + 0.32 after.
    let saving = try #require(proof.comparisons.last).saving
    #expect(saving.inputTokens == 400_000)
    #expect(saving.outputTokens == 20_000)
    #expect(abs(try #require(saving.dollars) - 0.18) < 1e-9)
    #expect(saving.breakEven == .after(50_000))
    #expect(
      proof.notes.contains {
        $0.contains("400,000 tokens fewer read") && $0.contains("after 50,000 requests")
      })
    // With the same prompt, the dearer model never pays.
    #expect(proof.comparisons[0].saving.breakEven == .never)
    #expect(
      proof.json["comparisons"]?.array?.last?["saving_per_1000"]?["break_even_requests"]?.integer
        == 50_000)
  }

  @Test func `a price that is not known is said to be unknown`() throws {
    let proof = try proof(
      usage: { _ in Usage(inputTokens: 10, outputTokens: 1) }, passes: { _, _ in true })
    #expect(proof.scores.allSatisfy { $0.cost.dollarsPerThousand == nil })
    #expect(proof.table[1].last == "unknown")
    #expect(proof.comparisons[0].saving.breakEven == .unknown)
    #expect(proof.notes.contains { $0.contains("is unknown: give both prices") })
    #expect(proof.json["scores"]?.array?[0]["cost_per_1000_usd"] == .null)
  }
}
