// A database of a test's own on a real server, dropped when the test is over.

import Foundation
import Testing

@testable import Retrieval

/// A database with no tables on the server of `WHET_TEST_SERVERS`.
final class TestDatabase: Sendable {
  /// The server's port is the sixth from the one that the variable names.
  static let port = ProcessInfo.processInfo.environment["WHET_TEST_SERVERS"].flatMap { Int($0) }
    .map { $0 + 5 }

  static let isThere = port != nil

  let name = "whet_test_" + UUID().uuidString.prefix(8).lowercased()

  init() throws {
    try Self.server().query("CREATE DATABASE \(name)")
  }

  deinit { _ = try? Self.server().query("DROP DATABASE \(name) WITH (FORCE)") }

  var url: String { url(user: "postgres") }

  func url(user: String) -> String {
    "postgres://\(user)@127.0.0.1:\(Self.port ?? 0)/\(name)"
  }

  func index() throws -> PostgresIndex { try PostgresIndex.make(PostgresAddress(url)) }
  func connection() throws -> PostgresConnection {
    try PostgresConnection(PostgresAddress(url))
  }

  /// A connection to the server that is no part of any index.
  static func server() throws -> PostgresConnection {
    try PostgresConnection(
      PostgresAddress("postgres://postgres@127.0.0.1:\(port ?? 0)/postgres"))
  }
}

extension Trait where Self == ConditionTrait {
  static var onPostgres: Self {
    .enabled(
      if: TestDatabase.isThere, "WHET_TEST_SERVERS names no port: PostgreSQL is not tried")
  }
}
