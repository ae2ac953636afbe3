import GRDB

// The tokenizer for indexes that aren't in a file of SQLite's: it needs a database, and gets one in
// memory.

/// Takes the words of texts, one text at a time.
struct WordReader: Sendable {
  private let database: DatabaseQueue

  init() throws { database = try DatabaseQueue() }

  func read<Value>(_ body: (Tokenizer) throws -> Value) throws -> Value {
    try database.read { try body(Tokenizer($0)) }
  }
}
