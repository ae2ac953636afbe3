// What one query may take.

/// The limits of a query that nobody has looked at.
struct SQLLimits: Hashable, Sendable {
  var seconds = 5.0
  /// What SQLite may hold for it before it is stopped, and twice that at any moment; and again, what
  /// its result may take.
  var bytes = 128 << 20
  var rows = 100_000

  /// What is longer is no query that a person or a model wrote to answer a question.
  static let queryBytes = 100_000
}

/// Why a query gave no result.
enum SQLFailure: Error, Hashable, Sendable, CustomStringConvertible {
  /// SQLite's own message: the query is wrong, or does what no query may.
  case query(String)
  case tooLong(seconds: Double)
  case tooMuchMemory(bytes: Int)
  case tooManyRows(Int)
  /// The database can't be read: not the fault of a query.
  case database(String)

  var description: String {
    switch self {
    case .query(let message): message
    case .tooLong(let seconds): "it was stopped after \(SQLValue(seconds)) s"
    case .tooMuchMemory(let bytes): "it took more than \(bytes >> 20) MB of memory"
    case .tooManyRows(let count): "it gave more than \(count) rows"
    case .database(let message): message
    }
  }
}
