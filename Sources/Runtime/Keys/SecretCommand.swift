import Completion
import Core
import Dispatch
import Glibc
import Synchronization

// One run of a command that prints a secret, on threads of its own. It keeps the secret in memory
// only, and nothing else of what was printed.

/// A command under way, and what came of it.
final class SecretCommand: Sendable {
  private struct State {
    /// While there is a process that may be ended.
    var process: pid_t?
    var isStopped = false
    var outcome: Result<String, SecretCommandError>?
  }

  private let command: String
  private let timeLimit: Duration
  private let state = Mutex(State())

  /// Starts the command.
  ///
  /// - Parameters:
  ///   - environment: what it sees, but for GPG_TTY, at which a pinentry would draw over the screen.
  ///   - onEnd: called once, on any thread, when there is an outcome.
  init(
    _ command: String, environment: [String: String], timeLimit: Duration = .seconds(30),
    onEnd: @escaping @Sendable () -> Void
  ) {
    self.command = command
    self.timeLimit = timeLimit
    DispatchQueue.global().async { [self] in
      let outcome = run(environment: environment.filter { $0.key != "GPG_TTY" })
      state.withLock { $0.outcome = outcome }
      onEnd()
    }
  }

  /// The first line that it printed, or why there is none; nil while it runs.
  var outcome: Result<String, SecretCommandError>? { state.withLock { $0.outcome } }

  /// Ends it at once, with all that it has started.
  func stop() {
    state.withLock { state in
      state.isStopped = true
      if let process = state.process { ShellProcess.kill(process) }
    }
  }

  private func run(environment: [String: String]) -> Result<String, SecretCommandError> {
    let process: ShellProcess
    do {
      process = try ShellProcess(command, environment: environment)
    } catch {
      return failure(.notStarted(String(cString: strerror(error.number)).lowercased()))
    }
    state.withLock { state in
      state.process = process.id
      if state.isStopped { ShellProcess.kill(process.id) }
    }
    var output = Printed(descriptor: process.output)
    let hasEnded = read(&output, untilEndOf: process)
    if !hasEnded { ShellProcess.kill(process.id) }
    let (status, isStopped) = state.withLock { state in
      // From here on its number may be somebody else's.
      state.process = nil
      return (process.finish(), state.isStopped)
    }
    let reason: SecretCommandError.Reason? =
      switch (isStopped, hasEnded, status) {
      case (true, _, _): .stopped
      case (_, false, _): .tookTooLong(timeLimit)
      case (_, _, ..<0): .signal(-status)
      case (_, _, 1...): .status(status)
      default: nil
      }
    if let reason { return failure(reason) }
    return output.firstLine.map(Result.success) ?? failure(.nothingPrinted)
  }

  private func failure(
    _ reason: SecretCommandError.Reason
  ) -> Result<String, SecretCommandError> {
    .failure(SecretCommandError(reason, of: command))
  }

  /// Reads what is printed; false when the time is over first. What a command leaves running in
  /// the background may hold the pipe for ever, so that its end says nothing.
  private func read(
    _ output: inout Printed, untilEndOf process: ShellProcess
  ) -> Bool {
    let deadline = ContinuousClock.now + timeLimit
    while true {
      let rest = ContinuousClock.now.duration(to: deadline) / .milliseconds(1)
      guard rest > 0 else { return false }
      var polled = [output.descriptor, process.end].map {
        pollfd(fd: $0, events: Int16(POLLIN), revents: 0)
      }
      _ = poll(&polled, nfds_t(polled.count), CInt(rest.rounded(.up)))
      output.read()
      if polled[1].revents != 0 { return true }
    }
  }
}

/// The first of what comes through a pipe that never blocks.
private struct Printed {
  /// -1 once everything has come.
  private(set) var descriptor: CInt
  private(set) var bytes: [UInt8] = []

  /// More than any key; what follows is read, so that the command can end, and dropped.
  private static let mostBytes = 64 << 10

  init(descriptor: CInt) { self.descriptor = descriptor }

  /// Takes what is there: as much as a pipe holds, and no more of what an endless command prints.
  mutating func read() {
    guard descriptor >= 0 else { return }
    var buffer = [UInt8](repeating: 0, count: Self.mostBytes)
    let count = Glibc.read(descriptor, &buffer, buffer.count)
    if count > 0 {
      bytes += buffer.prefix(min(count, Self.mostBytes - bytes.count))
    } else if count == 0 {
      descriptor = -1
    }
  }

  /// The first line without the white space at its ends; nil when that is blank, or no text.
  var firstLine: String? {
    let line = bytes.prefix { $0 != UInt8(ascii: "\n") }
    return String(validating: line, as: UTF8.self).flatMap(Credentials.trimmed)
  }
}
