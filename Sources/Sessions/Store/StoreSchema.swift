// The tables of the store, as named migrations: each is final once released, and a change is a new
// one. Also says whether a database is a store at all, before anything in it is changed.
//
// What lists need is kept apart from what is long (a run's text, its raw stream), so that a list
// of a hundred thousand runs reads none of it.

import GRDB

enum StoreSchema {
  /// "whet" in ASCII: tells a store from any other program's database.
  private static let applicationID = 0x7768_6574

  /// Throws unless the database is a store that this version knows, or empty.
  ///
  /// It is called before the database is set to WAL, and writes nothing.
  static func check(_ db: Database, path: String) throws {
    let id = try Int.fetchOne(db, sql: "PRAGMA application_id")
    if id == applicationID {
      if try migrator.hasBeenSuperseded(db) { throw SessionError.laterStore(path: path) }
    } else {
      let isEmpty = try Int.fetchOne(db, sql: "SELECT count(*) FROM sqlite_master") == 0
      guard id == 0, isEmpty else { throw SessionError.notAStore(path: path) }
    }
  }

  /// Brings the tables up to this version, all of it or nothing.
  ///
  /// A store that holds anything is copied first; what goes wrong then names the copy.
  ///
  /// - Returns: the copy; nil for a new store, and where nothing was to be changed.
  static func migrate(_ writer: DatabaseQueue, path: String) throws -> StoreBackup? {
    if try writer.read(migrator.hasCompletedMigrations) { return nil }
    let isNew = try writer.read { db in try migrator.appliedMigrations(db).isEmpty }
    let backup = isNew ? nil : try StoreBackup.make(of: writer, path: path)
    do {
      try writer.write(migrate)
    } catch {
      guard let backup else { throw error }
      throw SessionError.cannotMigrate(
        path: path, reason: SessionError(error, path: path).description, backup: backup.path)
    }
    return backup
  }

  /// In one transaction, which GRDB's migrator has for each migration only: a store that is half of
  /// this version would be none of any.
  private static func migrate(_ db: Database) throws {
    try db.execute(
      sql: """
        PRAGMA application_id = \(applicationID);
        CREATE TABLE IF NOT EXISTS grdb_migrations (identifier TEXT NOT NULL PRIMARY KEY)
        """)
    let applied = try migrator.appliedIdentifiers(db)
    for (name, sql) in migrations where !applied.contains(name) {
      try db.execute(sql: sql)
      try db.execute(
        sql: "INSERT INTO grdb_migrations (identifier) VALUES (?)", arguments: [name])
    }
  }

  private static let migrations = [
    ("sessions and runs", sessionsAndRuns),
    ("costs", costs),
    ("versions, ratings and edits", versionsRatingsAndEdits),
    // Which step of its prompt a run is, from 1; null for a prompt that has no steps.
    ("steps", "ALTER TABLE run ADD COLUMN step INTEGER"),
    ("texts of drafts", textsOfDrafts),
    // Which one it is of the runs of a variant that is repeated, from 1; null where it isn't.
    ("repetitions", "ALTER TABLE run ADD COLUMN repetition INTEGER"),
    ("sets of columns", columnSets),
    ("corrections", corrections),
    ("remarks and preferences", remarksAndPreferences),
    ("branches and pruned moments", branchesAndPrunedMoments),
    ("finding", finding),
    ("evaluations", evaluations),
    ("training sets", trainingSets),
    ("training jobs", trainingJobs),
  ]

  /// Knows which migrations a store has had.
  static let migrator: DatabaseMigrator = {
    var migrator = DatabaseMigrator()
    for (name, sql) in migrations {
      migrator.registerMigration(name) { db in try db.execute(sql: sql) }
    }
    return migrator
  }()

  private static let sessionsAndRuns = """
    CREATE TABLE session (
      id TEXT NOT NULL PRIMARY KEY,
      name TEXT NOT NULL,
      created_at REAL NOT NULL            -- seconds since 1970
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE run (
      number INTEGER PRIMARY KEY,         -- its name within this database only
      id TEXT NOT NULL UNIQUE,
      session TEXT NOT NULL REFERENCES session ON DELETE CASCADE,
      parent TEXT,                        -- a run's id; that run may be missing
      batch TEXT NOT NULL,                -- shared by the runs that were started together
      started_at REAL NOT NULL,
      "column" INTEGER NOT NULL,
      model TEXT NOT NULL,
      writer INTEGER,                     -- the byte that its writer's lock is on
      -- From here on: null until the run has ended.
      finish_reason TEXT,
      first_line TEXT,
      input_tokens INTEGER,
      output_tokens INTEGER,
      tokens_are_estimated INTEGER,
      first_activity_ms REAL,
      first_text_ms REAL,
      total_ms REAL
    ) STRICT;
    CREATE INDEX run_in_session ON run (session, started_at, id);
    CREATE INDEX run_in_batch ON run (batch);
    CREATE INDEX run_unfinished ON run (started_at) WHERE finish_reason IS NULL;

    CREATE TABLE record (
      run INTEGER PRIMARY KEY REFERENCES run ON DELETE CASCADE,
      run_json TEXT NOT NULL,
      answer_json TEXT
    ) STRICT;

    CREATE TABLE event (
      run INTEGER NOT NULL REFERENCES run ON DELETE CASCADE,
      number INTEGER NOT NULL,            -- from 0, with no gap
      at_ms REAL NOT NULL,                -- since the run began
      kind TEXT NOT NULL,                 -- request, head, body, retry, complete, failed, cancelled
      status INTEGER,                     -- of a head
      content BLOB,                       -- a body's bytes; else text: content type, failure, JSON
      PRIMARY KEY (run, number)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE draft (
      name TEXT NOT NULL PRIMARY KEY,
      version INTEGER NOT NULL,           -- grows with every save: the largest was saved last
      json TEXT NOT NULL
    ) STRICT;
    """

  /// Amounts are in picodollars, as `Money` has them.
  private static let costs = """
    ALTER TABLE run ADD COLUMN price TEXT;         -- JSON; null: not known
    ALTER TABLE run ADD COLUMN cost INTEGER;       -- null: not known, or not ended
    ALTER TABLE run ADD COLUMN cost_is_estimated INTEGER;
    -- What counts against a budget: at most what it may cost while it runs, then its bill; or at
    -- most that where no bill came. Null where none of it is known.
    ALTER TABLE run ADD COLUMN charge INTEGER;
    CREATE INDEX run_charge ON run (session, charge);
    UPDATE run SET cost = 0, cost_is_estimated = 0
      WHERE model LIKE 'builtin/%' AND finish_reason IS NOT NULL;

    CREATE TABLE token_ratio (                     -- Core's TokenRatio
      model TEXT NOT NULL PRIMARY KEY,
      estimated REAL NOT NULL,
      counted REAL NOT NULL
    ) STRICT, WITHOUT ROWID;
    """

  private static let versionsRatingsAndEdits = """
    CREATE TABLE version (
      prompt TEXT NOT NULL,               -- what its draft is kept under: a path, or a name
      hash TEXT NOT NULL,                 -- SHA-256 of the text
      number INTEGER NOT NULL,            -- from 1 among those of the prompt
      created_at REAL NOT NULL,           -- when it was first run, seconds since 1970
      parent TEXT,                        -- the hash of the version that it was made from
      change TEXT NOT NULL,               -- the first words of what is new in it
      name TEXT,
      note TEXT NOT NULL DEFAULT '',
      text BLOB NOT NULL,                 -- UTF-8; last, so that lists need not read past it
      PRIMARY KEY (prompt, hash)
    ) STRICT, WITHOUT ROWID;
    ALTER TABLE run ADD COLUMN version TEXT;  -- the hash of its prompt's text; null: not counted yet
    CREATE INDEX run_of_version ON run (version);

    CREATE TABLE rating (
      run INTEGER PRIMARY KEY REFERENCES run ON DELETE CASCADE,
      value INTEGER NOT NULL,             -- 1: good, -1: bad
      rated_at REAL NOT NULL              -- seconds since 1970
    ) STRICT;

    CREATE TABLE edit (                   -- what undo takes back in a draft
      draft TEXT NOT NULL,
      number INTEGER NOT NULL,            -- with no gap; from 0, until the oldest are dropped
      stamp INTEGER NOT NULL,             -- the same edit after the same ones has the same stamp
      json TEXT NOT NULL,
      PRIMARY KEY (draft, number)
    ) STRICT, WITHOUT ROWID;
    """

  private static let columnSets = """
    CREATE TABLE column_set (
      name TEXT NOT NULL PRIMARY KEY,
      saved_at REAL NOT NULL,             -- seconds since 1970
      variants TEXT NOT NULL              -- a JSON list, from the left
    ) STRICT, WITHOUT ROWID;
    """

  /// Apart from the draft's JSON, so that each is written only when it is another one. A draft of
  /// before has them in its JSON until it is saved again.
  private static let textsOfDrafts = """
    CREATE TABLE draft_text (
      draft TEXT NOT NULL,
      part TEXT NOT NULL,                 -- prompt: as it is written; file: as its file held it
      hash TEXT NOT NULL,                 -- SHA-256 of the text
      text BLOB NOT NULL,                 -- UTF-8
      PRIMARY KEY (draft, part)
    ) STRICT;
    """

  /// The answer itself stays in `record` as it came.
  /// Good and bad stay where they are: a remark says more, and is no part of a rating.
  private static let remarksAndPreferences = """
    CREATE TABLE remark (
      run INTEGER PRIMARY KEY REFERENCES run ON DELETE CASCADE,
      json TEXT NOT NULL                  -- Core's Remark
    ) STRICT;

    CREATE TABLE preference (
      id TEXT NOT NULL PRIMARY KEY,
      run INTEGER NOT NULL REFERENCES run ON DELETE CASCADE,  -- that of the first answer
      made_at REAL NOT NULL,              -- seconds since 1970
      json TEXT NOT NULL                  -- Core's Preference
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX preference_of_run ON preference (run);
    """

  /// A moment is the batch of its runs, which needn't be there (yet).
  private static let branchesAndPrunedMoments = """
    CREATE TABLE branch (
      session TEXT NOT NULL REFERENCES session ON DELETE CASCADE,
      name TEXT NOT NULL,
      moment TEXT NOT NULL,
      PRIMARY KEY (session, name)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE pruned (
      session TEXT NOT NULL REFERENCES session ON DELETE CASCADE,
      moment TEXT NOT NULL,
      cut INTEGER NOT NULL,               -- what was pruned at once has the same; the largest was last
      PRIMARY KEY (session, moment)
    ) STRICT, WITHOUT ROWID;
    """

  /// What a run says is read out of its record. Runs that have ended are added one by one, so that a
  /// large store opens at once.
  private static let finding = """
    CREATE VIEW run_words AS
      SELECT record.run AS number,
        (run_json ->> '$.prompt_text') || char(10) || coalesce(
          (SELECT group_concat(value, char(10)) FROM json_each(run_json, '$.inputs')), '') AS prompt,
        coalesce(answer_json ->> '$.output', '') || char(10)
          || coalesce(answer_json ->> '$.refusal', '') || char(10) || coalesce(
            (SELECT CAST(text AS TEXT) FROM correction WHERE correction.run = record.run
              ORDER BY number DESC LIMIT 1), '') AS answer,
        coalesce(
          (SELECT group_concat(value ->> '$.text', char(10))
            FROM json_each(run_json, '$.request.passages')), '') AS passages,
        coalesce(
          (SELECT (json ->> '$.note') || char(10) || coalesce(
              (SELECT group_concat(value, char(10)) FROM json_each(json, '$.tags')), '')
            FROM remark WHERE remark.run = record.run), '') AS notes
      FROM record;

    CREATE VIRTUAL TABLE finding USING fts5(
      prompt, answer, passages, notes, content = 'run_words', content_rowid = 'number',
      tokenize = "unicode61 remove_diacritics 2", prefix = '1 2 3');

    ALTER TABLE run ADD COLUMN is_indexed INTEGER;  -- 1 once its words are in the index
    CREATE INDEX run_unindexed ON run (number)
      WHERE is_indexed IS NULL AND finish_reason IS NOT NULL;
    """

  private static let corrections = """
    CREATE TABLE correction (
      run INTEGER NOT NULL REFERENCES run ON DELETE CASCADE,
      number INTEGER NOT NULL,            -- from 1: the largest counts
      made_at REAL NOT NULL,              -- seconds since 1970
      text BLOB NOT NULL,                 -- UTF-8
      PRIMARY KEY (run, number)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE correction_draft (       -- begun, and not kept yet
      run INTEGER PRIMARY KEY REFERENCES run ON DELETE CASCADE,
      text BLOB NOT NULL                  -- UTF-8
    ) STRICT;
    """

  /// Requests are kept apart from their answers, since a request that is repeated has several; they are
  /// of no evaluation, so that the next one need not ask again. Rows are long, so that each has a number:
  /// the trees that are looked up in hold no texts.
  private static let evaluations = """
    CREATE TABLE evaluation (
      id TEXT NOT NULL PRIMARY KEY,
      name TEXT NOT NULL,
      path TEXT,                          -- of its file; null for one that has none
      started_at REAL NOT NULL,           -- seconds since 1970
      ended_at REAL,                      -- null while answers are missing
      dataset_hash TEXT NOT NULL,
      plan_hash TEXT NOT NULL,            -- of cases, variants and repeats
      repeats INTEGER NOT NULL,
      variants_json TEXT NOT NULL,
      cases_json TEXT NOT NULL
    ) STRICT;
    CREATE INDEX evaluation_of_plan ON evaluation (plan_hash, started_at);

    CREATE TABLE evaluation_result (
      evaluation TEXT NOT NULL REFERENCES evaluation ON DELETE CASCADE,
      "case" INTEGER NOT NULL,            -- its place in cases_json, from 0
      variant INTEGER NOT NULL,           -- its place in variants_json, from 0
      repetition INTEGER NOT NULL,        -- from 1
      request TEXT,                       -- a kept request's hash; null where nothing was asked
      grade_json TEXT,                    -- null where it could not be measured
      error TEXT,
      PRIMARY KEY (evaluation, "case", variant, repetition)
    ) STRICT;

    CREATE TABLE kept_request (
      hash TEXT NOT NULL PRIMARY KEY,
      json TEXT NOT NULL
    ) STRICT;

    CREATE TABLE kept_answer (
      request TEXT NOT NULL REFERENCES kept_request ON DELETE CASCADE,
      repetition INTEGER NOT NULL,        -- from 1
      made_at REAL NOT NULL,
      cost INTEGER,                       -- null where the price is not known
      answer_json TEXT NOT NULL,
      PRIMARY KEY (request, repetition)
    ) STRICT;

    CREATE TABLE evaluation_batch (
      name TEXT NOT NULL PRIMARY KEY,
      plan_hash TEXT NOT NULL,
      provider TEXT NOT NULL,
      path TEXT NOT NULL,                 -- of the file of its requests
      journey_json TEXT NOT NULL
    ) STRICT;

    CREATE TABLE diagnosis (
      id TEXT NOT NULL PRIMARY KEY,
      evaluation TEXT NOT NULL,
      dataset_hash TEXT NOT NULL,
      made_at REAL NOT NULL,
      json TEXT NOT NULL
    ) STRICT;
    """

  /// What lists and conditions need is kept apart from what examples say. An example's row is its set's
  /// id times 2^32, and its number: the numbers of a set have no gap, so that no list counts rows.
  private static let trainingSets = """
    CREATE TABLE training_set (
      id INTEGER PRIMARY KEY,             -- its name within this database only
      name TEXT NOT NULL UNIQUE,
      life TEXT NOT NULL,                 -- here; coming: its first examples aren't all in; going
      created_at REAL NOT NULL,           -- seconds since 1970
      changed_at REAL NOT NULL,
      count INTEGER NOT NULL DEFAULT 0,   -- rows of larger numbers are of an append that goes on
      approved INTEGER NOT NULL DEFAULT 0,
      rejected INTEGER NOT NULL DEFAULT 0,
      tokens INTEGER NOT NULL DEFAULT 0,  -- of all that are not rejected
      revision INTEGER NOT NULL DEFAULT 0,  -- grows with every change
      writer INTEGER                      -- the byte that the lock of who is at work on it is on
    ) STRICT;

    CREATE TABLE training_example (
      id INTEGER PRIMARY KEY,
      hash BLOB NOT NULL,                 -- the first half of the SHA-256 of its line
      state INTEGER NOT NULL,             -- 0 pending, 1 approved, -1 rejected
      tokens INTEGER NOT NULL,
      turns INTEGER NOT NULL,
      kinds INTEGER NOT NULL,             -- 1: a preference, 2: offers tools
      tags TEXT NOT NULL,                 -- a JSON list; empty for none
      lineage TEXT NOT NULL               -- JSON
    ) STRICT;
    CREATE INDEX training_example_hash ON training_example (hash);

    CREATE TABLE training_text (
      id INTEGER PRIMARY KEY,
      question TEXT NOT NULL,             -- the beginnings, for lists
      answer TEXT NOT NULL,
      json TEXT NOT NULL                  -- a line of SFT or DPO JSONL; last, so that lists need not
    ) STRICT;                             -- read past it

    CREATE TABLE training_action (
      "set" INTEGER NOT NULL REFERENCES training_set ON DELETE CASCADE,
      number INTEGER NOT NULL,            -- from 1, with no gap
      standing TEXT NOT NULL,             -- done, undone, dropped; performing, changing: it goes on
      made_at REAL NOT NULL,              -- seconds since 1970
      editor TEXT,
      affected INTEGER NOT NULL,
      json TEXT NOT NULL,                 -- FineTuning's CurationAction
      PRIMARY KEY ("set", number)
    ) STRICT;

    CREATE TABLE training_before (        -- what the examples were before an action
      "set" INTEGER NOT NULL,
      action INTEGER NOT NULL,
      number INTEGER NOT NULL,            -- of the example
      state INTEGER NOT NULL,
      tags TEXT NOT NULL,
      lineage TEXT,                       -- null where the texts stayed
      json TEXT,
      PRIMARY KEY ("set", action, number),
      FOREIGN KEY ("set", action) REFERENCES training_action ON DELETE CASCADE
    ) STRICT, WITHOUT ROWID;
    """

  /// Jobs are of this machine; what their servers tell is kept once, in the order in which it came.
  private static let trainingJobs = """
    CREATE TABLE training_job (
      name TEXT NOT NULL PRIMARY KEY,
      provider TEXT NOT NULL,
      created_at REAL NOT NULL,           -- seconds since 1970
      ended_at REAL,                      -- null while it goes on
      is_cancel_requested INTEGER NOT NULL DEFAULT 0,
      request_json TEXT NOT NULL,
      data_json TEXT NOT NULL,            -- what it is trained on
      journey_json TEXT NOT NULL,
      state_json TEXT                     -- what the server said last
    ) STRICT;

    CREATE TABLE training_event (
      number INTEGER PRIMARY KEY,
      job TEXT NOT NULL REFERENCES training_job ON DELETE CASCADE,
      id TEXT NOT NULL,                   -- the server's, or made of what it says
      json TEXT NOT NULL,
      UNIQUE (job, id)
    ) STRICT;

    CREATE TABLE training_checkpoint (
      job TEXT NOT NULL REFERENCES training_job ON DELETE CASCADE,
      name TEXT NOT NULL,
      step INTEGER NOT NULL,
      json TEXT NOT NULL,
      PRIMARY KEY (job, name)
    ) STRICT, WITHOUT ROWID;
    """
}
