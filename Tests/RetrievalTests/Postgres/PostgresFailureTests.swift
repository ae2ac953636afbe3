// What can stand between a person and a database: one sentence each, and nothing of a server's that a
// terminal would obey.

import Core
import Foundation
import LoopbackServer
import Testing

@testable import Retrieval

@Suite struct PostgresAddressTests {
  @Test(arguments: [
    "postgres://anna:secret@db.example.org/team", "postgres://db.example.org/team?password=secret",
    "postgresql://anna@db/team?sslpassword=secret", "postgres://anna@db/team?pass%77ord=secret",
  ])
  func `a password in an address is refused, and not repeated`(url: String) throws {
    #expect(throws: PostgresError.passwordInAddress) { try PostgresAddress(url) }
    #expect(!"\(PostgresError.passwordInAddress)".contains("secret"))
  }

  @Test(arguments: ["http://db/team", "postgres://[db/team", "postgres://db/t?nothing=1", ""])
  func `what is no address is refused`(url: String) {
    #expect(throws: PostgresError.notAnAddress) { try PostgresAddress(url) }
  }

  @Test func `an address is shown by database and host`() throws {
    #expect(try PostgresAddress("postgres://anna@db:5433/team").place == "team on db:5433")
    #expect(try PostgresAddress("postgres:///team\u{1B}[1m").place.utf8.contains(0x1B) == false)
  }
}

@Suite struct PostgresServerTests {
  @Test func `nobody at the other end is told`() throws {
    let port = try ScriptedServer.closedPort()
    let address = try PostgresAddress("postgres://anna@127.0.0.1:\(port)/team?sslmode=disable")
    #expect(
      throws: PostgresError.unreachable(
        place: "team on 127.0.0.1:\(port)", reason: "Connection refused")
    ) { try PostgresIndex(address) }
  }

  @Test func `a wrong password is told, without the terminal's commands in it`() throws {
    let server = try ScriptedServer { connection in
      // AuthenticationCleartextPassword, then ErrorResponse (PostgreSQL's manual, 55.7).
      var bytes: [UInt8] = Array("R".utf8) + [0, 0, 0, 8, 0, 0, 0, 3]
      let fields = "SFATAL\0VFATAL\0C28P01\0Mwrong \u{1B}[31mpassword\0\0"
      bytes += Array("E".utf8) + [0, 0, 0, UInt8(fields.utf8.count + 4)] + Array(fields.utf8)
      connection.send(bytes)
      _ = connection.waitForClose()
    }
    let folder = try TemporaryFolder()
    let file = try folder.write("pgpass", "*:*:*:*:hunter2\n")
    chmod(file, 0o600)
    let address = try PostgresAddress(
      "postgres://anna@127.0.0.1:\(server.port)/team?sslmode=disable&passfile=\(file)")
    let error = #expect(throws: PostgresError.self) { try PostgresIndex(address) }
    #expect(
      error
        == .refused(place: "team on 127.0.0.1:\(server.port)", reason: "wrong ␛[31mpassword"))
    #expect("\(try #require(error))".contains("PGPASSWORD"))
  }

  @Test func `a server that says nothing is given up when nobody waits any more`() throws {
    let server = try ScriptedServer { _ = $0.waitForClose() }
    let address = try PostgresAddress("postgres://a@127.0.0.1:\(server.port)/t?sslmode=disable")
    var isAsked = false
    #expect(throws: CancellationError.self) {
      try PostgresConnection(address) {
        defer { isAsked = true }
        return isAsked
      }
    }
  }
}

@Suite(.onPostgres) struct PostgresFailureTests {
  private let database: TestDatabase
  private let folder: TemporaryFolder

  init() throws {
    database = try TestDatabase()
    folder = try TemporaryFolder()
    try folder.write("docs/a.md", "Some text.\n")
  }

  private func search(_ index: any PassageStore) throws -> Int {
    try Retriever(index, models: BuiltinModels()).search("text", with: RetrievalSettings())
      .passages.count
  }

  @Test func `a database without an index is told, and left as it is`() throws {
    let address = try PostgresAddress(database.url)
    #expect(throws: PostgresError.noIndex(place: address.place)) { try PostgresIndex(address) }
    let schemas = try database.connection().query("SELECT to_regnamespace('whet') IS NULL")
    #expect(schemas.text(0, 0) == "t")
  }

  @Test func `an index of a later version is told`() throws {
    _ = try database.index()
    try database.connection().query("INSERT INTO whet.migration VALUES ('of tomorrow')")
    #expect(throws: PostgresError.laterVersion(place: try PostgresAddress(database.url).place)) {
      try database.index()
    }
  }

  @Test func `a statement that nobody waits for any more is cancelled`() throws {
    let connection = try database.connection()
    var asked = 0
    #expect(throws: CancellationError.self) {
      try connection.query("SELECT pg_sleep(60)") {
        asked += 1
        return asked > 2
      }
    }
    #expect(try connection.query("SELECT 1").integer(0, 0) == 1)
  }

  @Test func `a server that ends a search is told, and the next search connects again`() throws {
    let index = try database.index()
    try index.add([folder["docs"]])
    #expect(try search(index) == 1)
    let connection = try database.connection()
    let own = try connection.query("SELECT pg_backend_pid()").integer(0, 0)
    #expect(throws: PostgresError.lost(place: index.place)) {
      try connection.query("SELECT pg_terminate_backend($1), pg_sleep(60)", [PostgresValue(own)])
    }
    // Those that wait for their next search, too.
    try TestDatabase.server().query(
      "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = $1",
      [PostgresValue(database.name)])
    #expect(try search(index) == 1)
  }

  @Test func `what a person has no right to is told`() throws {
    let index = try database.index()
    try index.add([folder["docs"]])
    let server = try database.connection()
    let user = database.name + "_user"
    try server.query("CREATE ROLE \(user) LOGIN")
    defer {
      _ = try? server.query("DROP OWNED BY \(user)")
      _ = try? server.query("DROP ROLE \(user)")
    }
    let address = try PostgresAddress(database.url(user: user))
    let error = #expect(throws: PostgresError.self) { try PostgresIndex(address) }
    #expect("\(try #require(error))".contains("doesn't allow this: permission denied"))

    // Who may use the tables, but not add pgvector, can search and write all but vectors.
    try server.query("GRANT ALL ON SCHEMA whet TO \(user)")
    try server.query("GRANT ALL ON ALL TABLES IN SCHEMA whet TO \(user)")
    try server.query("GRANT ALL ON ALL SEQUENCES IN SCHEMA whet TO \(user)")
    let theirs = try PostgresIndex(address)
    try folder.write("docs/b.md", "More text.\n")
    #expect(try theirs.add([folder["docs"]]).added == 1)
    #expect(try search(theirs) == 2)
    #expect(throws: PostgresError.noVectors(place: theirs.place)) {
      try theirs.embed(with: StaticTable.embedder())
    }
  }
}
