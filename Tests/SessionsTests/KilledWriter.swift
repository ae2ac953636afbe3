// kill -9 of the program that the store's tests write with.

import Foundation
import Testing

/// Runs SessionWriter until it has said so many lines, lets it go on for some microseconds, and kills
/// it.
///
/// - Returns: all that it had said.
func outputOfKilledWriter(
  _ arguments: [String], afterLines lines: Int, microseconds: UInt32
) throws -> Data {
  var ends: [Int32] = [0, 0]
  try #require(pipe(&ends) == 0)
  // Programs that other tests start meanwhile must not hold it open.
  for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
  defer { close(ends[0]) }
  var actions = posix_spawn_file_actions_t()
  posix_spawn_file_actions_init(&actions)
  defer { posix_spawn_file_actions_destroy(&actions) }
  posix_spawn_file_actions_adddup2(&actions, ends[1], STDOUT_FILENO)
  posix_spawn_file_actions_addclose(&actions, ends[0])
  posix_spawn_file_actions_addclose(&actions, ends[1])
  let program = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath()
    .deletingLastPathComponent().appending(path: "SessionWriter").path
  var words = ([program] + arguments).map { strdup($0) } + [nil]
  defer { for word in words { free(word) } }
  var process: pid_t = 0
  let problem = posix_spawn(&process, program, &actions, nil, &words, environ)
  close(ends[1])
  try #require(problem == 0, "\(program) can't be started")

  var output = Data()
  var seen = 0
  var buffer = [UInt8](repeating: 0, count: 4096)
  while seen < lines {
    let count = read(ends[0], &buffer, buffer.count)
    guard count > 0 else { break }
    output += buffer[..<count]
    seen += buffer[..<count].count { $0 == UInt8(ascii: "\n") }
  }
  usleep(microseconds)
  kill(process, SIGKILL)
  while case let count = read(ends[0], &buffer, buffer.count), count > 0 {
    output += buffer[..<count]
  }
  var status: Int32 = 0
  #expect(waitpid(process, &status, 0) == process)
  // The low seven bits of a status hold the signal (wait(2)): it had not ended by itself.
  #expect(status & 0x7F == SIGKILL)
  return output
}
