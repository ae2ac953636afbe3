// The prompts that are being written: each under its name, with what undo and redo know of it. A
// save writes what is new since the last one, whoever made that.

import Core
import GRDB

import struct Foundation.Data

extension SessionStore {
  /// Keeps the prompt that is being written, in place of the draft of its name.
  ///
  /// Where that is no longer the one that this store read or saved last, somebody else wrote it: a
  /// text of theirs that stands nowhere else is kept as a version of the prompt first.
  ///
  /// - Parameter seconds: now, since 1970.
  /// - Returns: the version that was made so; nil where there was nothing to lose.
  @discardableResult
  public func saveDraft(
    _ draft: Draft, at seconds: Double = 0
  ) throws(SessionError) -> VersionSummary? {
    let text = draft.promptText
    let hash = ContentHash.of(text)
    let known = draftVersion(of: draft.name)
    let (version, kept) = try write { db in
      var history = draft.history
      if let earlier = history.earlier {
        history = history.following(try EditRows.history(at: earlier, in: db))
      }
      var json = draft.json
      if case .object(var object) = json {
        object["history"] = HistoryPlace(of: history, in: draft.name, textHash: hash).json
        json = .object(object)
      }
      let stored = try Self.draftVersion(of: draft.name, in: db)
      let kept = stored == known ? nil : try Self.keepTyped(under: draft, at: seconds, in: db)
      let version = 1 + (try Int.fetchOne(db, sql: "SELECT max(version) FROM draft") ?? 0)
      try db.execute(
        sql: "INSERT OR REPLACE INTO draft (name, version, json) VALUES (?, ?, ?)",
        arguments: [draft.name, version, json.text])
      try DraftText.save(text, hash: hash, as: .prompt, of: draft.name, in: db)
      try DraftText.save(draft.savedText, as: .file, of: draft.name, in: db)
      try EditRows.save(history.log, of: draft.name, in: db)
      return (version, kept)
    }
    draftVersions.withLock { $0[draft.name] = version }
    return kept
  }

  /// The draft of a name; nil when there is none. Its history is not read, which takes a tenth of a
  /// second where it is long, but named.
  public func loadDraft(named name: String) throws(SessionError) -> Draft? {
    try fetchDraft(where: "name = ?", [name])
  }

  /// The draft that was kept last, whatever its name; nil before there was one. As with
  /// `loadDraft(named:)`, its history is not read.
  public func latestDraft() throws(SessionError) -> Draft? {
    try fetchDraft(where: "true ORDER BY version DESC LIMIT 1", [])
  }

  /// The history that a draft was kept with; nil when it is damaged, or of another text by now.
  public func history(at place: HistoryPlace) throws(SessionError) -> EditHistory? {
    try read { db in try EditRows.history(at: place, in: db) }
  }

  /// Whether the draft of a name is the one that this store read or saved last.
  public func isOwnDraft(named name: String) throws(SessionError) -> Bool {
    try read { db in try Self.draftVersion(of: name, in: db) } == draftVersion(of: name)
  }

  // MARK: Drafts of others

  /// The version of a draft when this store last read or saved it; nil before.
  private func draftVersion(of name: String) -> Int? { draftVersions.withLock { $0[name] } }

  /// Each save of any draft counts its version one up; nil for a draft that isn't there.
  private static func draftVersion(of name: String, in db: Database) throws -> Int? {
    try Int.fetchOne(db, sql: "SELECT version FROM draft WHERE name = ?", arguments: [name])
  }

  /// Makes a version of the text whose place a draft is about to take, unless it stands in a file,
  /// in the draft, or is one.
  private static func keepTyped(
    under draft: Draft, at seconds: Double, in db: Database
  ) throws -> VersionSummary? {
    guard let (_, stored) = try Self.draft(where: "name = ?", [draft.name], in: db) else {
      return nil
    }
    let elsewhere = ["", stored.savedText, draft.savedText, draft.promptText]
    guard !elsewhere.contains(where: { $0?.utf8.elementsEqual(stored.promptText.utf8) ?? false })
    else { return nil }
    return try keepUnsaved(
      stored.promptText, of: try prompt(ofDraft: draft.name, in: db), at: seconds,
      parent: stored.parentVersion, in: db)
  }

  // MARK: Reading

  private func fetchDraft(
    where condition: String, _ arguments: StatementArguments
  ) throws(SessionError) -> Draft? {
    let found = try read { db in try Self.draft(where: condition, arguments, in: db) }
    guard let (version, draft) = found else { return nil }
    draftVersions.withLock { $0[draft.name] = version }
    return draft
  }

  private static func draft(
    where condition: String, _ arguments: StatementArguments, in db: Database
  ) throws -> (version: Int, Draft)? {
    let row = try Row.fetchOne(
      db, sql: "SELECT version, json FROM draft WHERE \(condition)", arguments: arguments)
    guard let row else { return nil }
    let json = try JSON(parsing: row[1] as String)
    var draft = Draft(json: json)
    if let prompt = try DraftText.load(.prompt, of: draft.name, from: db) {
      draft.promptText = prompt
      let isSaved = try DraftText.areSame(of: draft.name, in: db)
      draft.savedText = try isSaved ? prompt : DraftText.load(.file, of: draft.name, from: db)
    }
    let place = json["history"].flatMap { HistoryPlace(json: $0, draft: draft.name) }
    if let place, place.start < place.end { draft.history = EditHistory(after: place) }
    return (row[0], draft)
  }
}

/// The table `draft_text`.
private enum DraftText {
  enum Part: String { case prompt, file }

  /// Writes a text unless it is there already; nil removes what is.
  static func save(
    _ text: String?, hash: String? = nil, as part: Part, of draft: String, in db: Database
  ) throws {
    guard let text else {
      return try db.execute(
        sql: "DELETE FROM draft_text WHERE draft = ? AND part = ?",
        arguments: [draft, part.rawValue])
    }
    let hash = hash ?? ContentHash.of(text)
    let known = try String.fetchOne(
      db, sql: "SELECT hash FROM draft_text WHERE draft = ? AND part = ?",
      arguments: [draft, part.rawValue])
    guard known != hash else { return }
    try db.execute(
      sql: "INSERT OR REPLACE INTO draft_text (draft, part, hash, text) VALUES (?, ?, ?, ?)",
      arguments: [draft, part.rawValue, hash, Data(text.utf8)])
  }

  static func load(_ part: Part, of draft: String, from db: Database) throws -> String? {
    let bytes = try Data.fetchOne(
      db, sql: "SELECT text FROM draft_text WHERE draft = ? AND part = ?",
      arguments: [draft, part.rawValue])
    return bytes.map { String(decoding: $0, as: UTF8.self) }
  }

  /// Whether both parts of a draft hold the same text: then one of them is enough to read.
  static func areSame(of draft: String, in db: Database) throws -> Bool {
    let hashes = try String.fetchAll(
      db, sql: "SELECT hash FROM draft_text WHERE draft = ?", arguments: [draft])
    return hashes.count == 2 && hashes[0] == hashes[1]
  }
}

/// The table `edit`.
private enum EditRows {
  /// Makes the rows of a draft those of a log: what both begin with stays as it is.
  static func save(_ log: EditLog, of draft: String, in db: Database) throws {
    let stamp = try db.cachedStatement(sql: "SELECT stamp FROM edit WHERE draft = ? AND number = ?")
    func isKept(_ number: Int) throws -> Bool {
      try Int.fetchOne(stamp, arguments: [draft, number]) == log[number].stamp
    }
    // The same stamp stands for the same edits before it: where they part is between a number that
    // is kept and one that isn't.
    var kept = log.start
    var end = log.end
    while kept < end {
      let middle = (kept + end) / 2
      if try isKept(middle) { kept = middle + 1 } else { end = middle }
    }
    try db.execute(
      sql: "DELETE FROM edit WHERE draft = ? AND (number < ? OR number >= ?)",
      arguments: [draft, log.start, kept])
    let insert = try db.cachedStatement(
      sql: "INSERT INTO edit (draft, number, stamp, json) VALUES (?, ?, ?, ?)")
    for number in kept..<log.end {
      let entry = log[number]
      try insert.execute(arguments: [draft, number, entry.stamp, entry.edit.json.text])
    }
  }

  /// The history of a draft whose text is still the one that it leads to.
  static func history(at place: HistoryPlace, in db: Database) throws -> EditHistory? {
    let text = try DraftText.load(.prompt, of: place.draft, from: db)
    guard text.map(ContentHash.of) == place.textHash else { return nil }
    return try load(from: place, in: db).map { EditHistory($0, position: place.position) }
  }

  /// The log that ends where it is said to; nil when a row is missing, or is not as it was written.
  private static func load(from place: HistoryPlace, in db: Database) throws -> EditLog? {
    let rows = try Row.fetchCursor(
      db,
      sql: "SELECT number, stamp, json FROM edit WHERE draft = ? AND number >= ? ORDER BY number",
      arguments: [place.draft, place.start])
    var log = EditLog(start: place.start, seed: place.seed)
    while let row = try rows.next() {
      guard row[0] == log.end, let edit = (try? JSON(parsing: row[2] as String)).flatMap(Edit.init)
      else { return nil }
      log.append(edit)
      guard log.stamp == row[1] else { return nil }
    }
    return log.end == place.end && log.stamp == place.stamp ? log : nil
  }
}
