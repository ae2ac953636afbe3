import GRDBSQLite

// SQLite's printf writes `%.2000000000c` a character at a time, even when there is no room any more:
// one instruction of many seconds. Here such widths are refused; all else is SQLite's own, asked on a
// connection of its own.

final class BoundedFormatFunction {
  /// Nil as long as nothing has been formatted.
  private var connection: OpaquePointer?

  deinit { sqlite3_close_v2(connection) }

  /// Takes the place of `printf` and of its other name.
  static func install(on connection: OpaquePointer) {
    for name in ["printf", "format"] {
      sqlite3_create_function_v2(
        connection, name, -1, SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_INNOCUOUS,
        Unmanaged.passRetained(BoundedFormatFunction()).toOpaque(),
        { context, count, arguments in
          let function = sqlite3_user_data(context).map {
            Unmanaged<BoundedFormatFunction>.fromOpaque($0).takeUnretainedValue()
          }
          function?.call(
            context, (0..<Int(count)).map { arguments?[$0] },
            limit: Int(sqlite3_limit(sqlite3_context_db_handle(context), SQLITE_LIMIT_LENGTH, -1)))
        }, nil, nil,
        { function in
          function.map { Unmanaged<BoundedFormatFunction>.fromOpaque($0).release() }
        })
    }
  }

  private func call(_ context: OpaquePointer?, _ arguments: [OpaquePointer?], limit: Int) {
    guard !Self.exceeds(limit, arguments) else { return sqlite3_result_error_toobig(context) }
    if connection == nil {
      sqlite3_open_v2(":memory:", &connection, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, nil)
    }
    var statement: OpaquePointer?
    let marks = arguments.map { _ in "?" }.joined(separator: ",")
    sqlite3_limit(connection, SQLITE_LIMIT_LENGTH, CInt(clamping: limit))
    sqlite3_prepare_v2(connection, "SELECT printf(\(marks))", -1, &statement, nil)
    defer { sqlite3_finalize(statement) }
    for (index, argument) in arguments.enumerated() {
      sqlite3_bind_value(statement, CInt(index + 1), argument)
    }
    if sqlite3_step(statement) == SQLITE_ROW {
      sqlite3_result_value(context, sqlite3_column_value(statement, 0))
    } else {
      sqlite3_result_error(context, sqlite3_errmsg(connection), -1)
    }
  }

  /// Whether a width or a precision is larger than any text: a number in the format, or for `*` an
  /// argument (https://www.sqlite.org/printf.html).
  private static func exceeds(_ limit: Int, _ arguments: [OpaquePointer?]) -> Bool {
    guard let format = arguments.first.flatMap({ $0 }), let text = sqlite3_value_text(format) else {
      return false
    }
    let bytes = UnsafeBufferPointer(start: text, count: Int(sqlite3_value_bytes(format)))
    var next = 1
    var number = 0
    var isDirective = false
    for byte in bytes {
      guard isDirective else {
        isDirective = byte == UInt8(ascii: "%")
        number = 0
        continue
      }
      switch byte {
      case UInt8(ascii: "0")...UInt8(ascii: "9"):
        number = min(number * 10 + Int(byte - UInt8(ascii: "0")), limit + 1)
        if number > limit { return true }
      case UInt8(ascii: "*"):
        if next < arguments.count, sqlite3_value_int64(arguments[next]).magnitude > limit {
          return true
        }
        next += 1
      case UInt8(ascii: "."): number = 0
      case UInt8(ascii: "-"), UInt8(ascii: "+"), UInt8(ascii: " "), UInt8(ascii: "#"),
        UInt8(ascii: "!"), UInt8(ascii: ","), UInt8(ascii: "l"):
        break
      default:
        // The type: `%%` and `%n` take no argument.
        if byte != UInt8(ascii: "%"), byte != UInt8(ascii: "n") { next += 1 }
        isDirective = false
      }
    }
    return false
  }
}
