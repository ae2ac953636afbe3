import Core
import Evaluation
import PlantedCauses
import Testing

// The plan against models and corpora in which the cause of every failure is known, with an engine
// that is as small as one can be: it searches, asks and grades, and decides nothing.

@Suite struct PlantedCausesTests {
  /// Searches a planted world and asks its model.
  private struct Engine {
    let world: PlantedWorld
    let search: TinySearch
    let passages: [Passage]
    var model: PlantedModel
    var askings = 0

    init(_ world: PlantedWorld, noise: Double, seed: UInt64) {
      self.world = world
      passages = world.documents.map(\.passage)
      search = TinySearch(passages.map(\.text))
      model = PlantedModel(world, noise: noise, seed: seed)
    }

    func found(_ query: String) -> [Passage] {
      search.places(for: query, limit: 100).map { passages[$0] }
    }

    /// What a case fails with, and what it would have needed.
    func failed(_ planted: PlantedCase) -> FailedCase {
      let settings = PlantedWorld.settings
      let found = found(planted.question)
      let given = found.prefix(settings.limit).fitting(tokens: settings.budget).kept
      let place = { (passage: Passage) in
        RightPassage(
          passage,
          standing: PassageStanding(of: passage, given: given, found: found, with: settings))
      }
      let labels = planted.evaluated.relevant.map(\.document)
      var right = RightContext.absent
      if !labels.isEmpty {
        let named = passages.filter { labels.contains($0.document) }
        right = .labelled(
          named.map(place),
          missing: labels.filter { label in !named.contains { $0.document == label } })
      } else if let answer = ExpectedAnswer(of: planted.evaluated) {
        let holding = AnswerEvidence(question: planted.question, answer: answer)
          .passages(
            among: Array(self.found(planted.question + " " + answer.searchText).prefix(50)))
        if !holding.isEmpty { right = .found(holding.map(place)) }
      }
      return FailedCase(
        id: planted.evaluated.id, question: planted.question, asked: ExperimentTally(failed: 1),
        given: given, searches: true,
        right: right, budget: settings.budget,
        firmness: FirmFormat(for: planted.evaluated)?.text)
    }

    mutating func diagnose(_ planted: PlantedCase, lead: Int) -> Placement? {
      let failed = failed(planted)
      var plan = DiagnosisPlan(failed, lead: lead)
      for _ in 0..<100 {
        switch plan.step {
        case .placed(let placement): return placement
        case .ask(let experiment, let times):
          for _ in 0..<times {
            let texts = [planted.question] + failed.passages(for: experiment).map(\.text)
            let firmness = experiment.isFirm ? failed.firmness.map { [$0] } ?? [] : []
            let output = model.answer(to: (texts + firmness).joined(separator: "\n\n"))
            plan.record(experiment, grade(output, planted))
            askings += 1
          }
        }
      }
      return nil
    }

    private func grade(_ output: String, _ planted: PlantedCase) -> Bool {
      planted.evaluated.assertions.allSatisfy { assertion in
        assertion.type == "equals"
          ? output == planted.answer : output.contains(planted.answer)
      }
    }
  }

  private func share(seed: UInt64, noise: Double, lead: Int) -> (
    right: Double, askings: Double, wrong: [String]
  ) {
    let world = PlantedWorld(seed: seed)
    var engine = Engine(world, noise: noise, seed: seed &+ 1000)
    var wrong: [String] = []
    for planted in world.cases {
      let placement = engine.diagnose(planted, lead: lead)
      let isRight =
        placement?.cause == planted.cause
        && (planted.behaviour == nil || placement?.behaviour == planted.behaviour)
      if !isRight {
        wrong.append(
          "\(planted.cause.rawValue): \(placement?.cause.rawValue ?? "no end"), "
            + (placement?.evidenceText ?? ""))
      }
    }
    let count = Double(world.cases.count)
    return ((count - Double(wrong.count)) / count, Double(engine.askings) / count, wrong)
  }

  @Test func `of 200 failures without noise all are placed right`() {
    let result = share(seed: 1, noise: 0, lead: 2)
    // What is unsteady by half looks steady once in a while.
    #expect(result.wrong.filter { !$0.hasPrefix("flaky") } == [])
    #expect(result.right >= 0.95)
  }

  @Test(arguments: Array(1...5) as [UInt64])
  func `of 200 failures at least 95 % are placed right when 5 % of answers are chance`(
    seed: UInt64
  ) {
    let result = share(seed: seed, noise: 0.05, lead: 2)
    #expect(result.right >= 0.95, "\(result.wrong)")
    #expect(result.askings < 10)
  }
}
