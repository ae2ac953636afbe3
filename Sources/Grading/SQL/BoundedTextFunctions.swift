import GRDBSQLite

// SQLite's own instr, replace and trim compare each place with each: a few megabytes keep a query
// busy for minutes within one instruction, where nothing can stop it. These give the same in a time
// that grows with what they are given.

enum BoundedTextFunctions {
  static func install(on connection: OpaquePointer) {
    let flags = SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_INNOCUOUS
    sqlite3_create_function_v2(
      connection, "instr", 2, flags, nil, { BoundedTextFunctions.instr($0, $2) }, nil, nil, nil)
    sqlite3_create_function_v2(
      connection, "replace", 3, flags, nil, { BoundedTextFunctions.replace($0, $2) }, nil, nil, nil)
    sqlite3_create_function_v2(
      connection, "trim", 2, flags, nil,
      { BoundedTextFunctions.trim($0, $2, atStart: true, atEnd: true) }, nil, nil,
      nil)
    sqlite3_create_function_v2(
      connection, "ltrim", 2, flags, nil,
      { BoundedTextFunctions.trim($0, $2, atStart: true, atEnd: false) }, nil, nil,
      nil)
    sqlite3_create_function_v2(
      connection, "rtrim", 2, flags, nil,
      { BoundedTextFunctions.trim($0, $2, atStart: false, atEnd: true) }, nil, nil,
      nil)
  }

  private typealias Arguments = UnsafeMutablePointer<OpaquePointer?>?
  private typealias Bytes = UnsafeBufferPointer<UInt8>

  private static func text(_ value: OpaquePointer?) -> Bytes {
    let start = sqlite3_value_text(value)
    return Bytes(start: start, count: start == nil ? 0 : Int(sqlite3_value_bytes(value)))
  }

  private static func blob(_ value: OpaquePointer?) -> Bytes {
    let start = sqlite3_value_blob(value)?.assumingMemoryBound(to: UInt8.self)
    return Bytes(start: start, count: start == nil ? 0 : Int(sqlite3_value_bytes(value)))
  }

  private static func anyIsNull(_ arguments: Arguments, _ count: Int) -> Bool {
    (0..<count).contains { sqlite3_value_type(arguments?[$0]) == SQLITE_NULL }
  }

  private static func instr(_ context: OpaquePointer?, _ arguments: Arguments) {
    guard !anyIsNull(arguments, 2) else { return sqlite3_result_null(context) }
    let areBlobs = (0..<2).allSatisfy { sqlite3_value_type(arguments?[$0]) == SQLITE_BLOB }
    let whole = areBlobs ? blob(arguments?[0]) : text(arguments?[0])
    let part = areBlobs ? blob(arguments?[1]) : text(arguments?[1])
    guard !part.isEmpty else { return sqlite3_result_int64(context, 1) }
    guard let place = BytePattern(part).find(in: whole, from: 0) else {
      return sqlite3_result_int64(context, 0)
    }
    // A text's places are characters: each begins with what is no continuation byte.
    let before = areBlobs ? place : whole[..<place].count { $0 & 0xc0 != 0x80 }
    sqlite3_result_int64(context, sqlite3_int64(before + 1))
  }

  private static func replace(_ context: OpaquePointer?, _ arguments: Arguments) {
    guard !anyIsNull(arguments, 2) else { return sqlite3_result_null(context) }
    let whole = text(arguments?[0])
    let part = text(arguments?[1])
    // With nothing to look for, a third argument of NULL is not looked at.
    guard part.first ?? 0 != 0 else { return sqlite3_result_value(context, arguments?[0]) }
    guard !anyIsNull(arguments, 3) else { return sqlite3_result_null(context) }
    let other = text(arguments?[2])
    let limit = Int(sqlite3_limit(sqlite3_context_db_handle(context), SQLITE_LIMIT_LENGTH, -1))
    var result: [UInt8] = []
    var offset = 0
    let pattern = BytePattern(part)
    while let place = pattern.find(in: whole, from: offset) {
      result += whole[offset..<place]
      result += other
      offset = place + part.count
      guard result.count <= limit else { return sqlite3_result_error_toobig(context) }
    }
    result += whole[offset...]
    result.withUnsafeBufferPointer { set($0[...], context) }
  }

  private static func trim(
    _ context: OpaquePointer?, _ arguments: Arguments, atStart: Bool, atEnd: Bool
  ) {
    guard !anyIsNull(arguments, 2) else { return sqlite3_result_null(context) }
    let whole = text(arguments?[0])
    let trimmed = characters(text(arguments?[1]))
    var rest = whole[...]
    while atStart,
      let count = (1...4).first(where: { count in
        rest.count >= count && trimmed.contains(character(rest.prefix(count)))
      })
    {
      rest.removeFirst(count)
    }
    while atEnd,
      let count = (1...4).first(where: { count in
        rest.count >= count && trimmed.contains(character(rest.suffix(count)))
      })
    {
      rest.removeLast(count)
    }
    set(rest, context)
  }

  /// What SQLite takes for characters: a byte, with the continuation bytes after a leading one.
  private static func characters(_ bytes: Bytes) -> Set<UInt64> {
    var characters: Set<UInt64> = []
    var index = 0
    while index < bytes.count {
      let start = index
      index += 1
      if bytes[start] >= 0xc0 {
        while index < min(bytes.count, start + 4), bytes[index] & 0xc0 == 0x80 { index += 1 }
      }
      characters.insert(character(bytes[start..<index]))
    }
    return characters
  }

  /// Up to four bytes as a number, with their count above them.
  private static func character(_ bytes: Slice<Bytes>) -> UInt64 {
    bytes.reduce(UInt64(bytes.count)) { $0 << 8 | UInt64($1) }
  }

  private static func set(_ bytes: Slice<Bytes>, _ context: OpaquePointer?) {
    // SQLITE_TRANSIENT: copy it.
    let copying = unsafeBitCast(-1, to: sqlite3_destructor_type.self)
    let bytes = Bytes(rebasing: bytes)
    bytes.withMemoryRebound(to: CChar.self) { text in
      if let start = text.baseAddress {
        sqlite3_result_text64(context, start, UInt64(text.count), copying, UInt8(SQLITE_UTF8))
      } else {
        sqlite3_result_text(context, "", 0, copying)
      }
    }
  }
}
