import Core
import Evaluation
import Runtime
import Synchronization

// The answers that a command used, for a file that goes with an evaluation.

final class AnswerLines: Sendable {
  private let path: String
  /// By requests and repetitions: an answer that is used by several variants is written once.
  private let lines: Mutex<[String: String]>

  /// - Parameter path: a file of answers, which are kept; one that isn't there is made.
  init(path: String) throws {
    self.path = path
    var lines: [String: String] = [:]
    if PromptFiles.exists(path) {
      let text = try PromptFiles.read(path, mostBytes: 1 << 30)
      for line in text.split(separator: "\n") {
        guard let json = try? JSON(parsing: line.utf8), let request = json["request"]?.string else {
          throw CommandError(
            "\(path) is no file of answers: name another one, so that nothing in it is lost.")
        }
        lines[Self.key(request, json["repetition"]?.integer ?? 1)] = String(line)
      }
    }
    self.lines = Mutex(lines)
  }

  private static func key(_ request: String, _ repetition: Int) -> String {
    "\(request) \(repetition)"
  }

  func add(_ kept: KeptAnswer) {
    let line = RecordedAnswers.line(kept)
    lines.withLock { $0[Self.key(kept.hash, kept.repetition)] = line }
  }

  /// Sorted, so that the same answers make the same file.
  func write() throws {
    let lines = lines.withLock { $0 }
    try WholeFile.place(at: PromptFiles.absolute(path), overwrites: true) { write in
      for key in lines.keys.sorted() { try write((lines[key] ?? "") + "\n") }
    }
  }
}
