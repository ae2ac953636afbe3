// Training examples as rows of their two tables, on their way in and out.

import Core
import FineTuning
import GRDB

import struct Foundation.Data

enum TrainingRow {
  /// An example's row: its set's id times 2^32, and its number.
  static func id(_ number: Int, in set: Int64) -> Int64 { set << 32 | Int64(number) }

  static func number(of id: Int64) -> Int { Int(id & 0xFFFF_FFFF) }

  /// As many as a set can have.
  static let mostExamples = 0xFFFF_FFFF

  /// The first half of a SHA-256 that is written in hexadecimal digits; nil for what is none.
  static func half(ofHash hash: String) -> Data? {
    let digits = Array(hash.utf8.prefix(32))
    guard digits.count == 32 else { return nil }
    var bytes = Data(capacity: 16)
    for place in stride(from: 0, to: 32, by: 2) {
      guard let high = value(digits[place]), let low = value(digits[place + 1]) else { return nil }
      bytes.append(high << 4 | low)
    }
    return bytes
  }

  private static func value(_ digit: UInt8) -> UInt8? {
    switch digit {
    case 0x30...0x39: digit - 0x30
    case 0x61...0x66: digit - 0x61 + 10
    default: nil
    }
  }

  // MARK: Columns

  static func column(_ state: ExampleState) -> Int {
    switch state {
    case .pending: 0
    case .approved: 1
    case .rejected: -1
    }
  }

  static func state(_ column: Int) throws -> ExampleState {
    switch column {
    case 0: .pending
    case 1: .approved
    case -1: .rejected
    default: throw DatabaseError(resultCode: .SQLITE_CORRUPT)
    }
  }

  static func column(_ tags: [String]) -> String {
    tags.isEmpty ? "" : JSON.array(tags.map(JSON.string)).text
  }

  static func tags(_ column: String) throws -> [String] {
    guard !column.isEmpty else { return [] }
    return (try JSON(parsing: column).array ?? []).compactMap(\.string)
  }

  static func lineage(_ column: String) throws -> ExampleLineage {
    guard let lineage = ExampleLineage(json: try JSON(parsing: column)) else {
      throw DatabaseError(resultCode: .SQLITE_CORRUPT)
    }
    return lineage
  }

  static func example(_ column: String) throws -> TrainingExample {
    guard let example = TrainingExample(json: try JSON(parsing: column)) else {
      throw DatabaseError(resultCode: .SQLITE_CORRUPT)
    }
    return example
  }

  private static func kinds(of example: TrainingExample) -> Int {
    (example.rejected == nil ? 0 : 1) | (example.tools == nil ? 0 : 2)
  }

  // MARK: Writing

  /// - Parameters:
  ///   - line: the example's line, which its hash is made of.
  ///   - hash: half of that.
  static func insert(
    _ stored: StoredExample, line: String, hash: Data, in set: Int64, into db: Database
  ) throws {
    let id = id(stored.number, in: set)
    try db.cachedStatement(
      sql: """
        INSERT INTO training_example (id, hash, state, tokens, turns, kinds, tags, lineage)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?)
        """
    ).execute(arguments: [
      id, hash, column(stored.state), stored.tokens, stored.example.turnCount,
      kinds(of: stored.example), column(stored.tags), stored.lineage.json.text,
    ])
    try db.cachedStatement(
      sql: "INSERT INTO training_text (id, question, answer, json) VALUES (?, ?, ?, ?)"
    ).execute(arguments: [
      id, stored.example.questionBeginning, stored.example.answerBeginning, line,
    ])
  }

  /// Writes what is thought of an example, and, where they changed, what it says.
  static func update(
    _ stored: StoredExample, withText: Bool, in set: Int64, of db: Database
  ) throws {
    let id = id(stored.number, in: set)
    guard withText else {
      try db.cachedStatement(sql: "UPDATE training_example SET state = ?, tags = ? WHERE id = ?")
        .execute(arguments: [column(stored.state), column(stored.tags), id])
      return
    }
    let line = stored.example.json.text
    try db.cachedStatement(
      sql: """
        UPDATE training_example
        SET hash = ?, state = ?, tokens = ?, turns = ?, kinds = ?, tags = ?, lineage = ?
        WHERE id = ?
        """
    ).execute(arguments: [
      half(ofHash: ContentHash.of(line)), column(stored.state), stored.tokens,
      stored.example.turnCount, kinds(of: stored.example), column(stored.tags),
      stored.lineage.json.text, id,
    ])
    try db.cachedStatement(
      sql: "UPDATE training_text SET question = ?, answer = ?, json = ? WHERE id = ?"
    ).execute(arguments: [
      stored.example.questionBeginning, stored.example.answerBeginning, line, id,
    ])
  }

  // MARK: Reading

  /// What `facts` reads, in its order.
  static let factColumns = """
    training_example.id, state, tokens, turns, kinds, tags, lineage
    """

  /// - Parameter withLineage: whether it is read, too.
  static func facts(_ row: Row, withLineage: Bool) throws -> ExampleFacts {
    let kinds: Int = row[4]
    return ExampleFacts(
      number: number(of: row[0]), state: try state(row[1]), tags: try tags(row[5]),
      tokens: row[2], turns: row[3], isPreference: kinds & 1 != 0, hasTools: kinds & 2 != 0,
      lineage: withLineage ? try lineage(row[6]) : nil)
  }

  static func stored(_ id: Int64, in db: Database) throws -> StoredExample? {
    let statement = try db.cachedStatement(
      sql: """
        SELECT state, tags, lineage, tokens, json
        FROM training_example JOIN training_text USING (id) WHERE training_example.id = ?
        """)
    return try Row.fetchOne(statement, arguments: [id]).map { row in
      StoredExample(
        number: number(of: id), example: try example(row[4]), state: try state(row[0]),
        tags: try tags(row[1]), lineage: try lineage(row[2]), tokens: row[3])
    }
  }

  /// What a list shows of some examples, in the order of their numbers.
  ///
  /// - Parameter condition: on `training_example.id`, with a place for each of the arguments.
  static func rows(
    where condition: String, _ arguments: StatementArguments, in db: Database
  ) throws -> [ExampleRow] {
    let rows = try Row.fetchCursor(
      db,
      sql: """
        SELECT training_example.id, state, tags, question, answer, tokens, kinds
        FROM training_example JOIN training_text USING (id)
        WHERE \(condition) ORDER BY training_example.id
        """, arguments: arguments)
    var result: [ExampleRow] = []
    while let row = try rows.next() {
      let kinds: Int = row[6]
      result.append(
        ExampleRow(
          number: number(of: row[0]), state: try state(row[1]), tags: try tags(row[2]),
          question: row[3], answer: row[4], tokens: row[5], isPreference: kinds & 1 != 0))
    }
    return result
  }
}
