// Databases of other programs: whose they are is told by their tables.

import Core
import GRDB

enum HistoryDatabase {
  /// What reads a database. Throws `unknownFile` for one of no known program.
  ///
  /// - Parameters:
  ///   - time: in seconds since 1970, for what has no time of its own.
  ///   - folder: where its copy is made.
  static func source(
    path: String, at time: Double, copyingTo folder: String, notes: HistoryNotes
  ) throws -> any HistorySource {
    let connection = try DatabaseCopy(of: path, in: folder).connection
    do {
      let tables = try connection.read { db in
        Set(try String.fetchAll(db, sql: "SELECT name FROM sqlite_master WHERE type = 'table'"))
      }
      if tables.contains("turns") && tables.contains("threads") || tables.contains("responses") {
        return try LLMLog(connection, tables: tables, path: path, at: time, notes: notes)
      }
      if tables.contains("evals") && tables.contains("eval_results") {
        return try PromptfooDatabase(connection, path: path, notes: notes)
      }
      let problem =
        tables.contains("logs")
        ? "it was written by an llm of before 0.5: `llm logs` of a later one brings it up to date"
        : "it is no database of llm or promptfoo"
      throw SessionError.unknownFile(path: path, problem: problem)
    } catch {
      throw SessionError(error, path: path)
    }
  }
}

extension Row {
  /// The row as an object by its columns; bytes are left out.
  var json: JSON {
    JSON.object(
      JSON.Object(
        map { column, value in
          JSON.Object.Member(name: column, value: JSON(value.storage))
        }))
  }
}

extension JSON {
  fileprivate init(_ storage: DatabaseValue.Storage) {
    switch storage {
    case .null, .blob: self = .null
    case .int64(let value): self = .integer(Int(value))
    case .double(let value): self = value.isFinite ? .number(value) : .null
    case .string(let value): self = .string(value)
    }
  }
}
