import Dispatch
import Synchronization

// How worker threads bring events to the loop: they leave them here, and the loop's one wait wakes.
// It also knows whether anybody is still at work.

/// Letters from any thread, collected by the one that waits for them.
final class Mailbox<Letter: Sendable>: Sendable {
  private struct Contents {
    var letters: [Letter] = []
    var workers = 0
  }

  private let contents = Mutex(Contents())
  private let bell = Bell()

  /// Readable when letters have come, or work has ended.
  var descriptor: CInt { bell.descriptor }

  /// May be called from any thread.
  func post(_ letter: Letter) {
    contents.withLock { $0.letters.append(letter) }
    bell.ring()
  }

  /// Has a queue do something; until it is done, the mailbox is not quiet.
  func work(on queue: DispatchQueue, _ work: @escaping @Sendable () -> Void) {
    contents.withLock { $0.workers += 1 }
    queue.async { [self] in
      work()
      contents.withLock { $0.workers -= 1 }
      bell.ring()
    }
  }

  /// Whether there are no letters, and none to come.
  var isQuiet: Bool { contents.withLock { $0.letters.isEmpty && $0.workers == 0 } }

  /// Takes out everything that was left.
  func collect() -> [Letter] {
    bell.silence()
    return contents.withLock { contents in
      defer { contents.letters = [] }
      return contents.letters
    }
  }
}
