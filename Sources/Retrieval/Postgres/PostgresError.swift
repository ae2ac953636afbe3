import Core

// What can go wrong with an index in a PostgreSQL database, as one sentence each. What a server says
// is hostile: it is made printable, and cut.

/// Why an index in a PostgreSQL database can't be used.
public enum PostgresError: Error, Equatable, Sendable, CustomStringConvertible {
  case noLibrary
  /// What was given is no address of a database.
  case notAnAddress
  /// The address holds a password, which would get into files and lists of processes.
  case passwordInAddress
  case unreachable(place: String, reason: String)
  case refused(place: String, reason: String)
  case tooSlow(place: String, seconds: Int)
  /// The connection was good, and then broke.
  case lost(place: String)
  /// There is no index yet, and the call would not make one.
  case noIndex(place: String)
  case laterVersion(place: String)
  /// Texts can't be kept in it: it has another encoding than UTF-8.
  case wrongEncoding(place: String, encoding: String)
  case noVectors(place: String)
  case noRights(place: String, reason: String)
  /// - Parameter holder: who is writing to it.
  case busy(place: String, holder: String)
  case full(place: String)
  case failed(place: String, reason: String)

  public var description: String {
    switch self {
    case .noLibrary:
      "PostgreSQL's client library isn't installed: install libpq5, and run this again"
    case .notAnAddress:
      "that is no address of a database: write postgres://user@host:5432/database"
    case .passwordInAddress:
      "a password doesn't belong into an address, which is kept in a file: leave it out, and set "
        + "PGPASSWORD or write it to ~/.pgpass"
    case .unreachable(let place, let reason):
      "\(place) can't be reached: \(reason); check host, port and whether the server runs"
    case .refused(let place, let reason):
      "\(place) refused the connection: \(reason); check user, database and password (PGPASSWORD, ~/.pgpass)"
    case .tooSlow(let place, let seconds):
      "\(place) didn't answer within \(seconds) s; check host, port and network"
    case .lost(let place):
      "the connection to \(place) was lost; try again when the server is back"
    case .noIndex(let place):
      "there is no index in \(place): `whet index add --to ADDRESS --index NAME FOLDER` makes it"
    case .laterVersion(let place):
      "the index in \(place) was made by a later version of whet; update whet"
    case .wrongEncoding(let place, let encoding):
      "\(place) keeps texts in \(encoding): make a database with ENCODING 'UTF8', and name that one"
    case .noVectors(let place):
      "\(place) has no pgvector, which vectors need: ask who runs it for CREATE EXTENSION vector; "
        + "words are searched without it"
    case .noRights(let place, let reason):
      "\(place) doesn't allow this: \(reason); ask who runs it for the right to use schema 'whet'"
    case .busy(let place, let holder):
      "the index in \(place) is being written by \(holder); try again when that is done"
    case .full(let place):
      "no space is left for the index in \(place); free some there and run this again"
    case .failed(let place, let reason):
      "the index in \(place) failed: \(reason); try again"
    }
  }

  /// What a server's error means.
  ///
  /// - Parameter code: SQLSTATE (PostgreSQL's manual, appendix A).
  init(code: String, message: String, place: String) {
    let reason = Self.printable(message)
    switch code {
    case "42501": self = .noRights(place: place, reason: reason)
    case "53100": self = .full(place: place)
    case "3F000", "42P01": self = .noIndex(place: place)
    case "57P01", "57P02", "57P03", "08000", "08003", "08006": self = .lost(place: place)
    default: self = .failed(place: place, reason: reason)
    }
  }

  /// What a server, or libpq, says: its first line, with nothing in it that a terminal would obey.
  static func printable(_ message: String) -> String {
    let line = message.split(whereSeparator: \.isNewline).first ?? "unknown reason"
    return String(DisplayText.printable(String(line)).prefix(300))
      .trimmingPrefix { $0 == " " }.description
  }
}
