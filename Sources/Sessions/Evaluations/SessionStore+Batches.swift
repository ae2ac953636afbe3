import Core
import GRDB

// Batches under way: how far each is, so that nothing of one is sent twice.

/// A batch of an evaluation's requests.
public struct StoredBatch: Hashable, Sendable {
  /// The name of its server.
  public var provider: String
  /// The file of its requests.
  public var path: String
  public var journey: BatchJourney

  public init(provider: String, path: String, journey: BatchJourney) {
    self.provider = provider
    self.path = path
    self.journey = journey
  }
}

extension SessionStore {
  /// Keeps how far a batch is, and waits for the disk; one that is collected is forgotten.
  public func keep(_ batch: StoredBatch, ofPlan hash: String) throws(SessionError) {
    try writeDurably { db in
      if case .collected = batch.journey.stage {
        try db.execute(
          sql: "DELETE FROM evaluation_batch WHERE name = ?", arguments: [batch.journey.name])
        return
      }
      try db.execute(
        sql: """
          INSERT OR REPLACE INTO evaluation_batch (name, plan_hash, provider, path, journey_json)
          VALUES (?, ?, ?, ?, ?)
          """,
        arguments: [
          batch.journey.name, hash, batch.provider, batch.path, batch.journey.json.text,
        ])
    }
  }

  /// The batches of a plan that are not collected, in the order in which they were made.
  public func batches(ofPlan hash: String) throws(SessionError) -> [StoredBatch] {
    try read { db in
      let rows = try Row.fetchAll(
        db,
        sql: """
          SELECT provider, path, journey_json FROM evaluation_batch WHERE plan_hash = ?
          ORDER BY name
          """, arguments: [hash])
      return try rows.compactMap { row in
        BatchJourney(json: try JSON(parsing: row[2] as String)).map {
          StoredBatch(provider: row[0], path: row[1], journey: $0)
        }
      }
    }
  }
}
