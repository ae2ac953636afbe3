import CPostgres

// Where a database is, as it may be written into a file: without a password.

/// The address of a PostgreSQL database as libpq understands it
/// (https://www.postgresql.org/docs/current/libpq-connect.html).
///
/// How a password is found and TLS is used is libpq's business: `PGPASSWORD`, `~/.pgpass`,
/// `?service=`, `?sslmode=verify-full`.
public struct PostgresAddress: Hashable, Sendable {
  public let url: String
  /// As a person names it: `team on db.example.org`.
  public let place: String

  /// Whether a text looks like the address of a PostgreSQL database.
  public static func isOne(_ text: String) -> Bool {
    text.hasPrefix("postgres://") || text.hasPrefix("postgresql://")
  }

  /// Throws `PostgresError` where it isn't one, or holds a password.
  public init(_ url: String) throws(PostgresError) {
    guard postgres_is_installed() != 0 else { throw .noLibrary }
    guard Self.isOne(url), !url.utf8.contains(0) else { throw .notAnAddress }
    // Its message would repeat the address, and a password in it.
    guard let options = PQconninfoParse(url, nil) else { throw .notAnAddress }
    defer { PQconninfoFree(options) }
    var values: [String: String] = [:]
    var option = options
    while let name = option.pointee.keyword {
      values[String(cString: name)] = option.pointee.val.map { String(cString: $0) }
      option += 1
    }
    guard values["password"] == nil, values["sslpassword"] == nil else { throw .passwordInAddress }
    self.url = url
    let database = values["dbname"] ?? values["user"] ?? values["service"] ?? "the database"
    let host = values["host"] ?? values["hostaddr"] ?? "this machine"
    let port = values["port"].map { ":" + $0 } ?? ""
    place = PostgresError.printable("\(database) on \(host)\(port)")
  }
}
