import Core

// How hard a query of Spider is, by the rule that its leaderboard groups results by
// (https://github.com/taoyds/spider, evaluation.py, eval_hardness). The rule counts in the parsed query
// that each question of Spider has as `sql`; its oddities are kept, or groups would differ.

enum SpiderHardness: String, Hashable, Sendable {
  case easy, medium, hard, extra

  /// - Parameter sql: the parsed query; nil is returned for what is none.
  init?(of sql: JSON) {
    guard let tables = sql["from"]?["table_units"]?.array, let selected = sql["select"]?[1]?.array,
      let joins = sql["from"]?["conds"]?.array, let conditions = sql["where"]?.array,
      let having = sql["having"]?.array, let groups = sql["groupBy"]?.array,
      let order = sql["orderBy"]?.array
    else { return nil }
    // Conditions stand in turn with the words that join them.
    let all = [joins, conditions, having]
    let units = all.flatMap(Self.units)
    let words = all.flatMap { list in list.indices.filter { $0 % 2 == 1 }.map { list[$0] } }

    let clauses =
      (conditions.isEmpty ? 0 : 1) + (groups.isEmpty ? 0 : 1) + (order.isEmpty ? 0 : 1)
      + (sql["limit"] ?? .null != .null ? 1 : 0) + max(0, tables.count - 1)
      + words.count { $0.string == "or" } + units.count { $0[1]?.integer == Self.like }
    let nested =
      units.flatMap { [$0[3], $0[4]] }.count { $0?.object != nil }
      + ["intersect", "except", "union"].count { sql[$0]?.object != nil }
    let ordered = order.count > 1 ? order[1].array ?? [] : []
    // What begins with anything but 0 counts as aggregated, which a negated condition does, and the
    // word between two conditions of HAVING.
    let aggregates =
      (selected + Self.units(conditions) + groups + having
      + ordered.flatMap { [$0[1], $0[2]].compactMap(\.self).filter { !$0.isNull } })
      .count { $0.string != nil || $0[0].map { $0 != .integer(0) && $0 != .bool(false) } ?? false }
    let others =
      (aggregates > 1 ? 1 : 0) + (selected.count > 1 ? 1 : 0) + (conditions.count > 1 ? 1 : 0)
      + (groups.count > 1 ? 1 : 0)

    switch (clauses, others, nested) {
    case (...1, 0, 0): self = .easy
    case (...1, ...2, 0), (...2, ..<2, 0): self = .medium
    case (...2, 3..., 0), (3, ...2, 0), (...1, 0, ...1): self = .hard
    default: self = .extra
    }
  }

  /// `like` among the comparisons.
  private static let like = 9

  private static func units(_ conditions: [JSON]) -> [JSON] {
    conditions.indices.filter { $0 % 2 == 0 }.map { conditions[$0] }
  }
}
