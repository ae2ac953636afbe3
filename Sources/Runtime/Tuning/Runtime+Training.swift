import Core
import Dispatch
import FineTuning
import Foundation
import Playground
import Sessions
import Synchronization

// Training sets for the playground. Reading, changing and checking have threads of their own, so that a
// list answers while a million examples are marked, and runs are recorded while both go on.

/// Carries out what the pages about training sets ask for.
final class TrainingDesk: Sendable {
  let reader = DispatchQueue(label: "whet.examples")
  let writer = DispatchQueue(label: "whet.curating")
  let checker = DispatchQueue(label: "whet.checking")
  /// The last question for rows: what is older is given up.
  let lastQuestion = Mutex(0)
  /// Whether the program ends: what takes long stops.
  let isEnding = Atomic(false)
}

extension Runtime {
  func perform(_ request: TrainingRequest) {
    guard settings.keepsRuns else {
      mailbox.post(
        .noticed(
          Notice(.error, "Training sets are kept in the store, and this whet keeps nothing.")))
      return
    }
    let editor = settings.environment["USER"]
    let desk = trainingDesk
    switch request {
    case .sets: train(on: desk.reader) { .sets(try $0.trainingSets()) }
    case .create(let name):
      train(on: desk.writer) { store in
        try store.createTrainingSet(name)
        return .sets(try store.trainingSets())
      }
    case .remove(let name):
      train(on: desk.writer) { store in
        try store.removeTrainingSet(name)
        return .sets(try store.trainingSets())
      }
    case .window(let question):
      desk.lastQuestion.withLock { $0 = question.number }
      readRows(question)
    case .example(let set, let number):
      train(on: desk.reader) { store in
        .example(set: set, try store.trainingExample(set: set, number: number))
      }
    case .change(let set, let number, let change):
      train(on: desk.writer) { store in
        let stored = try store.trainingExample(set: set, number: number)
        try store.perform(
          CurationAction(.examples([stored.example.hash]), change), on: set, by: editor)
        return .changed(set: set, change.sentence(for: number))
      }
    case .changeAll(let set, let filter, let change):
      train(on: desk.writer) { store in
        let report = try store.perform(
          CurationAction(.filter(filter), change), on: set, by: editor
        ) { _, _ in
          if desk.isEnding.load(ordering: .relaxed) { throw CancellationError() }
        }
        let count = Numbers.grouped(report.affected)
        return .changed(
          set: set, "\(count) example\(report.affected == 1 ? "" : "s") changed: u takes it back.")
      }
    case .undo(let set):
      train(on: desk.writer) { store in
        let undone = try store.undoCuration(of: set)
        return .changed(set: set, "Undone: \(undone.action.change.words); U does it again.")
      }
    case .redo(let set):
      train(on: desk.writer) { store in
        let redone = try store.redoCuration(of: set)
        return .changed(set: set, "Done again: \(redone.action.change.words).")
      }
    case .check(let set): check(set)
    }
  }

  /// Does what needs the store on a thread of its own; an error is told as a sentence.
  private func train(
    on queue: DispatchQueue, _ work: @escaping @Sendable (SessionStore) throws -> TrainingReply
  ) {
    recorder.withStore(isAsked: true) { [mailbox] _, store in
      mailbox.work(on: queue) {
        do {
          mailbox.post(.training(try work(store)))
        } catch is CancellationError {
          return
        } catch {
          mailbox.post(.training(.refused("\(error)")))
        }
      }
    }
  }

  private func readRows(_ question: ExampleQuestion) {
    let desk = trainingDesk
    let isCurrent: @Sendable () -> Bool = {
      desk.lastQuestion.withLock { $0 == question.number }
        && !desk.isEnding.load(ordering: .relaxed)
    }
    train(on: desk.reader) { [mailbox] store in
      guard isCurrent() else { throw CancellationError() }
      let window = try store.exampleWindow(
        set: question.set, filter: try ExampleFilter(question.filter), offset: question.offset,
        limit: question.limit
      ) { window in
        mailbox.post(.training(.window(window, number: question.number)))
        return isCurrent()
      }
      return .window(window, number: question.number)
    }
  }

  private func check(_ set: String) {
    let desk = trainingDesk
    recorder.withStore(isAsked: true) { [mailbox] _, store in
      mailbox.work(on: desk.checker) {
        do {
          let report = try CheckRun(settings: CheckSettings()).check(set: set, in: store) { _ in
            !desk.isEnding.load(ordering: .relaxed)
          }
          mailbox.post(.training(.checked(set: set, report)))
        } catch {
          mailbox.post(.training(.refused("\(error)")))
          mailbox.post(.training(.checked(set: set, nil)))
        }
      }
    }
  }

  /// Ends what runs; what was told to be changed is changed.
  func finishTraining() {
    trainingDesk.isEnding.store(true, ordering: .relaxed)
    recorder.finish()
    for queue in [trainingDesk.writer, trainingDesk.checker, trainingDesk.reader] { queue.sync {} }
  }
}

extension CurationAction.Change {
  /// What was done to one example.
  fileprivate func sentence(for number: Int) -> String {
    "Example \(Numbers.grouped(number)): \(words)."
  }

  /// `approved`, `tagged draft`.
  fileprivate var words: String {
    switch self {
    case .setState(.pending): "open again"
    case .setState(let state): state.rawValue
    case .addTag(let tag): "tagged \(tag)"
    case .removeTag(let tag): "no longer tagged \(tag)"
    case .edit: "edited"
    case .replaceInAnswers(let text, let other): "'\(text)' replaced by '\(other)'"
    case .setSystem: "another system's turn"
    }
  }
}
