import CProcess
import Core
import Glibc

// Runs a program that grades, beside this one. It is the user's own, so that it may do what it likes;
// but it may not go on for ever, nor print without end, and what it started goes with it.

/// A command of `/bin/sh` that is given a text and prints one.
struct GraderProgram {
  var command: String
  /// How long it may take.
  var seconds: Double
  /// How many bytes it may print.
  var most: Int
  /// All that it sees of the environment.
  var environment: [String: String]
  /// The folder in which it runs.
  var directory: String

  /// How much of its last words is kept.
  private static let mostErrors = 4096

  /// What it printed. Throws `GradingError` where it fails, takes too long or prints too much.
  func output(for input: String) throws(GradingError) -> [UInt8] {
    var process = CProcess.process()
    let errors = try start(&process, input)
    defer { for descriptor in [errors, process.output, process.end] { close(descriptor) } }
    var (printed, said): ([UInt8], [UInt8])
    do throws(GradingError) {
      (printed, said) = try listen(to: process, errors)
    } catch {
      kill(-process.id, SIGKILL)
      _ = process_reap(process.id)
      throw error
    }
    // What it left behind in its group would live on.
    kill(-process.id, SIGKILL)
    let status = process_reap(process.id)
    guard status == 0 else {
      let last = String(decoding: said, as: UTF8.self).split(whereSeparator: \.isNewline)
        .last { !$0.allSatisfy(\.isWhitespace) }
      let how = status < 0 ? "was ended by signal \(-status)" : "ended with status \(status)"
      throw GradingError("The program \(how)\(last.map { ": \(String($0).quoted)" } ?? "").")
    }
    return printed
  }

  /// Starts it; gives the descriptor of what it prints where errors go.
  private func start(
    _ process: inout CProcess.process, _ input: String
  ) throws(GradingError) -> CInt {
    let bytes = Array(input.utf8)
    let file = process_input(bytes, bytes.count)
    guard file >= 0 else { throw GradingError("There is no room for a program's input.") }
    defer { close(file) }
    let words = ["/bin/sh", "-c", "cd \"$0\" && eval \"$1\"", directory, command].map {
      (word: String) in strdup(word)
    }
    let variables = environment.map { strdup("\($0.key)=\($0.value)") }
    defer { for word in words + variables { free(word) } }
    var errors: CInt = -1
    let problem = process_start_heard(&process, words + [nil], variables + [nil], file, &errors)
    guard problem == 0 else {
      throw GradingError("The program can't be started: \(String(cString: strerror(problem))).")
    }
    return errors
  }

  /// All that it prints until it ends, and the end of what it says of errors.
  private func listen(
    to process: CProcess.process, _ errors: CInt
  ) throws(GradingError) -> (printed: [UInt8], said: [UInt8]) {
    var printed: [UInt8] = []
    var said: [UInt8] = []
    let clock = ContinuousClock()
    let end = clock.now + .seconds(seconds)
    var hasEnded = false
    // One that is at its end is no longer waited for.
    var sources = [process.output, errors, process.end]
    while !hasEnded {
      let left = (end - clock.now) / .milliseconds(1)
      guard left > 0 else {
        throw GradingError(
          "The program took longer than \(Numbers.decimal(seconds)) s: give it more with "
            + "config.timeout, in milliseconds, or make it faster.")
      }
      var waited = sources.map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
      guard poll(&waited, 3, CInt(min(left.rounded(.up), 60_000))) > 0 else { continue }
      // Looked at before reading: what it printed last is there by then.
      hasEnded = waited[2].revents != 0
      if Self.drain(sources[0], into: &printed, most: most + 1) { sources[0] = -1 }
      if Self.drain(sources[1], into: &said, most: .max) { sources[1] = -1 }
      said = Array(said.suffix(Self.mostErrors))
      guard printed.count <= most else {
        throw GradingError("The program printed more than \(Numbers.grouped(most)) bytes.")
      }
    }
    return (printed, said)
  }

  /// Reads what there is, up to so many bytes, and of what never ends no more than a megabyte; says
  /// whether it is at its end.
  private static func drain(_ descriptor: CInt, into bytes: inout [UInt8], most: Int) -> Bool {
    guard descriptor >= 0 else { return true }
    var piece = [UInt8](repeating: 0, count: 64 << 10)
    for _ in 0..<16 where bytes.count < most {
      let count = read(descriptor, &piece, piece.count)
      guard count > 0 else { return count == 0 }
      bytes += piece[..<count]
    }
    return false
  }
}
