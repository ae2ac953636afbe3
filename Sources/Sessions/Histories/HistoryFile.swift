// Which program a file comes from, as its first bytes tell; its name is asked nothing.

import Core
import Glibc

/// What an import was given.
enum HistoryFile {
  case session
  case history(any HistorySource)

  /// The largest document that is read whole, in bytes.
  static let largestDocument = 512 << 20

  /// - Parameter folder: where a copy of a database may be made.
  ///
  /// Throws `SessionError`: `unknownFile` for a file that is nobody's history.
  init(path: String, copyingTo folder: String, notes: HistoryNotes) throws {
    let status = try Self.status(of: path)
    let beginning = try Self.beginning(of: path)
    let time = Double(status.st_mtim.tv_sec)
    let name = Self.name(of: path)
    func values(_ values: any JSONValues) throws -> HistoryFile {
      .history(try HistoryValues(values, path: path, name: name, at: time, notes: notes))
    }
    if beginning.starts(with: "SQLite format 3".utf8) {
      self = .history(
        try HistoryDatabase.source(path: path, at: time, copyingTo: folder, notes: notes))
      return
    }
    if beginning.starts(with: [0x50, 0x4B, 0x03, 0x04]) {
      throw SessionError.unknownFile(
        path: path, problem: "it is a ZIP archive: unpack it, and import conversations.json of it")
    }
    switch beginning.first(where: { ![0x20, 0x09, 0x0A, 0x0D, 0xEF, 0xBB, 0xBF].contains($0) }) {
    case UInt8(ascii: "["): self = try values(JSONItems(path: path, notes: notes))
    case UInt8(ascii: "{"):
      switch try Self.firstLine(of: path) {
      case let line? where line["whet"]?.string == "session": self = .session
      case let line? where !ChatGPTConversation.isOne(line) && !PromptfooEvaluation.isWhole(line):
        self = try values(JSONLines(path: path, notes: notes))
      default:
        let document = try Self.document(path, size: Int(status.st_size))
        self = try values(JSONDocument(document, path: path))
      }
    case nil: throw SessionError.unknownFile(path: path, problem: "it is empty")
    default:
      throw SessionError.unknownFile(
        path: path, problem: "it is neither JSON nor a database of SQLite")
    }
  }

  private static func status(of path: String) throws(SessionError) -> stat {
    var status = stat()
    guard stat(path, &status) == 0 else { throw SessionError(systemError: errno, path: path) }
    guard status.st_mode & S_IFMT == S_IFREG else {
      throw .unknownFile(path: path, problem: "it is no file")
    }
    return status
  }

  private static func name(of path: String) -> String {
    let name = path.split(separator: "/").last.map(String.init) ?? path
    return name.lastIndex(of: ".").map { String(name[..<$0]) }.flatMap { $0.isEmpty ? nil : $0 }
      ?? name
  }

  private static func beginning(of path: String) throws(SessionError) -> [UInt8] {
    try read(path, atMost: 4096)
  }

  /// The value that the first line holds by itself; nil for a text that goes on in the next.
  private static func firstLine(of path: String) throws(SessionError) -> JSON? {
    var lines = try LineReader(path: path)
    do throws(SessionError) {
      while let line = try lines.next() {
        if line.allSatisfy({ $0 == 0x20 || $0 == 0x09 || $0 == 0x0D }) { continue }
        return try? JSON(parsing: line)
      }
    } catch .badFile {
      // A document on one long line.
    }
    return nil
  }

  private static func document(_ path: String, size: Int) throws(SessionError) -> JSON {
    guard size <= largestDocument else {
      throw .unknownFile(
        path: path,
        problem: "it is larger than \(largestDocument >> 20) MB: export it as JSON Lines")
    }
    let bytes = try read(path, atMost: largestDocument)
    do throws(JSONError) {
      return try JSON(parsing: bytes)
    } catch {
      throw .badFile(path: path, line: error.line, problem: "this is no JSON: \(error.problem)")
    }
  }

  private static func read(_ path: String, atMost limit: Int) throws(SessionError) -> [UInt8] {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw SessionError(systemError: errno, path: path) }
    defer { close(descriptor) }
    var bytes: [UInt8] = []
    var piece = [UInt8](repeating: 0, count: min(limit, 1 << 20))
    while bytes.count < limit {
      let result = Glibc.read(descriptor, &piece, min(piece.count, limit - bytes.count))
      if result < 0 && errno == EINTR { continue }
      guard result >= 0 else { throw SessionError(systemError: errno, path: path) }
      if result == 0 { break }
      bytes += piece[..<result]
    }
    return bytes
  }
}
