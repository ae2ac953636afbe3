// A statement whose values are bytes where they are: there are millions of posting lists, and GRDB
// would copy each.

import GRDB
import GRDBSQLite

/// A prepared statement of SQLite; valid as long as the GRDB statement that it is made of.
struct RawStatement {
  private let statement: Statement
  private let connection: SQLiteConnection?

  init(_ statement: Statement, _ db: Database) {
    self.statement = statement
    connection = db.sqliteConnection
    reset()
  }

  private var pointer: SQLiteStatement { statement.sqliteStatement }

  func reset() { sqlite3_reset(pointer) }

  // MARK: Parameters, counted from 1

  func bind(_ value: Int64, at index: CInt) { sqlite3_bind_int64(pointer, index, value) }

  /// The bytes must stay where they are until the statement is reset.
  func bind(text bytes: UnsafeRawBufferPointer, at index: CInt) {
    let text = bytes.baseAddress?.assumingMemoryBound(to: CChar.self)
    sqlite3_bind_text(pointer, index, text, CInt(clamping: bytes.count), nil)
  }

  /// The bytes must stay where they are until the statement is reset.
  func bind(blob bytes: UnsafeRawBufferPointer, at index: CInt) {
    sqlite3_bind_blob64(pointer, index, bytes.baseAddress, UInt64(bytes.count), nil)
  }

  /// Whether there is a row. At the end the statement is reset.
  func step() throws -> Bool {
    switch sqlite3_step(pointer) {
    case SQLITE_ROW: return true
    case SQLITE_DONE:
      reset()
      return false
    case let code:
      let message = String(cString: sqlite3_errmsg(connection))
      reset()
      throw DatabaseError(resultCode: ResultCode(rawValue: code), message: message)
    }
  }

  // MARK: Columns, counted from 0; bytes are there until the next step

  func integer(at column: CInt) -> Int { Int(sqlite3_column_int64(pointer, column)) }

  func text(at column: CInt) -> UnsafeRawBufferPointer {
    let text = sqlite3_column_text(pointer, column)
    return UnsafeRawBufferPointer(
      start: text, count: text == nil ? 0 : Int(sqlite3_column_bytes(pointer, column)))
  }

  func blob(at column: CInt) -> UnsafeRawBufferPointer {
    let blob = sqlite3_column_blob(pointer, column)
    return UnsafeRawBufferPointer(
      start: blob, count: blob == nil ? 0 : Int(sqlite3_column_bytes(pointer, column)))
  }
}

extension String {
  /// Calls back with its UTF-8 bytes.
  func withRawBytes<Value>(_ body: (UnsafeRawBufferPointer) throws -> Value) rethrows -> Value {
    var text = self
    return try text.withUTF8 { try body(UnsafeRawBufferPointer($0)) }
  }
}
