// Ending a statement while it runs. SQLite's own interrupt, called from another thread, may as well
// hit the end of a transaction, and leave it open; this can't.

import GRDB
import GRDBSQLite

extension Database {
  /// Runs statements that end with `SQLITE_INTERRUPT` once `isCancelled` says so.
  func interrupting<Value>(
    when isCancelled: () -> Bool, _ body: () throws -> Value
  ) throws -> Value {
    try withoutActuallyEscaping(isCancelled) { isCancelled in
      var isCancelled = isCancelled
      return try withUnsafeMutablePointer(to: &isCancelled) { context in
        let instructions: CInt = 1000
        sqlite3_progress_handler(
          sqliteConnection, instructions,
          { context in
            let isCancelled = context?.assumingMemoryBound(to: (() -> Bool).self).pointee
            return isCancelled?() == true ? 1 : 0
          }, context)
        defer { sqlite3_progress_handler(sqliteConnection, 0, nil, nil) }
        return try body()
      }
    }
  }
}
