// The tables of a database as a model is shown them.

enum DatabaseSchema {
  /// Beyond it, tables are only counted: a prompt has to stay one.
  private static let byteLimit = 32_000

  /// The statements that made the tables and views of a SQLite file, in the order in which that was.
  ///
  /// - Throws: where the file can't be read.
  static func text(of path: String) throws(SQLFailure) -> String {
    let query = """
      SELECT trim(sql, ' ;' || char(9, 10, 13)) || ';' FROM sqlite_master
      WHERE type IN ('table', 'view') AND name NOT LIKE 'sqlite!_%' ESCAPE '!' AND sql IS NOT NULL
      ORDER BY rowid
      """
    let database = try SandboxedDatabase(DatabaseFile(path))
    let result = try database.result(of: query, limits: SQLLimits(rows: 10_000))
    var text = ""
    for index in 0..<result.rowCount {
      guard case .text(let bytes) = result.row(index).first else { continue }
      guard text.utf8.count + bytes.count <= byteLimit else {
        return text + "-- and \(result.rowCount - index) more\n"
      }
      text += String(decoding: bytes, as: UTF8.self) + "\n"
    }
    return text
  }
}
