import Core
import Playground

// One model's way through a prompt with no screen: a run, or the runs of a chain's steps.

struct Lane {
  /// Of the run under way.
  private(set) var plan: RunPlan
  private(set) var chain: StepChain
  var answer: Answer
  private(set) var wire: [TimedWireEvent] = []
  /// The steps that have ended before the one under way.
  private(set) var earlierSteps: [HeadlessRun.Finished] = []
  /// Why the chain ended before its last step, as a sentence.
  private(set) var problem: String?

  init(plan: RunPlan, chain: StepChain, answer: Answer) {
    self.plan = plan
    self.chain = chain
    self.answer = answer
  }

  /// Whether no other step can follow.
  var isAtLastStep: Bool { chain.isLast || problem != nil }

  var isSuccess: Bool { problem == nil && answer.finishReason?.isSuccess == true }

  /// - Parameter withWire: whether all that goes over the wire is waited for.
  func isFinished(withWire: Bool) -> Bool {
    isAtLastStep && answer.isFinished && (!withWire || wire.last?.event.isEnd == true)
  }

  mutating func take(_ update: StreamUpdate, keepsWire: Bool) {
    for event in update.events { answer.apply(event, at: update.time) }
    if keepsWire, let wire = update.wire {
      self.wire.append(TimedWireEvent(time: update.time, event: wire))
    }
  }

  /// Goes on to the next step once a run is over; nil when none follows.
  ///
  /// - Parameters:
  ///   - finished: the run that is over.
  ///   - number: for the next run.
  mutating func advance(
    _ finished: HeadlessRun.Finished, after ending: WireEvent.Ending, number: Int,
    values: [String: JSON], found: [Passage]
  ) -> RunPlan? {
    var next = chain
    switch next.advance(with: answer, wasCancelled: ending == .cancelled) {
    case .complete: return nil
    case .broken(let reason):
      problem = reason
      return nil
    case .next: break
    }
    do {
      let filled = try next.prompt.messages(values: values, passages: found)
      problem = next.problem(with: filled)
      plan.request.messages = filled.messages
    } catch {
      problem = "\(error)"
    }
    guard problem == nil else { return nil }
    chain = next
    earlierSteps.append(finished)
    wire = []
    plan.previous = plan.number
    plan.number = number
    plan.step = chain.recordedNumber
    plan.request.passages = chain.passages(of: found)
    return plan
  }
}
