// The versions of prompts: every text that was run is one. They are listed without their texts,
// which can be long, and counted by their texts' hashes: a text scores the same wherever it is run.

import Core
import GRDB

import struct Foundation.Data

extension SessionStore {
  /// The versions of a prompt, newest first.
  ///
  /// - Parameter prompt: what its draft is kept under; that of an earlier run's text stands for the
  ///   prompt that was run.
  public func versions(of prompt: String) throws(SessionError) -> [VersionSummary] {
    try read { db in
      try Self.summaries(of: try Self.prompt(ofDraft: prompt, in: db), in: db)
    }
  }

  /// The version of that number, name or hash, or whose hash alone starts so, with four digits or
  /// more.
  ///
  /// Throws `noVersion`, and `ambiguous` when several have the name or the beginning.
  public func findVersion(_ text: String, of prompt: String) throws(SessionError) -> PromptVersion {
    try read { db in
      let prompt = try Self.prompt(ofDraft: prompt, in: db)
      let versions = try Self.summaries(of: prompt, in: db)
      let digits = text.hasPrefix("v") ? String(text.dropFirst()) : text
      let number = Int(digits)
      let found = [
        versions.filter { $0.name == text }, versions.filter { $0.number == number },
        versions.filter { text.utf8.count >= 4 && $0.hash.hasPrefix(text.lowercased()) },
      ].first { !$0.isEmpty }
      guard let found, let first = found.first else {
        throw SessionError.noVersion(named: text, prompt: prompt)
      }
      guard found.count == 1 else {
        throw SessionError.ambiguous(name: text, matches: found.prefix(5).map(\.hash))
      }
      return PromptVersion(first, text: try Self.text(of: first, in: db))
    }
  }

  /// The version with exactly this hash; nil when the prompt has none.
  public func version(
    withHash hash: String, of prompt: String
  ) throws(SessionError) -> PromptVersion? {
    try read { db in
      let prompt = try Self.prompt(ofDraft: prompt, in: db)
      return try Self.summaries(of: prompt, hash: hash, in: db).first.map {
        PromptVersion($0, text: try Self.text(of: $0, in: db))
      }
    }
  }

  /// Gives a version a name; nil takes it away.
  public func nameVersion(
    _ hash: String, of prompt: String, _ name: String?
  ) throws(SessionError) {
    try write { db in
      try db.execute(
        sql: "UPDATE version SET name = ? WHERE prompt = ? AND hash = ?",
        arguments: [name, try Self.prompt(ofDraft: prompt, in: db), hash])
    }
  }

  /// Puts a note to a version in place of the one before.
  public func noteVersion(_ hash: String, of prompt: String, _ note: String) throws(SessionError) {
    try write { db in
      try db.execute(
        sql: "UPDATE version SET note = ? WHERE prompt = ? AND hash = ?",
        arguments: [note, try Self.prompt(ofDraft: prompt, in: db), hash])
    }
  }

  /// Makes versions of the texts that were run before there were any, so many runs at a time.
  ///
  /// - Returns: whether there may be more.
  public func recordEarlierVersions(limit: Int = 1000) throws(SessionError) -> Bool {
    try write { db in
      let rows = try Row.fetchAll(
        db,
        sql: """
          SELECT number, started_at, json_extract(run_json, '$.prompt_text'),
            json_extract(run_json, '$.prompt_path')
          FROM run JOIN record ON record.run = run.number
          WHERE version IS NULL ORDER BY number LIMIT ?
          """,
        arguments: [limit])
      let update = try db.makeStatement(sql: "UPDATE run SET version = ? WHERE number = ?")
      var recorded: Set<[String]> = []
      for row in rows {
        let text: String = row[2] ?? ""
        let hash = ContentHash.of(text)
        try update.execute(arguments: [hash, row[0] as Int64])
        guard let prompt = row[3] as String?, recorded.insert([prompt, hash]).inserted else {
          continue
        }
        _ = try Self.record(text: text, of: prompt, at: row[1], parent: nil, in: db)
      }
      return rows.count == limit
    }
  }

  // MARK: Recording

  /// Keeps a text as a version of its prompt, unless it is one, and gives that.
  ///
  /// - Parameter parent: the hash of the version that it was made from; nil for the newest.
  static func record(
    text: String, of prompt: String, at seconds: Double, parent: String?,
    in db: Database
  ) throws -> VersionSummary {
    let hash = ContentHash.of(text)
    if let known = try summary(of: prompt, hash: hash, in: db) { return known }
    let newest = try Row.fetchOne(
      db, sql: "SELECT hash, number FROM version WHERE prompt = ? ORDER BY number DESC LIMIT 1",
      arguments: [prompt])
    let parent = parent ?? newest?[0]
    let parentText = try parent.map { try Self.text(ofHash: $0, of: prompt, in: db) }
    let version = VersionSummary(
      hash: hash, prompt: prompt, number: (newest?[1] ?? 0) + 1, createdAt: seconds,
      parent: parent, change: WordDiff.beginning(from: parentText ?? "", to: text))
    try db.execute(
      sql: """
        INSERT INTO version (prompt, hash, number, created_at, parent, change, text)
        VALUES (?, ?, ?, ?, ?, ?, ?)
        """,
      arguments: [prompt, hash, version.number, seconds, parent, version.change, Data(text.utf8)])
    return version
  }

  /// Keeps a text that was typed and is about to be lost, as a version that was never run; nil when
  /// it is one already.
  static func keepUnsaved(
    _ text: String, of prompt: String, at seconds: Double, parent: String?, in db: Database
  ) throws -> VersionSummary? {
    guard try summary(of: prompt, hash: ContentHash.of(text), in: db) == nil else { return nil }
    let version = try record(text: text, of: prompt, at: seconds, parent: parent, in: db)
    try db.execute(
      sql: "UPDATE version SET note = ? WHERE prompt = ? AND hash = ?",
      arguments: ["typed in another whet, and not saved", prompt, version.hash])
    return version
  }

  /// The prompt whose versions a draft's are: the text of an earlier run is one of its prompt.
  static func prompt(ofDraft name: String, in db: Database) throws -> String {
    guard let run = Draft.run(inName: name) else { return name }
    let prompt = try String.fetchOne(
      db,
      sql: """
        SELECT coalesce(
          (SELECT prompt FROM version WHERE hash = run.version
            AND prompt = json_extract(run_json, '$.prompt_path')),
          (SELECT prompt FROM version WHERE hash = run.version ORDER BY created_at LIMIT 1))
        FROM run JOIN record ON record.run = run.number WHERE id = ?
        """,
      arguments: [run])
    return prompt ?? name
  }

  // MARK: Reading

  private static func text(of version: VersionSummary, in db: Database) throws -> String {
    try text(ofHash: version.hash, of: version.prompt, in: db)
  }

  /// Empty when there is no such version.
  private static func text(
    ofHash hash: String, of prompt: String, in db: Database
  ) throws -> String {
    let bytes = try Data.fetchOne(
      db, sql: "SELECT text FROM version WHERE prompt = ? AND hash = ?",
      arguments: [prompt, hash])
    return String(decoding: bytes ?? Data(), as: UTF8.self)
  }

  /// A version without its score.
  private static func summary(
    of prompt: String, hash: String, in db: Database
  ) throws -> VersionSummary? {
    try Row.fetchOne(
      db, sql: "SELECT \(columns) FROM version WHERE prompt = ? AND hash = ?",
      arguments: [prompt, hash]
    ).map { summary($0, prompt: prompt) }
  }

  private static let columns = "hash, number, created_at, parent, change, name, note"

  private static func summary(_ row: Row, prompt: String) -> VersionSummary {
    VersionSummary(
      hash: row[0], prompt: prompt, number: row[1], createdAt: row[2], parent: row[3],
      change: row[4], name: row[5], note: row[6])
  }

  /// - Parameter hash: nil for all versions of the prompt.
  private static func summaries(
    of prompt: String, hash: String? = nil, in db: Database
  ) throws -> [VersionSummary] {
    var versions = try Row.fetchAll(
      db,
      sql: """
        SELECT \(columns) FROM version WHERE prompt = ?1 AND (?2 IS NULL OR hash = ?2)
        ORDER BY number DESC
        """,
      arguments: [prompt, hash]
    ).map { summary($0, prompt: prompt) }
    let scores = try scores(of: prompt, hash: hash, in: db)
    for index in versions.indices {
      versions[index].score = scores[versions[index].hash] ?? VersionScore()
    }
    return versions
  }

  private static func scores(
    of prompt: String, hash: String?, in db: Database
  ) throws -> [String: VersionScore] {
    let rows = try Row.fetchCursor(
      db,
      sql: """
        SELECT version.hash, count(*), ifnull(sum(value > 0), 0), ifnull(sum(value < 0), 0)
        FROM version JOIN run ON run.version = version.hash
          LEFT JOIN rating ON rating.run = run.number
        WHERE version.prompt = ?1 AND (?2 IS NULL OR version.hash = ?2) GROUP BY version.hash
        """,
      arguments: [prompt, hash])
    var scores: [String: VersionScore] = [:]
    while let row = try rows.next() {
      scores[row[0]] = VersionScore(runCount: row[1], goodCount: row[2], badCount: row[3])
    }
    return scores
  }
}
