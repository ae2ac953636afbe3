import CProcess
import Glibc

// A shell that runs beside the program. It is started and ended here; who waits for it polls its
// descriptors.

/// A command of `/bin/sh` under way.
///
/// It has no terminal, so that it can neither draw over the screen nor take keys. It ends with
/// `finish`, which every process needs once.
struct ShellProcess {
  private let process: process

  /// Starts the command; throws the errno where the system can't.
  ///
  /// - Parameter environment: all that the command sees.
  init(_ command: String, environment: [String: String]) throws(SpawnError) {
    var process = CProcess.process()
    let variables = environment.map { strdup("\($0.key)=\($0.value)") }
    defer { for variable in variables { free(variable) } }
    let problem = process_start_shell(&process, command, variables + [nil])
    guard problem == 0 else { throw SpawnError(number: problem) }
    self.process = process
  }

  /// Its number, which is its process group's, too.
  var id: pid_t { process.id }
  /// Can be read from; never blocks.
  var output: CInt { process.output }
  /// Readable once it has ended.
  var end: CInt { process.end }

  /// Ends it, with what it has started in its process group.
  static func kill(_ id: pid_t) { Glibc.kill(-id, SIGKILL) }

  /// Waits for its end, and forgets it: the exit status, or minus the signal that ended it.
  func finish() -> CInt {
    for descriptor in [output, end] { close(descriptor) }
    return process_reap(id)
  }
}

/// Why no process could be started.
struct SpawnError: Error {
  /// The errno.
  let number: CInt
}
