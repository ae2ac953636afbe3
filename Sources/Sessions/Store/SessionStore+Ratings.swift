// What a person thinks of the answers.

import Core
import GRDB

extension SessionStore {
  /// Keeps what a person thinks of a run, be it still streaming; nil takes it back.
  ///
  /// Throws `noRun` when there is none of that id.
  public func rate(_ run: Identifier, _ rating: Rating?) throws(SessionError) {
    try write { db in try Self.rate(run, rating, in: db) }
  }

  static func rate(_ run: Identifier, _ rating: Rating?, in db: Database) throws {
    let number = try number(of: run, in: db)
    guard let rating else {
      try db.execute(sql: "DELETE FROM rating WHERE run = ?", arguments: [number])
      return
    }
    try db.execute(
      sql: "INSERT OR REPLACE INTO rating (run, value, rated_at) VALUES (?, ?, ?)",
      arguments: [number, rating.rawValue, secondsSince1970()])
  }

  static func rating(of run: Int64, in db: Database) throws -> Rating? {
    try Int.fetchOne(db, sql: "SELECT value FROM rating WHERE run = ?", arguments: [run])
      .flatMap(Rating.init)
  }
}
