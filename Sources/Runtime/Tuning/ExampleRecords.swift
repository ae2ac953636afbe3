import Core
import FineTuning
import Foundation
import Sessions

// The records of a file of examples, one after the other, whatever holds them: lines of JSON, one list of
// JSON, or a table. What a record means is FineTuning's.

/// Reads the records of a file from its start; of lines and lists, one is held at a time.
struct ExampleRecords: ~Copyable {
  struct Record {
    enum Content {
      case json(JSON)
      /// With what is wrong, as a sentence.
      case bad(String)
    }

    /// The line on which it begins, from 1.
    var line: Int
    var content: Content
    /// Whether it is the first that was read of a piece of a file of lines.
    var startsPiece = false
  }

  /// Bytes of the largest table that is read: it is held as a whole.
  static let largestTable = 256 << 20

  private let given: RecordFormat?
  // One of the three.
  private var lines: LineRecords?
  private var list: JSONElementReader?
  private var table: (columns: [String], rows: ArraySlice<CSVTable.Row>)?

  /// Opens a file, or the standard input for `-`, which is read as lines.
  ///
  /// - Parameter format: nil to tell from the file's name and its beginning.
  ///
  /// Throws `LineFileError` and `SessionError`; for a table, `PromptFileError` and `DatasetError`.
  init(path: String, format: RecordFormat?) throws {
    given = format
    let isTable = format.map { $0 == .csv } ?? path.lowercased().hasSuffix(".csv")
    if isTable {
      let table = try Self.table(at: path)
      self.table = (table.columns, table.rows[...])
    } else if try Self.beginsWithList(path) {
      list = try JSONElementReader(path: path)
    } else {
      lines = try LineRecords(path: path)
    }
  }

  /// What all records are in; nil where each tells its own.
  var format: RecordFormat? { table == nil ? given : .csv }

  /// How far the file is read; nil where that isn't known.
  var progress: ExampleImport.Progress? {
    switch lines {
    case .some(let lines): lines.progress
    case nil: nil
    }
  }

  /// The next record; nil after the last. Empty lines are passed over.
  mutating func next() throws -> Record? {
    if lines != nil { return try lines?.next() }
    if let item = try list?.next() {
      return Record(
        line: item.line, content: Self.content(item.bytes))
    }
    guard let columns = table?.columns, let row = table?.rows.popFirst() else { return nil }
    let members = zip(columns, row.fields).map {
      JSON.Object.Member(name: $0, value: .string($1))
    }
    return Record(
      line: row.line, content: .json(.object(JSON.Object(members))))
  }

  fileprivate static func content(_ bytes: ArraySlice<UInt8>) -> Record.Content {
    do throws(JSONError) {
      return .json(try JSON(parsing: bytes))
    } catch {
      return .bad("It is no JSON (\(error)).")
    }
  }

  private static func table(at path: String) throws -> CSVTable {
    let isInput = path == LineChunks.standardInput
    let text = try PromptFiles.read(
      isInput ? "/dev/stdin" : path, mayWait: true, mostBytes: largestTable)
    guard let table = try CSVTable(text, name: path) else {
      throw ExampleImportError(description: "\(path) is empty: its first line names the columns.")
    }
    return table
  }

  /// Whether a file, not a pipe, begins with a bracket.
  private static func beginsWithList(_ path: String) throws -> Bool {
    guard path != LineChunks.standardInput,
      (try? FileManager.default.attributesOfItem(atPath: path))?[.type] as? FileAttributeType
        == .typeRegular,
      let handle = FileHandle(forReadingAtPath: path)
    else { return false }
    let beginning = try handle.read(upToCount: 4096) ?? Data()
    let first = beginning.first { ![0x20, 0x09, 0x0A, 0x0D, 0xEF, 0xBB, 0xBF].contains($0) }
    return first == UInt8(ascii: "[")
  }
}

/// The records of a file that has one a line.
private struct LineRecords: ~Copyable {
  private var chunks: LineChunks
  private var chunk: LineChunks.Chunk?
  private var place = 0
  private var number = 0

  init(path: String) throws(LineFileError) { chunks = try LineChunks(path: path) }

  var progress: ExampleImport.Progress {
    ExampleImport.Progress(lines: number, bytes: chunks.position, total: chunks.total)
  }

  mutating func next() throws -> ExampleRecords.Record? {
    var startsPiece = false
    while true {
      guard let chunk, place < chunk.bytes.count else {
        chunk = try chunks.next()
        guard let chunk else { return nil }
        (place, number, startsPiece) = (0, chunk.start, true)
        if chunk.isLongLine {
          number += 1
          return ExampleRecords.Record(
            line: number, content: .bad("The line is too long to be an example."),
            startsPiece: true)
        }
        continue
      }
      let end = chunk.bytes[place...].firstIndex(of: 0x0A) ?? chunk.bytes.count
      let bytes = chunk.bytes[place..<end]
      place = end + 1
      number += 1
      guard !bytes.allSatisfy({ $0 == 0x20 || $0 == 0x09 || $0 == 0x0D }) else { continue }
      return ExampleRecords.Record(
        line: number, content: ExampleRecords.content(bytes), startsPiece: startsPiece)
    }
  }
}
