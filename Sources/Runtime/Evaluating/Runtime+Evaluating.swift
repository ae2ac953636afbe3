import Core
import Dispatch
import Evaluation
import Foundation
import Playground
import Sessions

// Evaluations for the playground: the same runs as those of the command line, on a thread of their
// own, with a client of their own.

/// The evaluation that a playground runs, at most one at a time.
final class Evaluator: Sendable {
  /// Its thread: an evaluation has its own wait.
  let thread = DispatchQueue(label: "whet.evaluation")
  /// Where variants are compared, which takes a moment with many cases.
  let comparer = DispatchQueue(label: "whet.verdicts")
  /// Rung when it is to stop.
  let bell = Bell()
}

extension Runtime {
  func perform(_ request: EvaluationRequest) {
    guard settings.keepsRuns else {
      mailbox.post(
        .noticed(
          Notice(.error, "Evaluations are kept in the store, and this whet keeps nothing.")))
      return
    }
    switch request {
    case .list: recorder.listEvaluations()
    case .read(let id): recorder.readEvaluation(id)
    case .plan(let path, let promptPath):
      withFiles {
        let typed = PromptFiles.absolute(path)
        let isThere = FileManager.default.fileExists(atPath: typed)
        let file = isThere ? typed : InputFiles.absolute(path, promptPath: promptPath)
        return .evaluations(.planned(try EvaluationFiles.plan(at: file)))
      }
    case .planAgain(let id): recorder.planEvaluationAgain(id)
    case .start(let start): self.start(start)
    case .stop: evaluator.bell.ring()
    case .ladder(let id): recorder.readLadder(of: id, on: evaluator.comparer)
    case .map(let id): recorder.readMap(of: id)
    case .compare(let comparing):
      mailbox.work(on: evaluator.comparer) { [mailbox] in
        mailbox.post(.evaluations(.compared(comparing.result())))
      }
    case .openCase(let opening): recorder.open(opening)
    case .saveCase(let saved):
      withFiles {
        let path = InputFiles.absolute(saved.path, promptPath: saved.promptPath)
        let isNew = try CaseFile.add(saved, to: path)
        return .evaluations(.caseSaved(path: path, isNew: isNew))
      }
    }
  }

  private func start(_ start: EvaluationStart) {
    evaluator.bell.silence()
    // In a script no answer takes any time, so that it always shows the same figures.
    let takesTime = !clock.canLeap
    let (folders, environment) = (settings.folders, settings.environment)
    let (providers, budget) = (settings.providers, settings.budget.command)
    recorder.withStore(isAsked: true) { [catalog, evaluator, mailbox] _, store in
      mailbox.work(on: evaluator.thread) {
        var evaluation = EvaluationSettings(
          folders: folders, environment: environment, providers: providers, catalog: catalog)
        evaluation.budget = budget
        Self.run(
          start, settings: evaluation, store: store, until: evaluator.bell.descriptor,
          takesTime: takesTime
        ) { mailbox.post(.evaluations($0)) }
      }
    }
  }

  private static func run(
    _ start: EvaluationStart, settings: EvaluationSettings, store: SessionStore,
    until stop: CInt, takesTime: Bool, tell: (EvaluationReply) -> Void
  ) {
    var id = ""
    do {
      let run = try EvaluationRun(
        start.plan, settings: settings, store: store, first: start.first)
      id = run.record.id
      // With what is known already of one that was stopped.
      tell(.began(try store.evaluation(id) ?? run.record))
      var news: [StoredResult] = []
      let ending = try run.run(
        until: stop, onResults: { news += $0 },
        onProgress: { progress in
          var progress = progress
          if !takesTime { progress.milliseconds = 0 }
          tell(.progressed(id, progress, news.map { $0.placed(in: start.plan, store) }))
          news = []
        })
      switch ending {
      case .complete: tell(.ended(id, .complete))
      case .stopped: tell(.ended(id, .stopped))
      case .outOfBudget(let reason): tell(.ended(id, .failed(reason)))
      }
    } catch {
      tell(.ended(id, .failed("\(error)")))
    }
  }

  /// Ends what runs, with all that was answered in the store.
  func finishEvaluating() {
    evaluator.bell.ring()
    // One that was just asked for is handed over by the recorder's thread.
    recorder.finish()
    evaluator.thread.sync {}
  }
}

extension StoredResult {
  /// The result with its answer, as the store has it.
  fileprivate func placed(in plan: EvaluationPlan, _ store: SessionStore) -> PlacedResult {
    var result = EvaluationResult(
      caseID: plan.cases[place.testCase].id, variant: plan.variants[place.variant].name,
      repetition: place.repetition, grade: grade, error: error)
    if let request, let kept = try? store.keptAnswer(to: request, repetition: place.repetition) {
      result.take(kept.answer, cost: kept.cost)
    }
    return PlacedResult(place, result)
  }
}
