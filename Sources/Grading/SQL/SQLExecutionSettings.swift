import Core

// What `config` says of a `sql-execution` assertion. Values only.

struct SQLExecutionSettings: Hashable, Sendable {
  /// The files, absolute or relative to the working directory; at least one.
  var databases: [String]
  var limits = SQLLimits()
  /// As queries are written; the published leaderboards leave DISTINCT out.
  var keepsDistinct = true

  /// - Throws: what is missing, misspelt, or no such value.
  init(_ config: JSON.Object, baseDirectory: String) throws(GradingError) {
    let paths = config["database"].flatMap { value in
      value.string.map { [$0] } ?? value.array.map { $0.compactMap(\.string) }
    }
    guard let paths, !paths.isEmpty, paths.allSatisfy({ !$0.isEmpty }),
      config["database"]?.array.map({ $0.count == paths.count }) ?? true
    else {
      throw GradingError("sql-execution needs config.database: a SQLite file, or a list of them.")
    }
    databases = paths.map { path in
      path.hasPrefix("/") || baseDirectory.isEmpty ? path : baseDirectory + "/" + path
    }
    for member in config.members where member.name != "database" {
      switch member.name {
      case "timeout":
        guard let seconds = member.value.double, seconds > 0, seconds <= 600 else {
          throw GradingError("config.timeout is a number of seconds, up to 600.")
        }
        limits.seconds = seconds
      case "memory":
        guard let megabytes = member.value.integer, 1...4096 ~= megabytes else {
          throw GradingError("config.memory is a whole number of megabytes, from 1 to 4096.")
        }
        limits.bytes = megabytes << 20
      case "rows":
        guard let rows = member.value.integer, 1...10_000_000 ~= rows else {
          throw GradingError("config.rows is a whole number, from 1 to 10000000.")
        }
        limits.rows = rows
      case "keep_distinct":
        guard let keeps = member.value.bool else {
          throw GradingError("config.keep_distinct is true or false.")
        }
        keepsDistinct = keeps
      default:
        throw GradingError(
          """
          sql-execution knows no config.\(member.name): it knows database, timeout, memory, rows \
          and keep_distinct.
          """)
      }
    }
  }
}
