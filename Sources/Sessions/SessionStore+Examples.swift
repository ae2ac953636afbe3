// Answers that a person rated good, as examples of what their prompt is to answer.

import Core
import GRDB

extension SessionStore {
  /// The runs of any version of a prompt whose answers were rated good and ended well, newest
  /// first; of runs with the same inputs, the newest.
  ///
  /// - Parameters:
  ///   - prompt: what the prompt's draft is kept under.
  ///   - limit: how many at most.
  public func ratedExamples(
    of prompt: String, limit: Int
  ) throws(SessionError) -> [Example] {
    try read { db in
      let rows = try Row.fetchCursor(
        db,
        sql: """
          SELECT run_json, answer_json
          FROM rating JOIN run ON run.number = rating.run JOIN record ON record.run = run.number
          WHERE rating.value = 1 AND run.finish_reason = 'stop'
            AND run.version IN (SELECT hash FROM version WHERE prompt = ?)
          ORDER BY run.started_at DESC, run.id DESC
          """,
        arguments: [prompt])
      var examples: [Example] = []
      var seen: Set<[String: String]> = []
      while examples.count < limit, let row = try rows.next() {
        guard let answerText = row[1] as String?, let run = Run(json: try JSON(parsing: row[0])),
          let answer = Answer(json: try JSON(parsing: answerText)), !answer.text.isEmpty,
          seen.insert(run.inputs).inserted
        else { continue }
        examples.append(
          Example(inputs: run.inputs, passages: run.request.passages, answer: answer.text))
      }
      return examples
    }
  }
}
