import CPostgres
import Core

// Values on their way to a server and back, in the text form of their types.

/// A value that a statement is given; NULL without a text.
struct PostgresValue: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral {
  let text: String?

  /// No text of PostgreSQL's can hold a NUL: a space takes its place, and as many bytes.
  init(_ text: String?) { self.text = text.map(Self.withoutNUL) }
  init(_ number: some BinaryInteger) { text = "\(number)" }
  init(_ number: (some BinaryInteger)?) { text = number.map { "\($0)" } }
  init(stringLiteral text: String) { self.init(text) }
  init(integerLiteral number: Int) { text = "\(number)" }

  init(_ numbers: some Sequence<Int64>) {
    text = "{" + numbers.lazy.map { "\($0)" }.joined(separator: ",") + "}"
  }

  init(_ numbers: [Int]) { self.init(numbers.lazy.map { Int64($0) }) }

  /// Each number in as many digits as tell it from all others.
  init(_ numbers: [Float]) {
    text = "{" + numbers.lazy.map { "\($0)" }.joined(separator: ",") + "}"
  }

  /// An array; nil stays NULL.
  init(texts: [String?]) {
    var array = "{"
    for (place, text) in texts.enumerated() {
      if place > 0 { array += "," }
      guard let text else {
        array += "NULL"
        continue
      }
      array += "\""
      for scalar in Self.withoutNUL(text).unicodeScalars {
        if scalar == "\"" || scalar == "\\" { array.unicodeScalars.append("\\") }
        array.unicodeScalars.append(scalar)
      }
      array += "\""
    }
    text = array + "}"
  }

  /// pgvector's form of a vector.
  init(vector: [Float]) {
    text = "[" + vector.lazy.map { "\($0)" }.joined(separator: ",") + "]"
  }

  static func withoutNUL(_ text: String) -> String {
    text.utf8.contains(0)
      ? String(text.unicodeScalars.map { $0 == "\0" ? " " : Character($0) }) : text
  }
}

/// What a statement gave.
final class PostgresRows {
  private let result: OpaquePointer?
  let count: Int

  /// Takes the result, and frees it.
  init(_ result: OpaquePointer?) {
    self.result = result
    count = result.map { Int(PQntuples($0)) } ?? 0
  }

  deinit { if let result { PQclear(result) } }

  /// Bytes that a value of text has; nil for NULL.
  func text(_ row: Int, _ column: Int) -> String? {
    guard let result, PQgetisnull(result, CInt(row), CInt(column)) == 0 else { return nil }
    let count = Int(PQgetlength(result, CInt(row), CInt(column)))
    return PQgetvalue(result, CInt(row), CInt(column)).map { bytes in
      String(
        decoding: UnsafeRawBufferPointer(start: bytes, count: count), as: UTF8.self)
    }
  }

  /// 0 for what is no whole number.
  func integer(_ row: Int, _ column: Int) -> Int { text(row, column).flatMap(Int.init) ?? 0 }
  func id(_ row: Int, _ column: Int) -> Int64 { Int64(integer(row, column)) }
  func double(_ row: Int, _ column: Int) -> Double { text(row, column).flatMap(Double.init) ?? 0 }

  func optionalInteger(_ row: Int, _ column: Int) -> Int? { text(row, column).flatMap(Int.init) }

  /// A vector in pgvector's form.
  func vector(_ row: Int, _ column: Int) -> [Float] {
    (text(row, column) ?? "").dropFirst().dropLast().split(separator: ",")
      .map { Float($0) ?? 0 }
  }
}

/// Rows in the text format of COPY: a line each, tabs between columns.
struct PostgresCopy {
  private(set) var bytes: [UInt8] = []
  private var isLineStart = true

  var isEmpty: Bool { bytes.isEmpty }

  mutating func append(_ text: String?) {
    separate()
    guard var text else {
      bytes += [UInt8(ascii: "\\"), UInt8(ascii: "N")]
      return
    }
    text.withUTF8 { utf8 in
      for byte in utf8 {
        switch byte {
        case UInt8(ascii: "\\"): bytes += [UInt8(ascii: "\\"), UInt8(ascii: "\\")]
        case UInt8(ascii: "\n"): bytes += [UInt8(ascii: "\\"), UInt8(ascii: "n")]
        case UInt8(ascii: "\r"): bytes += [UInt8(ascii: "\\"), UInt8(ascii: "r")]
        case UInt8(ascii: "\t"): bytes += [UInt8(ascii: "\\"), UInt8(ascii: "t")]
        case 0: bytes.append(UInt8(ascii: " "))
        default: bytes.append(byte)
        }
      }
    }
  }

  mutating func append(_ number: some BinaryInteger) {
    separate()
    bytes += "\(number)".utf8
  }

  mutating func endRow() {
    bytes.append(UInt8(ascii: "\n"))
    isLineStart = true
  }

  private mutating func separate() {
    if !isLineStart { bytes.append(UInt8(ascii: "\t")) }
    isLineStart = false
  }
}
