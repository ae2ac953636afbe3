import Core
import Synchronization

// An index of passages in a PostgreSQL database: the same passages and scores as in a file of ours, in
// an engine that several people share. This opens it and tells what it holds.

/// The passages of files and folders in schema `whet` of a PostgreSQL database.
///
/// May be used from several threads at once, and one database by several people. Throws
/// `PostgresError`.
public final class PostgresIndex: PassageStore {
  public let address: PostgresAddress
  public var place: String { address.place }
  let words: WordReader
  /// Connections that nobody uses.
  private let idle = Mutex<[PostgresConnection]>([])

  /// Connects to an index that is there.
  public convenience init(_ address: PostgresAddress) throws {
    try self.init(address, isMade: false)
  }

  /// Connects to the index of a database; makes it where there is none.
  public static func make(_ address: PostgresAddress) throws -> PostgresIndex {
    try PostgresIndex(address, isMade: true)
  }

  private init(_ address: PostgresAddress, isMade: Bool) throws {
    self.address = address
    words = try WordReader()
    let connection = try connect({ false })
    let encoding = try connection.query("SHOW server_encoding").text(0, 0) ?? "another encoding"
    guard encoding == "UTF8" else {
      throw PostgresError.wrongEncoding(place: place, encoding: PostgresError.printable(encoding))
    }
    if try !PostgresSchema.exists(connection) {
      guard isMade else { throw PostgresError.noIndex(place: place) }
      try PostgresSchema.migrate(connection)
    }
    idle.withLock { $0.append(connection) }
  }

  /// Drops the whole index from its database.
  public func removeAll() throws {
    try withWriter { _ = try $0.query("DROP SCHEMA whet CASCADE") }
  }

  // MARK: Connections

  private func connect(_ isCancelled: () -> Bool) throws -> PostgresConnection {
    let connection = try PostgresConnection(address, isCancelled: isCancelled)
    // Half precision of numbers would not be noticed until scores differ.
    try connection.query("SET extra_float_digits = 1")
    return connection
  }

  /// Lends a connection; one that fails isn't used again unless it is still good.
  func read<Value>(
    isCancelled: () -> Bool = { false }, _ body: (PostgresConnection) throws -> Value
  ) throws -> Value {
    var known = idle.withLock { $0.popLast() }
    while let connection = known, !connection.isAlive { known = idle.withLock { $0.popLast() } }
    let connection = try known ?? connect(isCancelled)
    let value = try body(connection)
    idle.withLock { $0.append(connection) }
    return value
  }

  /// Lends a connection to the one who may write; throws `PostgresError.busy` when somebody does.
  func withWriter<Value>(_ body: (PostgresConnection) throws -> Value) throws -> Value {
    // A connection of its own: its end is the end of the lock, however it comes.
    let connection = try connect({ false })
    let lock = PostgresValue(PostgresSchema.writerLock)
    if try connection.query("SELECT pg_try_advisory_lock($1)", [lock]).text(0, 0) != "t" {
      throw PostgresError.busy(place: place, holder: try holder(of: lock, connection))
    }
    return try body(connection)
  }

  private func holder(of lock: PostgresValue, _ connection: PostgresConnection) throws -> String {
    let rows = try connection.query(
      """
      SELECT usename, host(client_addr), to_char(backend_start, 'HH24:MI TZ')
      FROM pg_locks JOIN pg_stat_activity USING (pid)
      WHERE locktype = 'advisory' AND pg_locks.database = (
          SELECT oid FROM pg_database WHERE datname = current_database())
        AND objid::bigint = $1 AND granted
      """, [lock])
    guard rows.count > 0, let user = rows.text(0, 0) else { return "somebody else" }
    let host = rows.text(0, 1).map { " from \($0)" } ?? ""
    return PostgresError.printable("\(user)\(host) since \(rows.text(0, 2) ?? "a while")")
  }

  // MARK: What it holds

  public func statistics() throws -> IndexStatistics {
    try read { connection in
      let rows = try connection.query(
        """
        SELECT count(*), coalesce(sum(passages), 0), coalesce(sum(tokens), 0),
          (SELECT coalesce(sum(size), 0) FROM whet.file WHERE skip_reason IS NULL)
        FROM whet.document
        """)
      return IndexStatistics(
        documents: rows.integer(0, 0), passages: rows.integer(0, 1), tokens: rows.integer(0, 2),
        bytes: rows.integer(0, 3))
    }
  }

  public func chunkings() throws -> [Chunking] {
    try read { try PostgresChunking.all($0).map(\.chunking) }
  }

  public func embedders() throws -> [(name: String, passages: Int)] {
    try read { connection in
      guard try PostgresSchema.hasVectors(connection) else { return [] }
      let rows = try connection.query(
        """
        SELECT name, (SELECT count(passage) FROM whet.vector WHERE embedder = embedder.id)
        FROM whet.embedder AS embedder ORDER BY name
        """)
      return (0..<rows.count).map { (rows.text($0, 0) ?? "", rows.integer($0, 1)) }
    }
  }

  public func readingSettings() throws -> [String: ReadingSettings] {
    try read { try PostgresWriter.settings($0).roots }
  }

  // MARK: Documents

  public func documents() throws -> [IndexedDocument] {
    try read { connection in
      let rows = try connection.query(
        """
        SELECT document.id, source, row FROM whet.document JOIN whet.file ON file.id = file
        ORDER BY document.id
        """)
      return (0..<rows.count).map {
        IndexedDocument(key: rows.id($0, 0), source: rows.text($0, 1) ?? "", row: rows.text($0, 2))
      }
    }
  }

  public func text(of document: IndexedDocument) throws -> [UInt8] {
    try read { connection in
      let rows = try connection.query(
        """
        SELECT start_byte, text FROM whet.passage
        WHERE document = $1 AND chunking = (SELECT min(id) FROM whet.chunking) ORDER BY start_byte
        """, [PostgresValue(document.key)])
      var text = DocumentText()
      for row in 0..<rows.count { text.append(rows.text(row, 1) ?? "", at: rows.integer(row, 0)) }
      return text.bytes
    }
  }

  public func path(of passage: Passage) throws -> String? {
    try read { connection in
      let rows = try connection.query(
        """
        SELECT path FROM whet.file JOIN whet.document ON document.file = file.id
        JOIN whet.passage ON passage.document = document.id WHERE passage.id = $1
        """, [PostgresValue(passage.id)])
      return rows.count > 0 ? rows.text(0, 0) : nil
    }
  }

  public func forEachPassage(
    of chunking: Chunking?, start: (Int) throws -> Void,
    _ body: (_ passage: Passage, _ document: Int64) throws -> Void
  ) throws {
    try read { connection in
      let chunking = try PostgresChunking.named(chunking, connection)
      try start(chunking.passages)
      try connection.forEachRow(
        of: """
          SELECT \(StoredColumns.list), document.id \(StoredColumns.tables)
          WHERE passage.chunking = $1 ORDER BY document.id, start_byte
          """, [PostgresValue(chunking.id)]
      ) { try body(StoredColumns.passage($0, 0), $0.id(0, StoredColumns.count)) }
    }
  }
}

/// A chunking as the tables know it.
struct PostgresChunking {
  let id: Int
  let chunking: Chunking
  /// How many there are, and the sum of their lengths.
  let passages: Int
  let length: Int

  /// All of them, the first one first.
  static func all(_ connection: PostgresConnection) throws -> [PostgresChunking] {
    let rows = try connection.query(
      "SELECT id, name, passages, length FROM whet.chunking ORDER BY id")
    return try (0..<rows.count).map { row in
      guard let chunking = rows.text(row, 1).flatMap({ Chunking($0) }) else {
        throw PostgresError.laterVersion(place: connection.place)
      }
      return PostgresChunking(
        id: rows.integer(row, 0), chunking: chunking, passages: rows.integer(row, 2),
        length: rows.integer(row, 3))
    }
  }

  /// The one that is meant; nil means the first.
  static func named(
    _ chunking: Chunking?, _ connection: PostgresConnection
  ) throws -> PostgresChunking {
    let all = try all(connection)
    if let found = chunking.map({ name in all.first { $0.chunking == name } }) ?? all.first {
      return found
    }
    guard let chunking else { throw PostgresError.noIndex(place: connection.place) }
    throw MissingChunkingError(chunking: chunking, others: all.map(\.chunking))
  }
}

/// The columns of a passage with those of its document and file.
enum StoredColumns {
  static let list = """
    passage.id, source, document.row, passage.headings, passage.start_byte, passage.end_byte,
    passage.first_line, passage.last_line, passage.page, passage.text, passage.tokens
    """
  /// How many these are.
  static let count = 11
  static let tables = """
    FROM whet.passage JOIN whet.document ON document.id = passage.document
    JOIN whet.file ON file.id = document.file
    """

  static func passage(_ rows: PostgresRows, _ row: Int) -> Passage {
    let start = max(rows.integer(row, 4), 0)
    let line = max(rows.integer(row, 6), 1)
    return Passage(
      id: rows.id(row, 0), source: rows.text(row, 1) ?? "", row: rows.text(row, 2),
      headings: (rows.text(row, 3) ?? "").split(separator: "\n").map(String.init),
      bytes: start..<max(rows.integer(row, 5), start),
      lines: line...max(rows.integer(row, 7), line), page: rows.optionalInteger(row, 8),
      text: rows.text(row, 9) ?? "", tokens: rows.integer(row, 10))
  }
}
