import Dispatch
import Glibc

// ^C while a command runs, as something that the one wait can wait for. A reader that closes the
// command's output is no signal here, but an error of the next write.

/// Whether SIGINT or SIGTERM has come, as a descriptor to wait for; one at a time in a process.
public final class Interruption {
  /// Rung when a signal comes.
  let bell = Bell()
  private let sources: [any DispatchSourceSignal]

  /// Takes SIGINT and SIGTERM from here on, for as long as it lives.
  public init() {
    signal(SIGPIPE, SIG_IGN)
    sources = [SIGINT, SIGTERM].map { number in
      // The signal must not end the process before the source can see it.
      signal(number, SIG_IGN)
      return DispatchSource.makeSignalSource(signal: number, queue: .global())
    }
    for source in sources {
      source.setEventHandler { [bell] in bell.ring() }
      source.resume()
    }
  }

  deinit {
    for source in sources { source.cancel() }
    signal(SIGINT, SIG_DFL)
    signal(SIGTERM, SIG_DFL)
    signal(SIGPIPE, SIG_DFL)
  }

  /// Interrupts by itself, as a signal would.
  public func interrupt() { bell.ring() }

  /// Readable once a signal has come.
  public var descriptor: CInt { bell.descriptor }

  /// Whether a signal has come, or it was interrupted.
  public var hasCome: Bool {
    var state = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
    return poll(&state, 1, 0) > 0
  }
}
