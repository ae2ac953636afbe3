import CPostgres
import Glibc

// One connection to a database. Values are always bound, never written into a statement; while a
// statement runs, it can be cancelled.

/// A connection to a PostgreSQL server.
///
/// `@unchecked Sendable`: a connection is used by one thread at a time; `PostgresPool` lends it out.
final class PostgresConnection: @unchecked Sendable {
  private enum Limit {
    static let connectSeconds = 10
    /// A statement that was cancelled ends at once; a server that doesn't is given up.
    static let cancelMilliseconds = 5_000
    /// How often `isCancelled` is asked, in milliseconds.
    static let pause: Int32 = 20
  }

  let place: String
  private let connection: OpaquePointer

  /// Connects; throws `PostgresError`, and `CancellationError` once `isCancelled` says so.
  init(_ address: PostgresAddress, isCancelled: () -> Bool = { false }) throws {
    place = address.place
    // Those that the address sets come after, and win.
    let parameters = [
      ("connect_timeout", "\(Limit.connectSeconds)"), ("application_name", "whet"),
      ("client_encoding", "UTF8"), ("keepalives_idle", "30"), ("tcp_user_timeout", "60000"),
      ("dbname", address.url),
    ]
    let started = Self.withCStrings(parameters.map { $0.0 }) { names in
      Self.withCStrings(parameters.map { $0.1 }) { PQconnectStartParams(names, $0, 1) }
    }
    guard let started else { throw PostgresError.noLibrary }
    connection = started
    // Notices would go to standard error.
    PQsetNoticeProcessor(connection, { _, _ in }, nil)
    do {
      try finishConnecting(isCancelled)
    } catch {
      PQfinish(connection)
      isFinished = true
      throw error
    }
  }

  private var isFinished = false

  deinit { if !isFinished { PQfinish(connection) } }

  /// Whether it can be used for another statement.
  var isAlive: Bool {
    // A server that went says so first, and then the socket ends.
    while wait(for: POLLIN, milliseconds: 0) {
      guard PQconsumeInput(connection) == 1 else { return false }
    }
    return PQstatus(connection) == CONNECTION_OK
  }

  private func finishConnecting(_ isCancelled: () -> Bool) throws {
    let deadline = Self.now + Limit.connectSeconds * 1000
    var state = PGRES_POLLING_WRITING
    while state != PGRES_POLLING_OK {
      if isCancelled() { throw CancellationError() }
      if Self.now > deadline {
        throw PostgresError.tooSlow(place: place, seconds: Limit.connectSeconds)
      }
      guard state != PGRES_POLLING_FAILED else {
        let message = String(cString: PQerrorMessage(connection))
        let reason = Self.reason(message)
        // A server that answers with "FATAL" is there.
        throw message.contains("FATAL:") || PQconnectionNeedsPassword(connection) != 0
          ? PostgresError.refused(place: place, reason: reason)
          : PostgresError.unreachable(place: place, reason: reason)
      }
      guard wait(for: state == PGRES_POLLING_READING ? POLLIN : POLLOUT) else { continue }
      state = PQconnectPoll(connection)
    }
  }

  /// What libpq says of a connection that failed, without the address, which is said already.
  private static func reason(_ message: String) -> String {
    let line = PostgresError.printable(message)
    if let fatal = line.range(of: "FATAL:  ") { return String(line[fatal.upperBound...]) }
    if let failed = line.range(of: "failed: ") { return String(line[failed.upperBound...]) }
    return line
  }

  // MARK: Statements

  /// Runs a statement and gives its rows.
  ///
  /// - Parameter parameters: for `$1`, `$2`, …; their types are the statement's to say.
  @discardableResult
  func query(
    _ sql: String, _ parameters: [PostgresValue] = [], isCancelled: () -> Bool = { false }
  ) throws -> PostgresRows {
    try send(sql, parameters)
    var rows: PostgresRows?
    while let result = try next(isCancelled) { rows = result }
    return rows ?? PostgresRows(nil)
  }

  /// Runs a statement and calls back with its rows one by one, so that they take no memory.
  func forEachRow(
    of sql: String, _ parameters: [PostgresValue] = [], _ body: (PostgresRows) throws -> Void
  ) throws {
    try send(sql, parameters)
    PQsetSingleRowMode(connection)
    do {
      while let rows = try next({ false }) {
        if rows.count > 0 { try body(rows) }
      }
    } catch {
      cancel()
      throw error
    }
  }

  /// Writes rows in the text format of COPY (PostgreSQL's manual, COPY).
  func copy(_ rows: PostgresCopy, into table: String) throws {
    guard !rows.isEmpty else { return }
    try send("COPY \(table) FROM STDIN", [])
    guard let result = PQgetResult(connection) else { throw PostgresError.lost(place: place) }
    let status = PQresultStatus(result)
    guard status == PGRES_COPY_IN else {
      let error = self.error(of: result)
      PQclear(result)
      while let rest = PQgetResult(connection) { PQclear(rest) }
      throw error
    }
    PQclear(result)
    let isSent = rows.bytes.withUnsafeBytes { bytes in
      stride(from: 0, to: bytes.count, by: 1 << 20).allSatisfy { start in
        let piece = bytes[start..<min(start + 1 << 20, bytes.count)]
        return PQputCopyData(
          connection,
          piece.base.baseAddress?.advanced(by: start)
            .assumingMemoryBound(to: CChar.self), CInt(piece.count)) == 1
      }
    }
    guard isSent, PQputCopyEnd(connection, nil) == 1 else {
      throw PostgresError.lost(place: place)
    }
    while try next({ false }) != nil {}
  }

  /// All of it happens, or nothing.
  func inTransaction<Value>(_ body: () throws -> Value) throws -> Value {
    try query("BEGIN")
    do {
      let value = try body()
      try query("COMMIT")
      return value
    } catch {
      // Where the connection is lost, the server does it.
      _ = try? query("ROLLBACK")
      throw error
    }
  }

  private func send(_ sql: String, _ parameters: [PostgresValue]) throws {
    let isSent = Self.withCStrings(parameters.map(\.text)) {
      PQsendQueryParams(connection, sql, CInt(parameters.count), nil, $0, nil, nil, 0)
    }
    guard isSent == 1 else { throw PostgresError.lost(place: place) }
  }

  /// The next result of the statement that runs; nil when it is done.
  private func next(_ isCancelled: () -> Bool) throws -> PostgresRows? {
    var wasCancelled = false
    var deadline = Int.max
    while PQisBusy(connection) != 0 {
      if !wasCancelled, isCancelled() {
        wasCancelled = true
        deadline = Self.now + Limit.cancelMilliseconds
        requestCancel()
      }
      guard Self.now < deadline else { throw CancellationError() }
      guard wait(for: POLLIN) else { continue }
      guard PQconsumeInput(connection) == 1 else { throw PostgresError.lost(place: place) }
    }
    guard let result = PQgetResult(connection) else {
      if wasCancelled { throw CancellationError() }
      return nil
    }
    switch PQresultStatus(result) {
    case PGRES_TUPLES_OK, PGRES_SINGLE_TUPLE, PGRES_COMMAND_OK: return PostgresRows(result)
    default:
      let error = self.error(of: result)
      PQclear(result)
      while let rest = PQgetResult(connection) { PQclear(rest) }
      throw wasCancelled ? CancellationError() : error
    }
  }

  private func error(of result: OpaquePointer) -> any Error {
    func field(_ character: Character) -> String? {
      let code = CInt(character.asciiValue ?? 0)
      return PQresultErrorField(result, code).map { String(cString: $0) }
    }
    guard let code = field("C") else { return PostgresError.lost(place: place) }
    return PostgresError(code: code, message: field("M") ?? "", place: place)
  }

  /// Ends the statement that runs, and takes what is left of it.
  private func cancel() {
    requestCancel()
    while let rest = PQgetResult(connection) { PQclear(rest) }
  }

  private func requestCancel() {
    guard let cancel = PQgetCancel(connection) else { return }
    var message = [CChar](repeating: 0, count: 256)
    PQcancel(cancel, &message, CInt(message.count))
    PQfreeCancel(cancel)
  }

  // MARK: Waiting

  /// Whether the socket is ready; false after a short while.
  private func wait(for events: Int32, milliseconds: Int32 = Limit.pause) -> Bool {
    var polled = pollfd(fd: PQsocket(connection), events: Int16(events), revents: 0)
    return poll(&polled, 1, milliseconds) > 0
  }

  /// In milliseconds, of a clock that isn't set.
  private static var now: Int {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return time.tv_sec * 1000 + time.tv_nsec / 1_000_000
  }

  /// An array of C strings, ended by NULL, that holds during the call; nil stays NULL.
  private static func withCStrings<Value>(
    _ strings: [String?], _ body: (UnsafePointer<UnsafePointer<CChar>?>?) -> Value
  ) -> Value {
    let copies = strings.map { $0.map { UnsafePointer(strdup($0)) } ?? nil }
    defer { for copy in copies { free(UnsafeMutablePointer(mutating: copy)) } }
    return (copies + [nil]).withUnsafeBufferPointer { body($0.baseAddress) }
  }
}
