import Core
import Evaluation
import FineTuning
import Foundation

// Sets that a file for training is held against: what it shares with them proves nothing.

/// Where another set is read from.
public enum ComparedSource: Hashable, Sendable {
  /// Examples for validation, a line each, as in a file for training.
  case validation(String)
  /// An evaluation's file, a dataset of cases, or examples as in a file for training.
  case evaluation(String)
  /// Cases that are at hand, and what they are called.
  case cases([EvaluationCase], name: String)

  /// Adds the examples to a check. Throws with a sentence.
  func read(into check: inout TrainingCheck) throws {
    switch self {
    case .validation(let path): try Self.readLines(of: path, .validation, into: &check)
    case .evaluation(let path):
      if try Self.holdsExamples(path) {
        try Self.readLines(of: path, .evaluation, into: &check)
      } else {
        Self.take(try Self.inputs(of: path), named: Self.name(path), into: &check)
      }
    case .cases(let cases, let name): Self.take(cases.map(\.inputs), named: name, into: &check)
    }
  }

  private static func readLines(
    of path: String, _ group: ExampleGroup, into check: inout TrainingCheck
  ) throws {
    var chunks = try LineChunks(path: path)
    check.compare(with: name(path), group: group)
    var examples = 0
    while let chunk = try chunks.next() {
      chunk.forEachLine { bytes, number in
        guard let example = LineVerdict(of: bytes).example else { return }
        examples += 1
        check.takeCompared(ExampleFingerprint(example), number: number)
      }
    }
    if examples == 0 { throw LineFileError(description: "\(path) holds no example.") }
  }

  /// A case is known by all that it asks, and by each long text in it.
  private static func take(
    _ cases: [JSON.Object], named name: String, into check: inout TrainingCheck
  ) {
    check.compare(with: name, word: "case", group: .evaluation)
    for (place, inputs) in cases.enumerated() {
      let texts = inputs.members.filter { $0.name != "passages" && $0.name != "id" }
        .map { $0.value.string ?? $0.value.text }
      check.takeCompared(
        ExampleFingerprint(input: texts.joined(separator: "\n")), number: place + 1)
      guard texts.count > 1 else { continue }
      for text in texts where text.utf8.count >= leastBytes {
        check.takeCompared(ExampleFingerprint(input: text), number: place + 1)
      }
    }
  }

  /// A shorter text beside others, such as a language's name, is shared by chance.
  private static let leastBytes = 40

  private static func inputs(of path: String) throws -> [JSON.Object] {
    let ending = path.split(separator: ".").last?.lowercased() ?? ""
    if ["yaml", "yml", "json"].contains(ending),
      let plan = try? EvaluationFiles.plan(at: path), !plan.cases.isEmpty
    {
      return plan.cases.map(\.inputs)
    }
    return try InputFiles.dataset(at: path, promptPath: nil).dataset.cases.map(\.values)
  }

  /// Whether the first line of a file is an example for training.
  private static func holdsExamples(_ path: String) throws -> Bool {
    guard path.lowercased().hasSuffix(".jsonl") else { return false }
    var chunks = try LineChunks(path: path, size: 1 << 16)
    var isExample = false
    try chunks.next()?.forEachLine { bytes, number in
      if number == 1 { isExample = LineVerdict(of: bytes).example != nil }
    }
    return isExample
  }

  private static func name(_ path: String) -> String {
    path.split(separator: "/").last.map(String.init) ?? path
  }
}
