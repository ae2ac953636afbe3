// The documents of a file of rows, one after the other: the file may be larger than the memory.

import Core

/// Reads a file of rows, each a document.
struct RowReader {
  enum Row: Equatable {
    case document(SourceDocument)
    /// It was left out; the line is the one on which it begins.
    case skipped(SkipReason, line: Int)
  }

  private var file: PieceReader
  private var scanner: any RecordScanner
  private let settings: ReadingSettings
  /// The columns of CSV, once they are known.
  private var columns: [String]?
  private let hasHeader: Bool
  /// Which fields are read; nil before the first row that tells.
  private(set) var fields: RowFields?

  /// Of all that was read so far; at the end, of the file.
  var hash: Int { file.digest.value }
  var bytesRead: Int { file.bytesRead }

  /// - Parameters:
  ///   - file: at its beginning; it must stay open.
  ///   - format: one that has rows.
  init(_ file: borrowing SourceFile, format: SourceFormat, settings: ReadingSettings) {
    self.file = PieceReader(file)
    self.settings = settings
    switch format {
    case .csv(let separator):
      scanner = CSVScanner(separator: separator)
      hasHeader = true
    default:
      scanner = JSONLinesScanner()
      hasHeader = false
    }
  }

  /// The next row; nil at the end. Throws `SkipReason.notReadable`.
  mutating func next() throws(SkipReason) -> Row? {
    while let record = try scanner.next(from: &file) {
      let line = record.lines.lowerBound
      switch record.content {
      case .unreadable(let reason): return .skipped(reason, line: line)
      case .line(let bytes):
        guard let object = Self.object(bytes) else { return .skipped(.malformed, line: line) }
        return row(object.members.map { ($0.name, $0.value) }, record.lines)
      case .fields(let values):
        guard let texts = Self.texts(values) else { return .skipped(.binary, line: line) }
        if hasHeader, columns == nil {
          columns = texts.enumerated().map { $1.isEmpty ? "column \($0 + 1)" : $1 }
        } else if let columns {
          // Values without a column, and columns without a value, are mended by whoever reads them.
          return row(zip(columns, texts).map { ($0, .string($1)) }, record.lines)
        }
      }
    }
    return nil
  }

  private mutating func row(
    _ values: [(name: String, value: JSON)], _ lines: ClosedRange<Int>
  ) -> Row {
    let fields = fields ?? RowFields(settings, among: columns ?? values.map(\.name))
    self.fields = fields
    return fields.document(values, lines: lines).map(Row.document)
      ?? .skipped(.noText, line: lines.lowerBound)
  }

  /// The object of a line; a text alone is one, too.
  private static func object(_ line: [UInt8]) -> JSON.Object? {
    guard let encoding = TextEncoding(of: line) else { return nil }
    switch try? JSON(parsing: encoding.utf8(line)) {
    case .object(let object): return object
    case .string(let text): return ["text": .string(text)]
    default: return nil
    }
  }

  private static func texts(_ values: [[UInt8]]) -> [String]? {
    var texts: [String] = []
    for value in values {
      guard let encoding = TextEncoding(of: value) else { return nil }
      texts.append(String(decoding: encoding.utf8(value), as: UTF8.self))
    }
    return texts
  }
}
