import Core
import FineTuning
import Playground
import Sessions
import Synchronization

// Training jobs for the playground: one at a time is watched, on a thread of its own, and its news comes
// as events.

extension Runtime {
  /// Goes on with a job until it has ended, or another is watched; whatever else was watched goes on at
  /// its server.
  func watch(_ name: String, cancelling: Bool) {
    let (folders, environment) = (settings.folders, settings.environment)
    let (providers, desk) = (settings.providers, trainingDesk)
    let number = desk.watches.add(1, ordering: .relaxed).newValue
    recorder.withStore(isAsked: true) { [mailbox] _, store in
      mailbox.work(on: desk.watcher) {
        let jobs = TrainingJobs(
          store: store, folders: folders, environment: environment, providers: providers)
        let isInterrupted = {
          desk.watches.load(ordering: .relaxed) != number || desk.isEnding.load(ordering: .relaxed)
        }
        let onProgress = { mailbox.post(.training(($0 as TrainingJobProgress).reply(of: name))) }
        var problem: String?
        do {
          if cancelling {
            _ = try jobs.cancel(name, onProgress: onProgress, isInterrupted: isInterrupted)
          }
          try jobs.watch(name, onProgress: onProgress, isInterrupted: isInterrupted)
        } catch is CancellationError {
        } catch {
          problem = "\(error)"
        }
        mailbox.post(.training(.jobLeft(name, problem: problem)))
      }
    }
  }
}

extension TrainingJobProgress {
  fileprivate func reply(of name: String) -> TrainingReply {
    switch self {
    case .uploading(let role, let bytes, let total):
      .jobWaits(
        name,
        "Uploading the \(role.rawValue) file: \(Numbers.grouped(bytes >> 10)) of "
          + "\(Numbers.grouped(total >> 10)) kB")
    case .waiting(let reason, let time):
      .jobWaits(name, "\(reason) Next try in \(WireTime.span(time)).")
    case .changed(let record): .jobChanged(record)
    case .told(let events): .jobTold(name, events)
    }
  }
}
