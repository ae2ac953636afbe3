import Core
import Dispatch
import Sessions
import Synchronization

// A job that is watched aside, for a playground: its news comes as events.

/// Watches a job on a thread of its own until it has ended, or nobody wants to know any more.
public final class TrainingJobWatch: Sendable {
  /// How it ended for the watcher.
  public enum Ending: Hashable, Sendable {
    case ended(TrainingJobRecord)
    case stopped
    /// Why it can't be watched for now, as a sentence; the job itself may go on.
    case failed(String)
  }

  private let isStopped = Mutex(false)
  private let thread = DispatchQueue(label: "whet.training")

  /// Begins.
  ///
  /// - Parameters:
  ///   - cancelling: whether the job is to be ended first.
  ///   - onProgress: called on the thread, as is `onEnd`.
  public init(
    _ name: String, of jobs: TrainingJobs, cancelling: Bool = false,
    onProgress: @escaping @Sendable (TrainingJobProgress) -> Void,
    onEnd: @escaping @Sendable (Ending) -> Void
  ) {
    thread.async { [self] in
      let isInterrupted = { self.isStopped.withLock { $0 } }
      do {
        let record =
          cancelling
          ? try jobs.cancel(name, onProgress: onProgress, isInterrupted: isInterrupted)
          : try jobs.watch(name, onProgress: onProgress, isInterrupted: isInterrupted)
        onEnd(.ended(record))
      } catch is CancellationError {
        onEnd(.stopped)
      } catch {
        onEnd(.failed("\(error)"))
      }
    }
  }

  /// Has it stop soon; the job goes on at its server.
  public func stop() { isStopped.withLock { $0 = true } }

  /// Waits until it has stopped.
  public func finish() {
    stop()
    thread.sync {}
  }
}
