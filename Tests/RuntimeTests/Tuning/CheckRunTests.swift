import Core
import FineTuning
import Foundation
import RandomSource
import Runtime
import Testing

// Files as they are read for a check: in pieces, by several threads, with the same result as at once.

@Suite struct CheckRunTests {
  private func withFile<T>(_ bytes: [UInt8], _ use: (String) throws -> T) throws -> T {
    let path = FileManager.default.temporaryDirectory
      .appending(path: "whet-check-\(UUID().uuidString).jsonl").path
    try Data(bytes).write(to: URL(filePath: path))
    defer { try? FileManager.default.removeItem(atPath: path) }
    return try use(path)
  }

  /// Lines of many lengths, some of them wrong.
  private func lines(_ count: Int) -> [String] {
    var random = SeededRandom(seed: 11)
    return (0..<count).map { number in
      let answer = (0..<Int.random(in: 1...60, using: &random))
        .map { _ in String(Int.random(in: 0..<1000, using: &random)) }.joined(separator: " ")
      let role = number % 31 == 7 ? "friend" : "user"
      if number % 53 == 5 { return "" }
      return JSON.object(
        [
          "messages": [
            ["role": .string(role), "content": .string("Question \(number)?")],
            ["role": "assistant", "content": .string(answer)],
          ]
        ]
      ).text
    }
  }

  @Test(arguments: [1, 7, 200, 4096, 1 << 20])
  func `a file in pieces of any size is checked as at once`(size: Int) throws {
    let lines = lines(400)
    let settings = CheckSettings(window: 60)
    var check = TrainingCheck(settings: settings)
    for line in lines { check.take(Array(line.utf8)) }
    let expected = check.finish()
    #expect(expected.lines == 400)
    // With and without an end of the last line.
    for text in [lines.joined(separator: "\n"), lines.joined(separator: "\n") + "\n"] {
      try withFile(Array(text.utf8)) { path in
        let report = try CheckRun(settings: settings).check(path, chunkBytes: size)
        #expect(report == expected)
      }
    }
  }

  @Test func `a line that is too long is told, and the lines after it keep their numbers`() throws {
    let lines = lines(3)
    let long = String(repeating: "x", count: 5000)
    let text = [lines[0], long, lines[1], long, lines[2]].joined(separator: "\n")
    try withFile(Array(text.utf8)) { path in
      var chunks = try LineChunks(path: path, size: 100, longestLine: 2000)
      var found: [(Int, Int, Bool)] = []
      while let chunk = try chunks.next() {
        found.append((chunk.start, chunk.count, chunk.isLongLine))
      }
      #expect(found.filter(\.2).map(\.0) == [1, 3])
      #expect(found.reduce(0) { $0 + $1.1 } == 5)
      #expect(chunks.position == text.utf8.count)
    }
  }

  @Test func `a file that isn't there, and a folder, are told in a sentence`() throws {
    #expect(throws: LineFileError.self) {
      _ = try CheckRun(settings: CheckSettings()).check("/nowhere/at-all.jsonl")
    }
    let error = #expect(throws: LineFileError.self) {
      _ = try CheckRun(settings: CheckSettings()).check("/tmp")
    }
    #expect(error?.description == "/tmp can't be read: is a directory.")
  }

  @Test func `a check that is stopped has no report`() throws {
    try withFile(Array(lines(200).joined(separator: "\n").utf8)) { path in
      var steps = 0
      let report = try CheckRun(settings: CheckSettings()).check(path, chunkBytes: 500) { _ in
        steps += 1
        return steps < 5
      }
      #expect(report == nil)
      #expect(steps == 5)
    }
  }

  @Test func `an empty file has no examples`() throws {
    try withFile([]) { path in
      let report = try CheckRun(settings: CheckSettings()).check(path)
      #expect(report?.lines == 0)
      #expect(report?.counts == ["too-few-examples": 1])
    }
  }
}
