import Core

// Which passages a search may give, as a condition of SQL over `passage`, `document` and `file`.

struct PostgresFilter {
  private let filter: PassageFilter
  /// The files that fit the path; nil where any does.
  private let files: [Int64]?

  init(_ filter: PassageFilter, _ connection: PostgresConnection) throws {
    self.filter = filter
    files = try filter.path.map { path in
      let glob = IgnoreRules(text: Array(path.utf8), folder: "/")
      let rows = try connection.query(
        "SELECT id, source FROM whet.file WHERE skip_reason IS NULL ORDER BY id")
      return (0..<rows.count).filter { glob.fits(source: rows.text($0, 1) ?? "") }
        .map { rows.id($0, 0) }
    }
  }

  /// What must stand behind a table that has a column `passage`.
  func joins(_ table: String) -> String {
    filter.isEmpty
      ? ""
      : """
       JOIN whet.passage ON passage.id = \(table).passage
          JOIN whet.document ON document.id = passage.document
      """
  }

  /// - Parameter bind: gives the name of a parameter of that value.
  func condition(bind: (PostgresValue) -> String) -> String {
    var condition = ""
    if let files {
      condition += " AND document.file = ANY (\(bind(PostgresValue(files)))::bigint[])"
    }
    if let heading = filter.heading {
      condition +=
        " AND strpos(passage.folded, \(bind(PostgresValue(heading.lowercased())))::text) > 0"
    }
    if let pages = filter.pages {
      condition += " AND passage.page BETWEEN \(bind(PostgresValue(pages.lowerBound)))::integer"
      condition += " AND \(bind(PostgresValue(pages.upperBound)))::integer"
    }
    if !filter.metadata.isEmpty {
      var fields: JSON.Object = [:]
      for (name, value) in filter.metadata.sorted(by: { $0.key < $1.key }) {
        fields[name] = .string(value)
      }
      condition +=
        " AND document.metadata @> \(bind(PostgresValue(JSON.object(fields).text)))::jsonb"
    }
    return condition
  }
}
