// A program that turns a file into text, run as hostile input asks for: it reads the file from its
// standard input, has no terminal, and is ended once it takes too long, too much memory, or writes
// too much.

import CProcess
import Glibc

/// A program of another's that makes text of a format.
struct Converter {
  /// What one file may cost.
  struct Limits {
    var seconds = 60
    /// That the program may write to.
    var memory = 1 << 30
    var output = 64 << 20
  }

  /// The program, found on the PATH, and its arguments. It is told to read its standard input.
  var arguments: [String]
  /// Why files are skipped where the program isn't installed.
  var missing: SkipReason
  var limits = Limits()

  /// What the program prints, given a file that is open.
  ///
  /// Throws a `SkipReason`, and `CancellationError` once `isCancelled` says so.
  func output(of file: CInt, isCancelled: () -> Bool) throws -> [UInt8] {
    var process = CProcess.process()
    try start(&process, reading: file)
    defer { for descriptor in [process.output, process.end] { close(descriptor) } }
    let printed: [UInt8]
    do {
      printed = try read(process, isCancelled)
    } catch {
      kill(-process.id, SIGKILL)
      _ = process_reap(process.id)
      throw error
    }
    switch process_reap(process.id) {
    case 0: return printed
    // Memory that it wasn't given, its time on the processor, pandoc's heap: see its manual page.
    case -SIGABRT, -SIGKILL, -SIGXCPU, -SIGSEGV, 251: throw SkipReason.overLimits
    default: throw SkipReason.damaged
    }
  }

  /// Whether the program is on the PATH.
  var isInstalled: Bool {
    guard let program = arguments.first else { return false }
    let folders = getenv("PATH").map { String(cString: $0) } ?? "/usr/bin:/bin"
    return folders.split(separator: ":").contains { access("\($0)/\(program)", X_OK) == 0 }
  }

  private func start(_ process: inout CProcess.process, reading file: CInt) throws {
    // Its own place in the file: what we have read of it doesn't count.
    let input = open("/proc/self/fd/\(file)", O_RDONLY | O_CLOEXEC)
    guard input >= 0 else { throw SkipReason.notReadable }
    defer { close(input) }
    let path = getenv("PATH").map { String(cString: $0) } ?? "/usr/bin:/bin"
    let words = arguments.map { strdup($0) }
    let environment = ["PATH=" + path, "LC_ALL=C.UTF-8"].map { (variable: String) in
      strdup(variable)
    }
    defer { for word in words + environment { free(word) } }
    switch process_start(&process, words + [nil], environment + [nil], input) {
    case 0: break
    case ENOENT: throw missing
    default: throw SkipReason.notReadable
    }
    // One that has ended already needs none.
    _ = process_limit(process.id, limits.memory, CUnsignedInt(limits.seconds))
  }

  /// All that the process prints, until it closes its output.
  private func read(_ process: CProcess.process, _ isCancelled: () -> Bool) throws -> [UInt8] {
    var printed: [UInt8] = []
    var piece = [UInt8](repeating: 0, count: 64 << 10)
    let clock = ContinuousClock()
    let end = clock.now + .seconds(limits.seconds)
    while true {
      if isCancelled() { throw CancellationError() }
      guard clock.now < end else { throw SkipReason.overLimits }
      var output = pollfd(fd: process.output, events: Int16(POLLIN), revents: 0)
      guard poll(&output, 1, 100) > 0 else { continue }
      let count = Glibc.read(process.output, &piece, piece.count)
      if count < 0, errno == EINTR || errno == EAGAIN { continue }
      guard count >= 0 else { throw SkipReason.damaged }
      if count == 0 { return printed }
      printed += piece[..<count]
      guard printed.count <= limits.output else { throw SkipReason.overLimits }
    }
  }
}
