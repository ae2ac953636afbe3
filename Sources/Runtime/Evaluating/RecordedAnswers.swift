import Core
import Evaluation

// Answers that go with an evaluation's files, so that it runs where there is no server: JSON Lines,
// each the name of an exact request with its answer.

/// Answers by the requests that they are to.
public struct RecordedAnswers: Sendable {
  private struct Key: Hashable {
    var hash: String
    var repetition: Int
  }

  private var answers: [Key: Answer] = [:]

  /// The answers of a file: `{"request", "model", "repetition", "answer"}` a line, in which the request is
  /// `CompletionRequest.exactHash`.
  ///
  /// Throws `DatasetError` with the line that is none.
  public init(parsing text: String, name: String) throws {
    var number = 0
    for line in Array(text.utf8).split(
      separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    {
      number += 1
      guard line.contains(where: { $0 > UInt8(ascii: " ") }) else { continue }
      guard let json = try? JSON(parsing: line),
        let request = json["request"]?.string,
        let answer = json["answer"].flatMap(Answer.init)
      else {
        throw DatasetError(
          name: name, line: number,
          problem: "this is no recorded answer: {\"request\", \"repetition\", \"answer\"} was "
            + "expected, as `whet eval --record` writes it")
      }
      let key = Key(hash: request, repetition: json["repetition"]?.integer ?? 1)
      answers[key] = answer
    }
  }

  /// The answer that was recorded for a request; nil for none.
  public func answer(to hash: String, repetition: Int) -> Answer? {
    answers[Key(hash: hash, repetition: repetition)]
  }

  /// A line of such a file.
  public static func line(_ kept: KeptAnswer) -> String {
    let line: JSON = [
      "request": .string(kept.hash), "model": .string(kept.request.model.description),
      "repetition": .integer(kept.repetition),
      "answer": .object(kept.answer.json),
    ]
    return line.text
  }
}
