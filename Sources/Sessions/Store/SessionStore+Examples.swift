// Answers that a person corrected or rated good, as examples of what their prompt is to answer.

import Core
import GRDB

import struct Foundation.Data

extension SessionStore {
  /// The runs of any version of a prompt that show what is wanted: those whose answers were corrected,
  /// with the corrected text, then those that were rated good and ended well; newest first, and of
  /// runs with the same inputs, the first.
  ///
  /// - Parameters:
  ///   - prompt: what the prompt's draft is kept under.
  ///   - limit: how many at most.
  public func examples(of prompt: String, limit: Int) throws(SessionError) -> [Example] {
    try read { db in
      let rows = try Row.fetchCursor(
        db,
        sql: """
          SELECT run_json, answer_json, (
              SELECT text FROM correction
              WHERE correction.run = run.number ORDER BY correction.number DESC LIMIT 1
            ) AS corrected
          FROM run JOIN record ON record.run = run.number
          WHERE run.version IN (SELECT hash FROM version WHERE prompt = ?)
            AND (corrected IS NOT NULL OR run.finish_reason = 'stop'
              AND run.number IN (SELECT run FROM rating WHERE value = 1))
          ORDER BY corrected IS NULL, run.started_at DESC, run.id DESC
          """,
        arguments: [prompt])
      var examples: [Example] = []
      var seen: Set<[String: String]> = []
      while examples.count < limit, let row = try rows.next() {
        guard let run = Run(json: try JSON(parsing: row[0])),
          let answer = try Self.wantedAnswer(answer: row[1], corrected: row[2]), !answer.isEmpty,
          seen.insert(run.inputs).inserted
        else { continue }
        let isCorrected = (row[2] as Data?) != nil
        examples.append(
          Example(
            inputs: run.inputs, passages: run.request.passages, answer: answer,
            lineage: Example.Lineage(run: run.id, isCorrected: isCorrected)))
      }
      return examples
    }
  }

  /// - Parameter answer: JSON.
  private static func wantedAnswer(answer: String?, corrected: Data?) throws -> String? {
    if let corrected { return String(decoding: corrected, as: UTF8.self) }
    return try answer.flatMap { Answer(json: try JSON(parsing: $0)) }?.text
  }
}
