// What can be wrong with the rows of training sets, and what mends it.

import Core
import FineTuning
import GRDB

extension SessionStore {
  /// Looks through the training sets.
  static func checkTraining(_ report: inout StoreReport, in db: Database) throws {
    let (sets, examples) = (
      try Int.fetchOne(db, sql: "SELECT count(*) FROM training_set WHERE life = 'here'") ?? 0,
      try Int.fetchOne(db, sql: "SELECT count(*) FROM training_example") ?? 0
    )
    let halves =
      try Int.fetchOne(
        db,
        sql: """
          SELECT (SELECT count(*) FROM training_example
              WHERE id NOT IN (SELECT id FROM training_text))
            + (SELECT count(*) FROM training_text
              WHERE id NOT IN (SELECT id FROM training_example))
          """) ?? 0
    if halves > 0 {
      report.add(.mendable, "\(halves) training examples have lost a half of what they were")
    }
    let homeless =
      try Int.fetchOne(
        db,
        sql: """
          SELECT count(*) FROM training_example WHERE id >> 32 NOT IN (SELECT id FROM training_set)
          """) ?? 0
    if homeless > 0 {
      report.add(.mendable, "\(homeless) training examples are of a set that isn't there")
    }
    let miscounted =
      try Int.fetchOne(
        db, sql: "SELECT count(*) FROM training_set WHERE writer IS NULL AND \(isMiscounted)") ?? 0
    if miscounted > 0 {
      report.add(.mendable, "\(miscounted) training sets count their examples wrong")
    }
    if sets > 0 { report.add(.fine, "\(examples) examples in \(sets) training sets") }
  }

  /// Makes whole what the rows of training sets tell of each other. What was begun by a whet that is
  /// gone is taken back when the set is worked on next, as without damage.
  static func repairTraining(_ db: Database) throws {
    try db.execute(
      sql: """
        DELETE FROM training_example WHERE id NOT IN (SELECT id FROM training_text);
        DELETE FROM training_text WHERE id NOT IN (SELECT id FROM training_example);
        INSERT INTO training_set (id, name, life, created_at, changed_at, count)
          SELECT id >> 32, 'recovered ' || (id >> 32), 'here', 0, 0, max(id) & 0xFFFFFFFF
          FROM training_example
          WHERE id >> 32 NOT IN (SELECT id FROM training_set) GROUP BY id >> 32;
        DELETE FROM training_action WHERE "set" NOT IN (SELECT id FROM training_set);
        DELETE FROM training_before WHERE ("set", action) NOT IN
          (SELECT "set", number FROM training_action);
        UPDATE training_set SET
          approved = (SELECT count(*) FROM training_example WHERE \(isCounted) AND state = 1),
          rejected = (SELECT count(*) FROM training_example WHERE \(isCounted) AND state = -1),
          tokens = (SELECT coalesce(sum(tokens), 0) FROM training_example
            WHERE \(isCounted) AND state <> -1),
          revision = revision + 1
          WHERE \(isMiscounted);
        """)
  }

  /// How many rows no set tells of, those of an import that goes on right now among them.
  static func examplesOfNoSet(in db: Database) throws -> Int {
    try Int.fetchOne(
      db,
      sql: """
        SELECT (SELECT count(*) FROM training_example)
          - (SELECT coalesce(sum((SELECT count(*) FROM training_example WHERE \(isCounted))), 0)
            FROM training_set)
        """) ?? 0
  }

  /// Whether an example is one that its set tells of.
  private static let isCounted = """
    training_example.id BETWEEN (training_set.id << 32) + 1
      AND (training_set.id << 32) + training_set.count
    """

  private static let isMiscounted = """
    (approved, rejected, training_set.tokens) IS NOT (
      SELECT coalesce(sum(state = 1), 0), coalesce(sum(state = -1), 0),
        coalesce(sum(iif(state = -1, 0, training_example.tokens)), 0)
      FROM training_example WHERE \(isCounted))
    """
}
