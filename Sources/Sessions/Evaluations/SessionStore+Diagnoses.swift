import Core
import Evaluation
import GRDB

// Diagnoses that were made: what the points of a map are.

extension SessionStore {
  /// Keeps a diagnosis.
  public func keep(_ report: DiagnosisReport) throws(SessionError) {
    let id = identifiers.next(now: report.madeAt)
    try writeDurably { db in
      try db.execute(
        sql: """
          INSERT INTO diagnosis (id, evaluation, dataset_hash, made_at, json) VALUES (?, ?, ?, ?, ?)
          """,
        arguments: [
          id, report.ground.evaluation, report.ground.datasetHash, report.madeAt, report.json.text,
        ])
    }
  }

  /// The diagnoses on a dataset, the oldest first; one that a later whet wrote is left out.
  public func diagnoses(ofDataset hash: String) throws(SessionError) -> [DiagnosisReport] {
    try read { db in
      let texts = try String.fetchAll(
        db, sql: "SELECT json FROM diagnosis WHERE dataset_hash = ? ORDER BY made_at, id",
        arguments: [hash])
      return texts.compactMap { text in
        (try? JSON(parsing: text)).flatMap { try? DiagnosisReport(json: $0, name: "the store") }
      }
    }
  }
}
