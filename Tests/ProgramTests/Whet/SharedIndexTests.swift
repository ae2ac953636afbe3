// An index in a database, by its name, as a person uses it.

import Foundation
import Testing

@testable import Retrieval

@Suite struct SharedIndexTests {
  private static let port = ProcessInfo.processInfo.environment["WHET_TEST_SERVERS"].flatMap {
    Int($0)
  }

  private func home() throws -> WhetHome {
    let home = try WhetHome()
    try home.write("# Returns\n\nParcels go back within 30 days.\n", to: "docs/returns.md")
    return home
  }

  private func addressFiles(_ home: WhetHome) -> [String] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: home.indexes)) ?? []
    return names.filter { $0.hasSuffix(".remote") }
  }

  @Test func `a password in an address is refused, and kept nowhere`() throws {
    let home = try home()
    let result = try home.run(
      "index", "add", "--index", "team", "--to", "postgres://anna:hunter2@127.0.0.1:1/team", "docs")
    #expect(result.status != 0)
    #expect(result.errors.contains("PGPASSWORD") && !result.errors.contains("hunter2"))
    #expect(addressFiles(home).isEmpty)
  }

  @Test func `a database that isn't there is one line, and leaves no name behind`() throws {
    let home = try home()
    let result = try home.run(
      "index", "add", "--index", "team", "--to", "postgres://anna@127.0.0.1:1/team", "docs")
    #expect(result.status != 0)
    #expect(result.errors.contains("team on 127.0.0.1:1 can't be reached: Connection refused"))
    #expect(addressFiles(home).isEmpty)
    #expect(try home.run("index", "list").output.hasPrefix("There are none"))
  }

  @Test(
    .enabled(if: port != nil, "WHET_TEST_SERVERS names no port: PostgreSQL is not tried"))
  func `an index in a database goes by its name everywhere`() throws {
    let server = "postgres://postgres@127.0.0.1:\((Self.port ?? 0) + 5)/"
    let name = "whet_test_" + UUID().uuidString.prefix(8).lowercased()
    let connection = try PostgresConnection(PostgresAddress(server + "postgres"))
    try connection.query("CREATE DATABASE \(name)")
    defer { _ = try? connection.query("DROP DATABASE \(name) WITH (FORCE)") }
    let home = try home()
    let added = try home.run(
      "index", "add", "--index", "team", "--to", server + name, "docs")
    #expect(added.output.hasPrefix("team: 1 added"))
    #expect(addressFiles(home).count == 1)
    #expect(try home.run("index", "add", "--index", "team").output.contains("1 unchanged"))
    #expect(try home.run("search", "parcels", "--index", "team").output.contains("within 30 days"))
    let listed = try home.run("index", "list").output
    #expect(listed.contains("team\t1 documents") && listed.contains("\(name) on 127.0.0.1"))
    #expect(try home.run("doctor").output.contains("index team"))
    #expect(try home.run("index", "doctor", "--index", "team").status == 0)

    // Somebody else needs the address alone.
    let colleague = try self.home()
    let joined = try colleague.run("index", "add", "--index", "ours", "--to", server + name)
    #expect(joined.output == "ours: \(name) on 127.0.0.1:\((Self.port ?? 0) + 5), 1 passages\n")
    #expect(try colleague.run("search", "parcels", "--index", "ours").status == 0)
    let none = try colleague.run("index", "add", "--index", "no", "--to", server + "postgres")
    #expect(none.status != 0 && none.errors.contains("there is no index in postgres on"))

    // Another name for another place is refused.
    let taken = try home.run("index", "add", "--index", "team", "--to", server + "postgres", "docs")
    #expect(taken.status != 0 && taken.errors.contains("choose another name"))

    // The name goes; what it stood for stays until it is said.
    let removed = try home.run("index", "remove", "team")
    #expect(removed.output.contains("keeps its passages") && addressFiles(home).isEmpty)
    #expect(try home.run("search", "parcels", "--index", "team").status != 0)
    #expect(
      try home.run("index", "add", "--index", "again", "--to", server + name, "docs").output
        .contains("1 unchanged"))
    #expect(try home.run("index", "remove", "again", "--with-data").status == 0)
    let schema = try PostgresConnection(PostgresAddress(server + name)).query(
      "SELECT to_regnamespace('whet') IS NULL")
    #expect(schema.text(0, 0) == "t")
  }
}
