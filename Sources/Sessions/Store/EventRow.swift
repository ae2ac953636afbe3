// Wire events as rows of the table `event`. A body's bytes are kept as they came, not as JSON:
// this is what is written while a run streams.

import Core
import GRDB

import struct Foundation.Data

enum EventRow {
  /// Adds events behind those that a run has.
  static func insert(
    _ events: [TimedWireEvent], run: Int64, from first: Int, into db: Database
  ) throws {
    let statement = try db.cachedStatement(
      sql: """
        INSERT INTO event (run, number, at_ms, kind, status, content) VALUES (?, ?, ?, ?, ?, ?)
        """)
    for (number, timed) in zip(first..., events) {
      let (kind, status, content) = columns(of: timed.event)
      try statement.execute(arguments: [run, number, timed.time, kind, status, content])
    }
  }

  /// All events of a run, in their order.
  static func fetchAll(run: Int64, from db: Database) throws -> [TimedWireEvent] {
    let rows = try Row.fetchCursor(
      db, sql: "SELECT at_ms, kind, status, content FROM event WHERE run = ? ORDER BY number",
      arguments: [run])
    var events: [TimedWireEvent] = []
    while let row = try rows.next() {
      let content: Data = row[3] ?? Data()
      let event = try event(kind: row[1], status: row[2], content: content)
      events.append(TimedWireEvent(time: row[0], event: event))
    }
    return events
  }

  private static func columns(
    of event: WireEvent
  ) -> (kind: String, status: Int?, content: Data?) {
    switch event {
    case .request(let request): ("request", nil, Data(request.json.text.utf8))
    case .retry(let retry): ("retry", nil, Data(retry.json.text.utf8))
    case .head(let status, let contentType): ("head", status, Data(contentType.utf8))
    case .body(let bytes): ("body", nil, Data(bytes))
    case .end(.complete): ("complete", nil, nil)
    case .end(.failed(let message)): ("failed", nil, Data(message.utf8))
    case .end(.cancelled): ("cancelled", nil, nil)
    }
  }

  private static func event(kind: String, status: Int?, content: Data) throws -> WireEvent {
    switch kind {
    case "head":
      .head(status: status ?? 0, contentType: String(decoding: content, as: UTF8.self))
    case "body": .body([UInt8](content))
    case "request": .request(try decoded(content, SentRequest.init))
    case "retry": .retry(try decoded(content, Retry.init))
    case "complete": .end(.complete)
    case "failed": .end(.failed(String(decoding: content, as: UTF8.self)))
    case "cancelled": .end(.cancelled)
    default: throw DatabaseError(resultCode: .SQLITE_CORRUPT)
    }
  }

  private static func decoded<Value>(_ content: Data, _ decode: (JSON) -> Value?) throws -> Value {
    guard let value = decode(try JSON(parsing: content)) else {
      throw DatabaseError(resultCode: .SQLITE_CORRUPT)
    }
    return value
  }
}
