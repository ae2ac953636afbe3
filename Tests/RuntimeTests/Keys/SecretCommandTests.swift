import Foundation
import Testing

@testable import Runtime

@Suite("A command that prints a key")
struct SecretCommandTests {
  private let folder = NSTemporaryDirectory() + "whet-\(UUID().uuidString)"

  init() throws {
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
  }

  /// Runs a command to its end.
  private func outcome(
    of command: String, timeLimit: Duration = .seconds(30),
    environment: [String: String] = ["PATH": "/usr/bin:/bin"],
    whileItRuns: (SecretCommand) -> Void = { _ in }
  ) throws -> Result<String, SecretCommandError> {
    let bell = Bell()
    let process = SecretCommand(
      command, environment: environment, timeLimit: timeLimit, onEnd: { bell.ring() })
    whileItRuns(process)
    var polled = pollfd(fd: bell.descriptor, events: Int16(POLLIN), revents: 0)
    try #require(poll(&polled, 1, 60_000) == 1, "it goes on")
    return try #require(process.outcome)
  }

  /// Why a command gave no key.
  private func error(of command: String, timeLimit: Duration = .seconds(30)) throws -> String {
    switch try outcome(of: command, timeLimit: timeLimit) {
    case .success: return "it gave one"
    case .failure(let error): return error.description
    }
  }

  @Test(
    arguments: [
      ("echo key", "key"), ("printf key", "key"), ("printf ' key\\t\\r\\n'", "key"),
      ("printf 'key\\nlogin: me\\n'", "key"), ("echo key; echo warning >&2", "key"),
      ("yes | head -c 5000000", "y"), ("echo $PASSWORD_STORE", "store"),
    ])
  func firstLine(command: String, key: String) throws {
    let environment = ["PATH": "/usr/bin:/bin", "PASSWORD_STORE": "store"]
    let outcome = try outcome(of: command, environment: environment)
    #expect(try outcome.get() == key)
  }

  @Test("It has no terminal, no input, no descriptors of ours, and no word of GPG's terminal")
  func surroundings() throws {
    let ours = open("/dev/null", O_RDONLY)
    defer { close(ours) }
    // The third descriptor is the folder that `echo` reads.
    let command = """
      (exec < /dev/tty) 2>/dev/null && printf 'a terminal ';
      test -n "$GPG_TTY" && printf 'GPG_TTY ';
      printf 'input %s ' "$(cat | wc -c)"; cd /proc/self/fd; echo *
      """
    let environment = ["PATH": "/usr/bin:/bin", "GPG_TTY": "/dev/pts/0"]
    let outcome = try outcome(of: command, environment: environment)
    #expect(try outcome.get() == "input 0 0 1 2 3")
  }

  @Test(arguments: [
    ("exit 3", "The command 'exit 3' gave no key: it failed with status 3. Try it"),
    ("echo 'no such entry' >&2; exit 1", "it failed with status 1. Try"),
    ("true", "it printed nothing on the first line. Try"),
    ("printf '  \\n\\nkey\\n'", "it printed nothing on the first line. Try"),
    ("printf '\\377\\376\\n'", "it printed nothing on the first line. Try"),
    ("kill -INT $$", "it was ended by signal 2. Try"),
    ("kill -KILL $$", "it was ended by signal 9. Try"),
    ("no-such-program", "it failed with status 127. Try"),
  ])
  func failures(command: String, sentence: String) throws {
    #expect(try error(of: command).contains(sentence))
  }

  @Test("What it prints is no part of its failure, wherever it goes")
  func discretion() throws {
    let sentence = try error(of: "k=canary; k=$k-0123; echo $k; set -x; echo $k >&2; exit 1")
    #expect(sentence.contains("status 1. Try") && !sentence.contains("canary-0123"))
  }

  @Test("One that takes too long is ended, with what it has started")
  func tooLong() throws {
    let file = folder + "/process"
    let command = "sleep 1000 & echo $! > \(file); wait"
    let sentence = try error(of: command, timeLimit: .seconds(1))
    #expect(sentence.contains("it took longer than 1 s and was ended"))
    let text = try String(contentsOfFile: file, encoding: .utf8)
    #expect(hasGone(try #require(pid_t(text.dropLast()))))
  }

  @Test("What it leaves in the background is not waited for")
  func background() throws {
    let file = folder + "/process"
    // It keeps the pipes open.
    let outcome = try outcome(of: "sleep 1000 & echo $! > \(file); echo key")
    #expect(try outcome.get() == "key")
    let text = try String(contentsOfFile: file, encoding: .utf8)
    let process = try #require(pid_t(text.dropLast()))
    #expect(kill(process, SIGKILL) == 0)
  }

  @Test("One that is stopped ends at once")
  func stopped() throws {
    let outcome = try outcome(of: "sleep 1000") { $0.stop() }
    #expect(throws: SecretCommandError(.stopped, of: "sleep 1000")) { try outcome.get() }
  }
}
