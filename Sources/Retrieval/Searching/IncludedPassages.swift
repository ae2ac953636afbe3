// Which passages a search may give: those that are still there, and that its filter lets through.

import Core
import GRDB

struct IncludedPassages {
  private let chunking: Int64
  private let db: Database
  /// Nil when all may.
  private let filtered: IdentifierSet?
  private let hasTombstones: Bool

  init(_ filter: PassageFilter, chunking: Int64, _ db: Database) throws {
    self.chunking = chunking
    self.db = db
    filtered = filter.isEmpty ? nil : try Self.passages(filter, chunking: chunking, db)
    hasTombstones =
      try Bool.fetchOne(
        db.cachedStatement(sql: "SELECT EXISTS (SELECT 1 FROM tombstone WHERE chunking = ?)"),
        arguments: [chunking]) ?? false
  }

  func contains(_ passage: Int64) throws -> Bool {
    if let filtered { return filtered.contains(passage) }
    guard hasTombstones else { return true }
    let statement = try db.cachedStatement(
      sql: "SELECT EXISTS (SELECT 1 FROM tombstone WHERE chunking = ? AND passage = ?)")
    return try Bool.fetchOne(statement, arguments: [chunking, passage]) != true
  }

  /// The same for passages that are known to be there.
  func fitsFilter(_ passage: Int64) -> Bool { filtered?.contains(passage) ?? true }

  private static func passages(
    _ filter: PassageFilter, chunking: Int64, _ db: Database
  ) throws -> IdentifierSet {
    var passages = IdentifierSet()
    var headings = HeadingFilter(filter.heading)
    let rows = try db.makeStatement(
      sql: """
        SELECT passage.id\(filter.heading == nil ? "" : ", passage.headings") FROM passage
        WHERE document = ? AND chunking = ?\(filter.pages == nil ? "" : " AND page BETWEEN ? AND ?")
        """)
    for document in try documents(filter, db) {
      var arguments: StatementArguments = [document, chunking]
      if let pages = filter.pages { arguments += [pages.lowerBound, pages.upperBound] }
      let cursor = try Row.fetchCursor(rows, arguments: arguments)
      while let row = try cursor.next() {
        if filter.heading == nil || headings.fits(row[1]) { _ = passages.insert(row[0]) }
      }
    }
    return passages
  }

  private static func documents(_ filter: PassageFilter, _ db: Database) throws -> [Int64] {
    let fields = filter.metadata.sorted { $0.key < $1.key }
    let conditions = fields.map { _ in
      """
      EXISTS (SELECT 1 FROM json_each(document.metadata) WHERE key = ?
        AND (value = ? OR instr(', ' || value || ', ', ', ' || ? || ', ') > 0))
      """
    }
    let statement = try db.makeStatement(
      sql: "SELECT id FROM document WHERE file = ?" + conditions.map { " AND " + $0 }.joined())
    let glob = filter.path.map { IgnoreRules(text: Array($0.utf8), folder: "/") }
    var documents: [Int64] = []
    for file in try Row.fetchAll(db, sql: "SELECT id, source FROM file ORDER BY id") {
      if let glob, !glob.fits(source: file[1]) { continue }
      let fieldArguments = StatementArguments(fields.flatMap { [$0.key, $0.value, $0.value] })
      documents += try Int64.fetchAll(
        statement, arguments: [file[0] as Int64] + fieldArguments)
    }
    return documents
  }
}

extension IgnoreRules {
  /// Whether the rules name a source, or a folder that it is in.
  func fits(source: String) -> Bool {
    let path = "/" + source
    if ignores(path, isFolder: false) == true { return true }
    return path.indices.dropFirst().contains {
      path[$0] == "/" && ignores(String(path[..<$0]), isFolder: true) == true
    }
  }
}

/// Whether some words stand in one of the headings of a passage. The same headings come again and
/// again.
private struct HeadingFilter {
  private let words: String
  private var known: [String: Bool] = [:]

  init(_ words: String?) { self.words = words?.lowercased() ?? "" }

  mutating func fits(_ headings: String) -> Bool {
    if let fits = known[headings] { return fits }
    let fits = headings.split(separator: "\n").contains { $0.lowercased().contains(words) }
    known[headings] = fits
    return fits
  }
}
