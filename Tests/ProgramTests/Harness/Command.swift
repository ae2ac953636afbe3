import CTerminal
import Foundation
import Synchronization

// A program with no terminal: its input is a text, its output and errors are pipes. Nothing here
// sleeps; what is waited for has a deadline.
//
//   let command = try Command("whet", ["run", "a.prompt"])
//   try command.wait(for: "first words")
//   command.signal(SIGINT)
//   let result = try command.finish()

final class Command {
  /// What a program that has ended leaves behind.
  struct Result {
    var ending: PseudoTerminal.Ending
    var output: String
    var errors: String
    /// The bytes that `output` is made of.
    var outputBytes: [UInt8]

    /// The exit status; minus the signal's number when one ended it.
    var status: CInt {
      switch ending {
      case .exited(let status): status
      case .killed(let signal): -signal
      }
    }

    var lines: [String] { output.split(separator: "\n").map(String.init) }
  }

  let process: pid_t
  private let processDescriptor: CInt
  private var streams: [Stream]
  private var ending: PseudoTerminal.Ending?

  /// One of the two pipes, with what has come through it.
  private struct Stream {
    var descriptor: CInt
    var bytes: [UInt8] = []
  }

  /// Starts a program of this package by its name, or any by its path.
  ///
  /// - Parameters:
  ///   - input: all of its standard input, at most a pipe's 64 KB; nil for `/dev/null`.
  ///   - environment: what it sees besides PATH and LANG (`C.UTF-8`).
  init(
    _ program: String, _ arguments: [String] = [], input: String? = nil,
    environment: [String: String] = [:], directory: String? = nil
  ) throws {
    let path = program.contains("/") ? program : PseudoTerminal.path(of: program)
    var words = [path] + arguments
    if let directory { words = ["/usr/bin/env", "--chdir=" + directory] + words }
    let variables = ["LANG": "C.UTF-8", "PATH": "/usr/bin:/bin"]
      .merging(environment) { _, new in new }
    let (process, output, errors) = try spawning.withLock { _ in
      try Self.spawn(words, input: input, environment: variables)
    }
    self.process = process
    processDescriptor = open_process(process)
    streams = [Stream(descriptor: output), Stream(descriptor: errors)]
  }

  private static func spawn(
    _ words: [String], input: String?, environment: [String: String]
  ) throws -> (process: pid_t, output: CInt, errors: CInt) {
    let output = try pipe()
    let errors = try pipe()
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    var inputEnd: CInt = -1
    if let input {
      let ends = try pipe()
      inputEnd = ends.read
      posix_spawn_file_actions_adddup2(&actions, ends.read, STDIN_FILENO)
      _ = Glibc.write(ends.write, input, input.utf8.count)
      close(ends.write)
    } else {
      posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0)
    }
    posix_spawn_file_actions_adddup2(&actions, output.write, STDOUT_FILENO)
    posix_spawn_file_actions_adddup2(&actions, errors.write, STDERR_FILENO)
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    var signals = sigset_t()
    sigfillset(&signals)
    posix_spawnattr_setsigdefault(&attributes, &signals)
    posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGDEF))

    var process: pid_t = 0
    let problem = withCStrings(words) { arguments in
      withCStrings(environment.map { "\($0.key)=\($0.value)" }) { environment in
        posix_spawn(&process, words[0], &actions, &attributes, arguments, environment)
      }
    }
    for descriptor in [output.write, errors.write, inputEnd] where descriptor >= 0 {
      close(descriptor)
    }
    guard problem == 0 else {
      throw PseudoTerminal.Failure(
        description: "\(words[0]): \(String(cString: strerror(problem)))")
    }
    return (process, output.read, errors.read)
  }

  private static func pipe() throws -> (read: CInt, write: CInt) {
    var ends: [CInt] = [-1, -1]
    guard Glibc.pipe(&ends) == 0 else {
      throw PseudoTerminal.Failure(description: "No pipe: \(String(cString: strerror(errno)))")
    }
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    return (ends[0], ends[1])
  }

  deinit {
    if ending == nil {
      kill(process, SIGKILL)
      waitpid(process, nil, 0)
    }
    for stream in streams where stream.descriptor >= 0 { close(stream.descriptor) }
    close(processDescriptor)
  }

  func signal(_ number: CInt) { kill(process, number) }

  /// Reads its output no longer, as `head` does when it has seen enough.
  func closeOutput() {
    close(streams[0].descriptor)
    streams[0].descriptor = -1
  }

  /// Reads until a text is in its output.
  func wait(for text: String, within seconds: Double = 20) throws {
    let deadline = Deadline(in: seconds)
    while !String(decoding: streams[0].bytes, as: UTF8.self).contains(text) {
      guard streams[0].descriptor >= 0, read(until: deadline) else {
        throw failure("\(text.debugDescription) did not come")
      }
    }
  }

  /// Reads until it has ended.
  func finish(within seconds: Double = 30) throws -> Result {
    let deadline = Deadline(in: seconds)
    while streams.contains(where: { $0.descriptor >= 0 }) {
      guard read(until: deadline) else { throw failure("The program goes on") }
    }
    var polled = pollfd(fd: processDescriptor, events: Int16(POLLIN), revents: 0)
    var status: CInt = 0
    guard poll(&polled, 1, deadline.milliseconds) > 0, has_ended(process, &status) != 0 else {
      throw failure("The program goes on, though its pipes are closed")
    }
    let ending: PseudoTerminal.Ending =
      status < 0 ? .killed(signal: -status) : .exited(status)
    self.ending = ending
    return Result(
      ending: ending, output: String(decoding: streams[0].bytes, as: UTF8.self),
      errors: String(decoding: streams[1].bytes, as: UTF8.self), outputBytes: streams[0].bytes)
  }

  /// Takes in what comes next; false when nothing does in time.
  private func read(until deadline: Deadline) -> Bool {
    var polled = streams.map { pollfd(fd: $0.descriptor, events: Int16(POLLIN), revents: 0) }
    guard poll(&polled, nfds_t(polled.count), deadline.milliseconds) > 0 else { return false }
    for index in streams.indices where polled[index].revents != 0 {
      var bytes = [UInt8](repeating: 0, count: 65536)
      let count = Glibc.read(streams[index].descriptor, &bytes, bytes.count)
      if count > 0 {
        streams[index].bytes += bytes.prefix(count)
      } else {
        close(streams[index].descriptor)
        streams[index].descriptor = -1
      }
    }
    return true
  }

  private func failure(_ reason: String) -> PseudoTerminal.Failure {
    let output = String(decoding: streams[0].bytes, as: UTF8.self)
    let errors = String(decoding: streams[1].bytes, as: UTF8.self)
    return PseudoTerminal.Failure(description: "\(reason). Output:\n\(output)\nErrors:\n\(errors)")
  }
}

/// Held while a program is started, so that none inherits the ends of another's pipes.
let spawning = Mutex(())

/// A moment after which nothing is waited for any more.
struct Deadline {
  private let moment: Double

  init(in seconds: Double) { moment = Self.now + seconds }

  /// What is left of it, for poll(2).
  var milliseconds: CInt { CInt(max(0, (moment - Self.now) * 1000).rounded(.up)) }

  /// Seconds on a clock that never goes back.
  static var now: Double {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }
}
