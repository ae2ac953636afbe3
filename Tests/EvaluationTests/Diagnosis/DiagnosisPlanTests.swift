import Core
import Evaluation
import RandomSource
import Testing

@Suite struct DiagnosisPlanTests {
  // MARK: A case, and a model that answers as it is told

  private static func passage(_ name: String) -> Passage {
    Passage(source: name, bytes: 0..<10, lines: 1...1, text: "ten bytes!")
  }

  private static func right(_ standings: PassageStanding...) -> [RightPassage] {
    standings.enumerated().map { RightPassage(passage("right-\($0)"), standing: $1) }
  }

  /// A case that was given distractors, and those of its right passages that stand as given.
  private static func failed(
    _ right: RightContext, asked: ExperimentTally = .init(failed: 1), given: Bool = true,
    firmness: String? = nil, searches: Bool = true
  ) -> FailedCase {
    let distractors = given ? [passage("a"), passage("b")] : []
    return FailedCase(
      id: "case", question: "Where is it?", asked: asked,
      given: right.passages.filter { $0.standing == .given }.map(\.passage) + distractors,
      searches: searches, right: right, budget: 1000, firmness: firmness)
  }

  /// Runs a plan to its end, and says in what order it asked.
  private static func diagnose(
    _ failed: FailedCase, lead: Int = 2, passes: (Experiment, Int) -> Bool?
  ) throws -> (placement: Placement, asked: [Experiment]) {
    var plan = DiagnosisPlan(failed, lead: lead)
    var asked: [Experiment] = []
    while asked.count < 100 {
      switch plan.step {
      case .placed(let placement): return (placement, asked)
      case .ask(let experiment, let times):
        try #require(times > 0)
        for _ in 0..<times {
          plan.record(experiment, passes(experiment, asked.count { $0 == experiment }))
          asked.append(experiment)
        }
      }
    }
    throw Endless()
  }

  private struct Endless: Error {}

  private static func diagnose(
    _ failed: FailedCase, passing: Set<Experiment>
  ) throws -> (placement: Placement, asked: [Experiment]) {
    try diagnose(failed) { experiment, _ in passing.contains(experiment) }
  }

  // MARK: The table

  @Test func `what passes with the right passages is placed by how far they came`() throws {
    for (standing, cause, knowledge, behaviour)
      in [
        (.given, .notUsed, .given, .misled),
        (.cut(rank: 9, by: .limit), .rankedTooLow, .rankedTooLow, .actsRight),
        (.notFound, .notRetrieved, .notRetrieved, .actsRight),
      ] as [(PassageStanding, FailureCause, KnowledgeNeed, BehaviourNeed)]
    {
      for right in [
        RightContext.labelled(Self.right(standing)), .found(Self.right(standing, standing)),
      ] {
        let placement = try Self.diagnose(Self.failed(right), passing: [.right]).placement
        #expect(placement.cause == cause)
        #expect(placement.knowledge == knowledge)
        #expect(placement.behaviour == behaviour)
        #expect(placement.evidence[.right] == ExperimentTally(passed: 2))
        #expect(placement.evidence[.retrieved] == ExperimentTally(failed: 5))
      }
    }
  }

  @Test func `a form that helps is the cause, and nothing else is asked`() throws {
    let failed = Self.failed(.labelled(Self.right(.notFound)), firmness: "JSON only.")
    let (placement, asked) = try Self.diagnose(
      failed, passing: [.firmRetrieved, .firmRight, .right, .noContext])
    #expect(placement.cause == .wrongForm)
    #expect(placement.knowledge == .known)
    #expect(placement.behaviour == .wrongForm)
    #expect(Set(asked) == [.retrieved, .firmRetrieved])
  }

  @Test func `a form that is not at stake is never asked for`() throws {
    let (placement, asked) = try Self.diagnose(
      Self.failed(.labelled(Self.right(.given))), passing: [.firmRetrieved, .firmRight])
    #expect(placement.cause == .notAble)
    #expect(!asked.contains { $0.isFirm })
  }

  @Test func `what it knows without passages is lost by them`() throws {
    for right in [
      RightContext.labelled(Self.right(.given)), .absent, .unknown("No labels."),
    ] {
      let placement = try Self.diagnose(Self.failed(right), passing: [.noContext, .right])
        .placement
      #expect(placement.cause == .lostByContext)
      #expect(placement.knowledge == .known)
      #expect(placement.behaviour == .misled)
    }
  }

  @Test func `what needs passages and a form is placed by both axes`() throws {
    let failed = Self.failed(
      .labelled(Self.right(.cut(rank: 4, by: .budget))), firmness: "SQL only.")
    let placement = try Self.diagnose(failed, passing: [.firmRight]).placement
    #expect(placement.cause == .rankedTooLow)
    #expect(placement.knowledge == .rankedTooLow)
    #expect(placement.behaviour == .wrongForm)
    #expect(placement.sentence.contains("number 4"))
    #expect(placement.sentence.contains("the budget"))
  }

  @Test func `what fails with all that it needs is not able`() throws {
    let failed = Self.failed(.labelled(Self.right(.notFound)), firmness: "SQL only.")
    let (placement, asked) = try Self.diagnose(failed, passing: [])
    #expect(placement.cause == .notAble)
    #expect(placement.knowledge == .notRetrieved)
    #expect(placement.behaviour == .notAble)
    #expect(
      asked == [
        .retrieved, .retrieved, .firmRetrieved, .firmRetrieved, .noContext, .noContext, .right,
        .right, .firmRight, .firmRight, .retrieved, .retrieved,
      ])
  }

  @Test func `without right passages it depends on whether they were looked for`() throws {
    for (right, cause) in [
      (.absent, .notInCorpus), (.labelled([], missing: ["gone.md"]), .notInCorpus),
      (.unknown("Nothing to look for."), .unmeasured), (.labelled([]), .unmeasured),
    ] as [(RightContext, FailureCause)] {
      let placement = try Self.diagnose(Self.failed(right), passing: []).placement
      #expect(placement.cause == cause)
    }
  }

  @Test func `a context that lacks a labelled document proves nothing of the model`() throws {
    let right = RightContext.labelled(Self.right(.given), missing: ["gone.md"])
    for (passing, cause) in [([], .notInCorpus), ([.right], .notUsed)]
      as [(Set<Experiment>, FailureCause)]
    {
      let placement = try Self.diagnose(Self.failed(right), passing: passing).placement
      #expect(placement.cause == cause)
    }
  }

  // MARK: Several right passages

  @Test func `the smallest set of right passages that suffices names the cause`() throws {
    let right = RightContext.labelled(
      Self.right(.notFound, .cut(rank: 12, by: .limit), .given, .cut(rank: 9, by: .limit)))
    for (passing, cause) in [
      ([.right, .rightFound, .rightGiven], .notUsed), ([.right, .rightFound], .rankedTooLow),
      ([.right], .notRetrieved),
    ] as [(Set<Experiment>, FailureCause)] {
      let placement = try Self.diagnose(Self.failed(right), passing: passing).placement
      #expect(placement.cause == cause)
      if cause == .rankedTooLow { #expect(placement.sentence.contains("number 9")) }
    }
  }

  @Test func `right passages go in as far as the budget goes, the first always`() {
    var failed = Self.failed(.labelled(Self.right(.given, .notFound, .given)))
    failed.budget = 6
    #expect(failed.passages(for: .right).map(\.source) == ["right-0", "right-1"])
    #expect(failed.passages(for: .rightGiven).map(\.source) == ["right-0", "right-2"])
    failed.budget = 1
    #expect(failed.passages(for: .firmRight).map(\.source) == ["right-0"])
  }

  @Test func `right passages that have no room prove nothing of the model`() throws {
    var failed = Self.failed(.labelled(Self.right(.notFound, .notFound)))
    failed.budget = 4
    let placement = try Self.diagnose(failed, passing: []).placement
    #expect(placement.cause == .unmeasured)
    #expect(placement.sentence.contains("4 tokens"))
    let passing = try Self.diagnose(failed, passing: [.right]).placement
    #expect(passing.cause == .notRetrieved)
  }

  // MARK: The same request, asked once

  @Test func `a prompt without passages isn't asked without them again`() throws {
    let failed = Self.failed(.labelled(Self.right(.notFound)), given: false, searches: false)
    let (placement, asked) = try Self.diagnose(failed, passing: [.right])
    #expect(placement.cause == .notRetrieved)
    #expect(placement.sentence.contains("searches for no passages"))
    #expect(!asked.contains(.noContext))
  }

  @Test func `a prompt that had just the right passages is not able`() throws {
    let failed = Self.failed(
      .labelled(Self.right(.given)), given: false, firmness: "JSON only.")
    let (placement, asked) = try Self.diagnose(failed, passing: [])
    #expect(placement.cause == .notAble)
    #expect(!asked.contains(.right))
    #expect(!asked.contains(.firmRight))
  }

  // MARK: Chance

  @Test func `what passes when simply asked again is flaky`() throws {
    let right = RightContext.labelled(Self.right(.notFound))
    let (placement, asked) = try Self.diagnose(Self.failed(right)) { experiment, time in
      experiment == .retrieved ? time != 1 : true
    }
    #expect(placement.cause == .flaky)
    #expect(placement.behaviour == .unsteady)
    #expect(placement.sentence == "Asked the very same, it passes 5 of 7 times.")
    #expect(Set(asked) == [.retrieved])
  }

  @Test func `repeats of the evaluation count, and steady ones are enough`() throws {
    let right = RightContext.labelled(Self.right(.notFound))
    let flaky = Self.failed(right, asked: ExperimentTally(passed: 2, failed: 3))
    let unsteady = try Self.diagnose(flaky, passing: [])
    #expect(unsteady.asked.isEmpty)
    #expect(unsteady.placement.cause == .flaky)
    let seldom = Self.failed(right, asked: ExperimentTally(passed: 2, failed: 18))
    let seldomPlacement = try Self.diagnose(seldom, passing: [.right]).placement
    #expect(seldomPlacement.cause == .notRetrieved)
    let steady = Self.failed(right, asked: ExperimentTally(failed: 5))
    let (placement, asked) = try Self.diagnose(steady, passing: [.right])
    #expect(placement.cause == .notRetrieved)
    #expect(!asked.contains(.retrieved))
  }

  @Test func `one odd answer changes nothing`() throws {
    let failed = Self.failed(.labelled(Self.right(.notFound)), firmness: "JSON only.")
    for odd in Experiment.allCases {
      let placement = try Self.diagnose(failed) { experiment, time in
        let usual = experiment == .right || experiment == .firmRight
        return experiment == odd && time == 0 ? !usual : usual
      }.placement
      #expect(placement.cause == .notRetrieved, "\(odd)")
    }
  }

  @Test func `a lead of one asks each experiment once`() throws {
    let failed = Self.failed(.labelled(Self.right(.notFound)), firmness: "JSON only.")
    let (placement, asked) = try Self.diagnose(failed, lead: 1) { experiment, _ in
      experiment == .right
    }
    #expect(placement.cause == .notRetrieved)
    #expect(asked == [.firmRetrieved, .noContext, .right])
  }

  @Test func `every plan ends, whatever is answered`() throws {
    var random = SeededRandom(seed: 8)
    let standings: [PassageStanding] = [.given, .cut(rank: 9, by: .budget), .notFound]
    var causes: Set<FailureCause> = []
    for _ in 0..<2000 {
      let passages = (0..<Int.random(in: 0...4, using: &random)).map { place in
        RightPassage(
          Self.passage("right-\(place)"),
          standing: standings.randomElement(using: &random) ?? .given)
      }
      let right: [RightContext] = [
        .labelled(passages), .labelled(passages, missing: ["gone"]), .found(passages), .absent,
        .unknown("Nothing to look for."),
      ]
      let failed = Self.failed(
        right.randomElement(using: &random) ?? .absent,
        asked: ExperimentTally(
          passed: Int.random(in: 0...2, using: &random),
          failed: Int.random(in: 1...4, using: &random)),
        given: Bool.random(using: &random), firmness: Bool.random(using: &random) ? "Firm." : nil)
      let chances = (
        Double.random(in: 0...1, using: &random), Double.random(in: 0...0.3, using: &random)
      )
      let lead = Int.random(in: 1...3, using: &random)
      let (placement, asked) = try Self.diagnose(failed, lead: lead) { _, _ in
        Double.random(in: 0..<1, using: &random) < chances.1
          ? nil : Double.random(in: 0..<1, using: &random) < chances.0
      }
      causes.insert(placement.cause)
      let counted = placement.evidence.values.reduce(0) { $0 + $1.measured + $1.errors }
      #expect(counted == asked.count + failed.asked.measured)
      #expect(!placement.sentence.isEmpty)
    }
    #expect(causes == Set(FailureCause.allCases))
  }

  // MARK: What can't be measured

  @Test func `an experiment that brings no answer leaves the case unmeasured`() throws {
    let failed = Self.failed(.labelled(Self.right(.notFound)), firmness: "JSON only.")
    for broken in [Experiment.retrieved, .firmRetrieved, .noContext, .right] {
      let placement = try Self.diagnose(failed) { experiment, _ in
        experiment == broken ? nil : experiment == .right
      }.placement
      #expect(placement.cause == .unmeasured)
      #expect(placement.sentence.contains(broken.words))
      #expect(placement.knowledge == nil)
    }
    // One that comes to nothing in between does no harm.
    let placement = try Self.diagnose(failed) { experiment, time in
      time == 0 ? nil : experiment == .right
    }.placement
    #expect(placement.cause == .notRetrieved)
  }

  @Test func `limits of time and cost are no matter of context`() throws {
    var failed = Self.failed(.labelled(Self.right(.given)))
    failed.isOverLimits = true
    let (placement, asked) = try Self.diagnose(failed, passing: [])
    #expect(placement.cause == .unmeasured)
    #expect(asked.isEmpty)
    let never = Self.failed(.absent, asked: ExperimentTally(errors: 2))
    let placementOfNever = try Self.diagnose(never, passing: []).placement
    #expect(placementOfNever.cause == .unmeasured)
  }
}
