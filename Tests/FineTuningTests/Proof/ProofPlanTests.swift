import Core
import Evaluation
import Testing

@testable import FineTuning

@Suite struct ProofPlanTests {
  private func plan(
    _ variants: [EvaluationVariant], short: String? = nil
  ) throws -> ProofPlan {
    try ProofPlan(
      SampleProof.plan(3, variants), base: SampleProof.base, tuned: SampleProof.tuned,
      short: short.map { ProofPlan.ShortPrompt(text: $0) })
  }

  @Test func `each variant is asked of both models, with and without passages`() throws {
    let plan = try plan([
      SampleProof.variant("plain"), SampleProof.variant("found", index: "docs"),
    ])
    #expect(
      plan.plan.variants.map(\.name) == [
        "plain · lab/plain", "plain · lab/trained", "found · lab/plain", "found · lab/trained",
      ])
    #expect(
      plan.plan.variants.map(\.asked.model.model) == ["plain", "trained", "plain", "trained"])
    #expect(plan.pairs.map(\.hasPassages) == [false, true])
    #expect(plan.pairs.allSatisfy { $0.kind == .sameAsking })
    #expect(plan.plan.cases == SampleProof.cases(3))
  }

  @Test func `variants that differ in their model alone count once`() throws {
    var other = SampleProof.variant("b")
    other.asked.model = ModelReference(provider: "lab", model: "third")
    let plan = try plan([SampleProof.variant("a"), other])
    #expect(plan.plan.variants.map(\.name) == ["a · lab/plain", "a · lab/trained"])
    var warmer = SampleProof.variant("c")
    warmer.asked.parameters.temperature = 1
    #expect(try self.plan([SampleProof.variant("a"), warmer]).pairs.count == 2)
  }

  @Test func `a short prompt is asked of the tuned model beside the base's long one`() throws {
    let long = SampleProof.variant("long", prompt: "many rules {{brief}}")
    let plan = try plan([long], short: "{{brief}}")
    #expect(plan.pairs.map(\.kind) == [.sameAsking, .shorterPrompt])
    let shorter = try #require(plan.plan.variants.last)
    #expect(shorter.asked.model == SampleProof.tuned.model)
    #expect(shorter.promptText == "{{brief}}")
    #expect(plan.pairs[1].base == "long · lab/plain")
    #expect(plan.pairs[1].tuned == shorter.name)
  }

  @Test func `a short prompt gets passages where it has a place for them`() throws {
    let variants = [
      SampleProof.variant("long", prompt: "rules {{brief}}"),
      SampleProof.variant("found", prompt: "rules {{brief}} {{passages}}", index: "docs"),
    ]
    let without = try plan(variants, short: "{{brief}}")
    #expect(without.pairs.filter { $0.kind == .shorterPrompt }.map(\.hasPassages) == [false])
    let with = try plan(variants, short: "{{brief}} {{#each passages}}{{text}}{{/each}}")
    let pairs = with.pairs.filter { $0.kind == .shorterPrompt }
    #expect(pairs.map(\.hasPassages) == [false, true])
    #expect(pairs.map(\.base) == ["long · lab/plain", "found · lab/plain"])
    #expect(Set(with.plan.variants.map(\.name)).count == with.plan.variants.count)
  }

  @Test func `the tuned model is a step of the ladder, whatever its name`() throws {
    let plan = try plan([
      SampleProof.variant("plain"), SampleProof.variant("found", index: "docs"),
    ])
    let record = SampleProof.record(of: plan) { _, number in number > 1 }
    let ladder = try Ladder([record], tuned: [SampleProof.tuned])
    #expect(ladder.rows.map(\.step) == [.baseline, .retrieval, .fineTuned, .combined])
    #expect(ladder.rows[2].tuned == SampleProof.tuned)
    #expect(ladder.rows[0].tuned == nil)
    #expect(ladder.json["rows"]?.array?[2]["tuned"]?["base"]?.string == "lab/plain")
  }

  @Test func `a ladder knows tuned models by a list, and not by their names`() {
    let before = SampleProof.variant("a")
    var after = SampleProof.variant("b")
    after.asked.model = SampleProof.tuned.model
    #expect(LadderStep(of: after, from: before) == .instructions)
    #expect(LadderStep(of: after, from: before, tuned: [SampleProof.tuned]) == .fineTuned)
    after.asked.context = .settings(RetrievalSettings(), index: "docs")
    #expect(LadderStep(of: after, from: before, tuned: [SampleProof.tuned]) == .combined)
  }

  @Test func `one model is nothing to compare`() {
    #expect(throws: ProofError.self) {
      try ProofPlan(
        SampleProof.plan(1, [SampleProof.variant("a")]), base: SampleProof.base,
        tuned: TunedModel(SampleProof.base))
    }
    #expect(throws: ProofError.self) {
      try ProofPlan(SampleProof.plan(1, []), base: SampleProof.base, tuned: SampleProof.tuned)
    }
  }
}
