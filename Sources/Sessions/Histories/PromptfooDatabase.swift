// The database in which promptfoo keeps its evaluations (`~/.promptfoo/promptfoo.db`). Results have
// rows of their own since 0.93; before, an evaluation's row held all of them.

import Core
import GRDB

final class PromptfooDatabase: HistorySource {
  private let connection: DatabaseQueue
  private let path: String
  private let notes: HistoryNotes
  /// The ids of the evaluations that haven't been read, the last one first.
  private var evaluations: [String] = []

  init(_ connection: DatabaseQueue, path: String, notes: HistoryNotes) throws {
    (self.connection, self.path, self.notes) = (connection, path, notes)
    evaluations = try connection.read { db in
      try String.fetchAll(db, sql: "SELECT id FROM evals ORDER BY created_at DESC, id DESC")
    }
  }

  func next() throws -> HistorySession? {
    while let id = evaluations.popLast() {
      let place = "\(path): evaluation \(id)"
      let (evaluation, results) = try rows(of: id)
      do throws(ImportError) {
        let session = try Self.session(of: evaluation, results, place: place)
        notes.add(session.notes)
        return HistorySession(session)
      } catch {
        notes.leaveOut("\(error)")
      }
    }
    return nil
  }

  private func rows(of id: String) throws(SessionError) -> (evaluation: JSON, results: [JSON]) {
    do {
      return try connection.read { db in
        let evaluation = try Row.fetchOne(
          db, sql: "SELECT * FROM evals WHERE id = ?", arguments: [id])
        let results = try Row.fetchAll(
          db,
          sql: "SELECT * FROM eval_results WHERE eval_id = ? ORDER BY test_idx, prompt_idx, id",
          arguments: [id])
        return (evaluation?.json ?? [:], results.map(\.json))
      }
    } catch {
      throw SessionError(error, path: path)
    }
  }

  private static func session(
    of row: JSON, _ results: [JSON], place: String
  ) throws(ImportError) -> ImportedSession {
    let id = row["id"]?.string ?? ""
    let time = row["created_at"]?.double.map { $0 / 1000 } ?? 0
    let configuration = parsed(row["config"])
    guard results.isEmpty else {
      return try PromptfooEvaluation(
        id: id, items: results.map(result), prompts: parsed(row["prompts"]).array ?? [],
        configuration: configuration, name: id, createdAt: time, else: time, place: place
      ).imported()
    }
    let document: JSON = [
      "evalId": .string(id), "results": parsed(row["results"]), "config": configuration,
    ]
    return try PromptfooEvaluation.session(of: document, name: id, place: place, at: time)
  }

  /// A row in the form in which an exported file has it.
  private static func result(_ row: JSON) -> JSON {
    var object = JSON.Object()
    for (column, member) in [
      ("id", "id"), ("test_idx", "testIdx"), ("prompt_idx", "promptIdx"), ("error", "error"),
      ("latency_ms", "latencyMs"), ("cost", "cost"), ("score", "score"),
      ("failure_reason", "failureReason"),
    ] {
      if let value = row[column], !value.isNull { object[member] = value }
    }
    for (column, member) in [
      ("test_case", "testCase"), ("prompt", "prompt"), ("provider", "provider"),
      ("response", "response"), ("grading_result", "gradingResult"),
    ] {
      let value = parsed(row[column])
      if !value.isNull { object[member] = value }
    }
    if let success = row["success"]?.integer { object["success"] = .bool(success != 0) }
    return .object(object)
  }

  private static func parsed(_ text: JSON?) -> JSON {
    text?.string.flatMap { try? JSON(parsing: $0) } ?? .null
  }
}
