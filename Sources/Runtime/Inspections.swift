import Dispatch
import Playground
import Synchronization

// Work for the pages over the context. It may take long: each piece has a number, by which it can be
// given up while it is under way.

/// Does inspections on a thread of their own, one after the other.
final class Inspections: Sendable {
  private let mailbox: Mailbox<Event>
  private let queue = DispatchQueue(label: "whet.inspect")
  /// The numbers of those that somebody waits for.
  private let wanted = Mutex<Set<Int>>([])

  init(mailbox: Mailbox<Event>) { self.mailbox = mailbox }

  /// Does a piece of work, and posts what comes of it, unless it was given up.
  ///
  /// - Parameter work: is told how to find out that nobody waits any more, and throws a sentence
  ///   when it fails.
  func begin(
    _ number: Int,
    _ work: @escaping @Sendable (_ isCancelled: @escaping () -> Bool) throws -> Inspection
  ) {
    wanted.withLock { _ = $0.insert(number) }
    mailbox.work(on: queue) { [self] in
      defer { end(number) }
      guard isWanted(number) else { return }
      do {
        let result = try work { [self] in !isWanted(number) }
        if isWanted(number) { mailbox.post(.inspected(number: number, result)) }
      } catch is CancellationError {
        return
      } catch {
        mailbox.post(.inspected(number: number, .failed("\(error)")))
      }
    }
  }

  /// Gives up a piece of work; one that is done already is let be.
  func end(_ number: Int) {
    wanted.withLock { _ = $0.remove(number) }
  }

  private func isWanted(_ number: Int) -> Bool { wanted.withLock { $0.contains(number) } }
}
