// Finding runs by their words: an FTS5 index over prompts, answers, passages and notes. It has no texts
// of its own: the view `run_words` reads them out of the records, so that they are kept once.
//
// A run is indexed when it ends. Those that ended before there was an index are worked off in slices.

import Core
import GRDB

extension SessionStore {
  /// Runs that fit a query, newest first as they came into the store.
  ///
  /// Newest first, and not by relevance: what is looked for was seen not long ago, and a list that grows
  /// at its end can be read while more words are typed.
  public func find(_ query: RunQuery, limit: Int = 200) throws(SessionError) -> [RunHit] {
    try readToFind { db in
      let (conditions, arguments) = Self.conditions(query)
      let words = Self.match(query.terms)
      let source =
        words == nil
        ? "run JOIN session ON session.id = run.session"
        : "finding JOIN run ON run.number = finding.rowid JOIN session ON session.id = run.session"
      let snippet = words == nil ? "NULL" : Self.snippet
      let rows = try Row.fetchCursor(
        db,
        sql: """
          SELECT run.id, run.session, session.name, run.started_at, run.model, run.finish_reason,
            (SELECT value FROM rating WHERE run = run.number),
            (SELECT json ->> '$.score' FROM remark WHERE run = run.number),
            run.cost, run.cost_is_estimated, run.first_line, \(snippet)
          FROM \(source)
          WHERE \(words == nil ? "true" : "finding MATCH ?") AND \(Self.isNotPruned)
            \(conditions.map { "AND \($0)" }.joined(separator: " "))
          ORDER BY \(words == nil ? "run.number" : "finding.rowid") DESC LIMIT ?
          """,
        arguments: StatementArguments((words.map { [$0] } ?? []) + arguments + [limit]))
      var hits: [RunHit] = []
      while let row = try rows.next() {
        if let hit = Self.hit(row) { hits.append(hit) }
      }
      return hits
    }
  }

  /// Adds runs to the index that ended before there was one, the newest first.
  ///
  /// - Returns: how many there are still to be added.
  public func indexEarlierRuns(limit: Int) throws(SessionError) -> Int {
    try write { db in
      let runs = try Int64.fetchAll(
        db,
        sql: """
          SELECT number FROM run WHERE is_indexed IS NULL AND finish_reason IS NOT NULL
          ORDER BY number DESC LIMIT ?
          """,
        arguments: [limit])
      for run in runs { try Self.index(run, in: db) }
      guard runs.count == limit else { return 0 }
      return try Int.fetchOne(
        db,
        sql: "SELECT count(*) FROM run WHERE is_indexed IS NULL AND finish_reason IS NOT NULL") ?? 0
    }
  }

  /// Whether the index holds what the runs say; what SQLite finds wrong otherwise.
  public func checkIndex() throws(SessionError) {
    try write { db in
      try db.execute(sql: "INSERT INTO finding (finding) VALUES ('integrity-check')")
    }
  }

  // MARK: The index

  /// The fields as the index has them.
  private static let columns: [RunQuery.Field] = [.prompt, .answer, .passages, .notes]

  /// The place of the first field that has the words, and where they stand in it.
  ///
  /// What was answered and noted says more than what was asked, and that more than a document. A field
  /// is read only when those before it don't have the words: this is what takes the time of a search.
  private static let snippet: String = {
    let cases = [1, 3, 0, 2].map { place in
      let snippet = "snippet(finding, \(place), char(2), char(3), '…', 20)"
      return "WHEN instr(\(snippet), char(2)) THEN '\(place)' || \(snippet)"
    }
    return "CASE \(cases.joined(separator: " ")) END"
  }()

  /// Adds a run that has ended, unless it is there.
  static func index(_ run: Int64, in db: Database) throws {
    try db.execute(
      sql: "UPDATE run SET is_indexed = 1 WHERE number = ? AND is_indexed IS NULL",
      arguments: [run])
    guard db.changesCount > 0 else { return }
    try addWords(of: run, in: db)
  }

  /// Changes what a run says, and the index with it.
  static func reindexing(_ run: Int64, in db: Database, change: () throws -> Void) throws {
    let isIndexed =
      try Bool.fetchOne(
        db, sql: "SELECT is_indexed FROM run WHERE number = ?", arguments: [run]) ?? false
    // The words as they were have to be named for them to be taken out.
    if isIndexed { try removeWords(of: run, in: db) }
    try change()
    if isIndexed { try addWords(of: run, in: db) }
  }

  /// Takes a run out of the index, before it is deleted.
  static func unindex(_ run: Int64, in db: Database) throws {
    try db.execute(
      sql: "UPDATE run SET is_indexed = NULL WHERE number = ? AND is_indexed = 1",
      arguments: [run])
    if db.changesCount > 0 { try removeWords(of: run, in: db) }
  }

  private static func addWords(of run: Int64, in db: Database) throws {
    try db.execute(
      sql: """
        INSERT INTO finding (rowid, prompt, answer, passages, notes)
        SELECT number, prompt, answer, passages, notes FROM run_words WHERE number = ?
        """,
      arguments: [run])
  }

  private static func removeWords(of run: Int64, in db: Database) throws {
    try db.execute(
      sql: """
        INSERT INTO finding (finding, rowid, prompt, answer, passages, notes)
        SELECT 'delete', number, prompt, answer, passages, notes FROM run_words WHERE number = ?
        """,
      arguments: [run])
  }

  // MARK: Queries

  /// What FTS5 is asked; nil where there are no words. Each is in quotes: nothing in it is syntax.
  private static func match(_ terms: [RunQuery.Term]) -> String? {
    guard !terms.isEmpty else { return nil }
    return terms.map { term in
      let quoted = "\"\(term.text.replacing("\"", with: "\"\""))\"" + (term.isBeginning ? "*" : "")
      return term.field.map { "{\($0.rawValue)} : \(quoted)" } ?? quoted
    }.joined(separator: " AND ")
  }

  private static func conditions(
    _ query: RunQuery
  ) -> (sql: [String], arguments: [any DatabaseValueConvertible]) {
    var conditions: [String] = []
    var arguments: [any DatabaseValueConvertible] = []
    // With words, SQLite is kept from going through the tagged runs one by one: a set is made of them,
    // which each run that has the words is looked up in.
    let number = query.terms.isEmpty ? "run.number" : "+finding.rowid"
    for filter in query.filters {
      switch filter {
      case .model(let text):
        conditions.append("run.model LIKE ? ESCAPE '\\'")
        arguments.append(pattern(text))
      case .session(let text):
        conditions.append("session.name LIKE ? ESCAPE '\\'")
        arguments.append(pattern(text))
      case .tag(let tag):
        conditions.append(
          """
          \(number) IN (SELECT remark.run FROM remark, json_each(remark.json, '$.tags') AS tag
            WHERE tag.value = ? COLLATE NOCASE)
          """)
        arguments.append(tag)
      case .finish(let reason):
        conditions.append("run.finish_reason LIKE ? ESCAPE '\\'")
        arguments.append(pattern(reason))
      case .rating(let rating?):
        conditions.append("(SELECT value FROM rating WHERE run = run.number) = ?")
        arguments.append(rating.rawValue)
      case .rating(nil):
        conditions.append("NOT EXISTS (SELECT 1 FROM rating WHERE run = run.number)")
      case .score(let comparison, let score):
        conditions.append(
          "(SELECT json ->> '$.score' FROM remark WHERE run = run.number) \(comparison.rawValue) ?")
        arguments.append(score)
      case .cost(let comparison, let dollars):
        conditions.append("run.cost \(comparison.rawValue) ?")
        arguments.append(Money(dollars: dollars).picodollars)
      case .from(let seconds):
        conditions.append("run.started_at >= ?")
        arguments.append(seconds)
      case .until(let seconds):
        conditions.append("run.started_at < ?")
        arguments.append(seconds)
      }
    }
    return (conditions, arguments)
  }

  /// A pattern of LIKE for a text that stands anywhere.
  private static func pattern(_ text: String) -> String {
    var pattern = ""
    for character in text {
      if "%_\\".contains(character) { pattern.append("\\") }
      pattern.append(character)
    }
    return "%\(pattern)%"
  }

  private static func hit(_ row: Row) -> RunHit? {
    guard let model = ModelReference(row[4] as String) else { return nil }
    var snippet: String = row[10] ?? ""
    var matches: [Range<Int>] = []
    var field: RunQuery.Field?
    if let marked: String = row[11], let place = marked.first?.wholeNumberValue {
      let found = RunHit.unmarked(
        String(marked.dropFirst()), opening: "\u{2}", closing: "\u{3}")
      if !found.matches.isEmpty {
        (snippet, matches) = (found.text, found.matches)
        field = columns[place]
      }
    }
    return RunHit(
      run: row[0], session: row[1], sessionName: row[2], startedAt: row[3], model: model,
      finishReason: (row[5] as String?).flatMap(FinishReason.init),
      rating: (row[6] as Int?).flatMap(Rating.init), score: row[7],
      cost: Cost(picodollars: row[8], isEstimated: row[9]), field: field, snippet: snippet,
      matches: matches)
  }
}
