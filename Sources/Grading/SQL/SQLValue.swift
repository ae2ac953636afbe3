import GRDBSQLite

// A value of a result. Values are the same where Python holds them to be equal, since that is what the
// published evaluators compare with: 1 and 1.0 are, 1 and '1' are not, NULL is NULL.

/// What stands in one cell of a result.
enum SQLValue: Hashable, Sendable {
  case null
  case integer(Int64)
  /// Only what is no whole number of 64 bits: those are integers.
  case real(Double)
  /// UTF-8. Bytes, since strings of Swift are equal in other spellings, too.
  case text([UInt8])
  case blob([UInt8])
}

extension SQLValue {
  init(_ number: Double) {
    self = Int64(exactly: number).map(Self.integer) ?? .real(number)
  }

  /// The value of a column in the row that the statement is at.
  init(column: CInt, of statement: OpaquePointer) {
    switch sqlite3_column_type(statement, column) {
    case SQLITE_INTEGER: self = .integer(sqlite3_column_int64(statement, column))
    case SQLITE_FLOAT: self.init(sqlite3_column_double(statement, column))
    case SQLITE_TEXT:
      let start = sqlite3_column_text(statement, column)
      let count = Int(sqlite3_column_bytes(statement, column))
      self = .text(Self.valid(Array(UnsafeBufferPointer(start: start, count: count))))
    case SQLITE_BLOB:
      let start = sqlite3_column_blob(statement, column)
      let count = Int(sqlite3_column_bytes(statement, column))
      self = .blob(Array(UnsafeRawBufferPointer(start: start, count: count)))
    default: self = .null
    }
  }

  /// The bytes without those that are no UTF-8, as Python's `decode(errors="ignore")` leaves them.
  static func valid(_ bytes: [UInt8]) -> [UInt8] {
    if bytes.allSatisfy({ $0 < 0x80 }) || String(validating: bytes, as: UTF8.self) != nil {
      return bytes
    }
    var valid: [UInt8] = []
    var parser = Unicode.UTF8.ForwardParser()
    var iterator = bytes.makeIterator()
    while true {
      switch parser.parseScalar(from: &iterator) {
      case .valid(let scalar): valid.append(contentsOf: scalar)
      case .error: continue
      case .emptyInput: return valid
      }
    }
  }

  /// How many bytes it takes, about.
  var size: Int {
    switch self {
    case .text(let bytes), .blob(let bytes): 64 + bytes.count
    default: 16
    }
  }
}

extension SQLValue: CustomStringConvertible {
  /// As one would write it in a query, cut where it is long.
  var description: String {
    switch self {
    case .null: "NULL"
    case .integer(let value): "\(value)"
    case .real(let value): "\(value)"
    case .text(let bytes):
      "'" + String(decoding: bytes.prefix(60), as: UTF8.self).visible.cut(to: 40) + "'"
    case .blob(let bytes): "a BLOB of \(bytes.count) bytes"
    }
  }
}

extension String {
  /// With a space in the place of each control character.
  fileprivate var visible: String {
    String(String.UnicodeScalarView(unicodeScalars.map { $0.value < 32 ? " " : $0 }))
  }

  fileprivate func cut(to count: Int) -> String {
    self.count > count ? prefix(count - 1) + "…" : self
  }
}
