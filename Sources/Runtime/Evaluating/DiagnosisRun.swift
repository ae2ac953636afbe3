import Core
import Evaluation
import Glibc
import Sessions

// Carries out a diagnosis: each failing case is asked anew in the ways that its plan wants, several
// cases at a time. What is placed is said by `DiagnosisPlan`.

/// A diagnosis of one variant's failures on its way.
///
/// It belongs to the thread that calls `run`, which may be any.
public final class DiagnosisRun {
  private let failures: FailedCases
  private let cases: [EvaluationCase]
  private let leftOut: Int
  private let trials: Trials
  private let store: SessionStore
  private let lead: Int
  private let clock = SystemClock()
  private var plans: [Int: DiagnosisPlan] = [:]
  private var asked: [Int: [Experiment: Int]] = [:]
  private var waiting: [Int: Int] = [:]
  private var experiments: [Int: (place: Int, Experiment)] = [:]
  private var nextTrial = 0
  private var placements: [Int: Placement] = [:]

  /// Cases that are asked anew at the same time.
  private static let mostCases = 32

  /// - Parameters:
  ///   - record: with its results.
  ///   - variant: its name.
  ///   - index: where the right passages are looked for, if the variant searches none.
  ///   - lead: by how many answers of one kind an experiment is decided: 1, 2 or 3.
  ///   - most: failures that are looked at.
  ///   - plan: the judge and the embedder are taken from it, and the indexes it names documents for.
  public init(
    of variant: String, in record: EvaluationRecord, plan: EvaluationPlan, index: String? = nil,
    lead: Int = 2, most: Int = .max, settings: EvaluationSettings, store: SessionStore
  ) throws {
    guard let chosen = record.variants.first(where: { $0.name == variant }) else {
      throw EvaluationFileError(
        "There is no variant '\(variant)': there are "
          + "\(record.variants.map(\.name).joined(separator: ", ")).")
    }
    self.store = store
    self.lead = lead
    trials = try settings.trials(of: plan, store: store)
    let other = record.variants.lazy.compactMap { variant in
      if case .settings(_, let index) = variant.asked.context { index } else { nil }
    }.first
    failures = try FailedCases(
      of: chosen, in: record, index: index ?? other,
      searches: settings.searches(of: plan), store: store)
    let failed = failures.cases
    cases = Array(failed.prefix(max(0, most)))
    leftOut = failed.count - cases.count
  }

  /// How many failures there are to look at.
  public var count: Int { cases.count }

  /// Asks until every failure is placed.
  ///
  /// - Parameters:
  ///   - stop: a descriptor that can be read from once it is to stop; nil for never.
  ///   - onProgress: called when more of them are placed.
  /// - Returns: nil when it was stopped; what was answered is kept all the same.
  public func run(
    until stop: CInt? = nil, onProgress: (_ placed: Int) -> Void = { _ in }
  ) throws -> [Placement]? {
    var next = 0
    while placements.count < cases.count {
      while next < cases.count, plans.count < Self.mostCases {
        let failed = try failures.failedCase(cases[next])
        plans[next] = DiagnosisPlan(failed, lead: lead)
        advance(next)
        next += 1
      }
      let before = placements.count
      for outcome in trials.advance() { take(outcome) }
      try store.keep(trials.takeUnsaved(), [], of: nil, at: clock.secondsSince1970)
      if placements.count > before { onProgress(placements.count) }
      if let refusal = trials.refusal { throw EvaluationFileError("\(refusal)") }
      if let stop, Self.isReadable(stop) {
        trials.stop()
        return nil
      }
      if placements.count < cases.count, before == placements.count {
        trials.wait(for: [stop].compactMap { $0 }, milliseconds: 1000)
      }
    }
    return cases.indices.compactMap { placements[$0] }
  }

  /// The report on what was placed.
  ///
  /// - Parameter file: the evaluation's, as commands name it; nil where it isn't known.
  public func report(_ placements: [Placement], file: String?) -> DiagnosisReport {
    let (variant, record) = (failures.variant, failures.record)
    return DiagnosisReport(
      ground: DiagnosisReport.Ground(
        evaluation: record.id, file: file, variant: variant.name, prompt: variant.promptPath,
        index: failures.ownIndex, datasetHash: record.datasetHash),
      madeAt: clock.secondsSince1970, caseCount: failures.measuredCount, placements: placements,
      leftOut: leftOut)
  }

  private static func isReadable(_ descriptor: CInt) -> Bool {
    var state = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
    return poll(&state, 1, 0) > 0
  }

  /// Asks what a case's plan wants next, or takes its placement.
  private func advance(_ place: Int) {
    guard let plan = plans[place] else { return }
    switch plan.step {
    case .placed(let placement):
      placements[place] = placement
      plans[place] = nil
    case .ask(let experiment, let times):
      waiting[place] = times
      for _ in 0..<times { ask(experiment, of: place, plan.failed) }
    }
  }

  private func ask(_ experiment: Experiment, of place: Int, _ failed: FailedCase) {
    // Those of the evaluation itself come before: an asking is never the same as an earlier one.
    let number = (asked[place]?[experiment] ?? failures.record.repeatCount) + 1
    asked[place, default: [:]][experiment] = number
    nextTrial += 1
    experiments[nextTrial] = (place, experiment)
    trials.start(
      Trial(
        number: nextTrial, prompt: failures.prompt, testCase: cases[place],
        passages: failed.passages(for: experiment),
        firmness: experiment.isFirm ? failed.firmness : nil, repetition: number))
  }

  private func take(_ outcome: TrialOutcome) {
    guard let (place, experiment) = experiments.removeValue(forKey: outcome.number) else { return }
    plans[place]?.record(experiment, (try? outcome.grade.get())?.passed)
    waiting[place, default: 1] -= 1
    if waiting[place] == 0 { advance(place) }
  }
}
