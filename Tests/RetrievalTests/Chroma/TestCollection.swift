import Core
import Foundation
import Testing

@testable import Retrieval
@testable import Runtime

// A collection of a test's own, on a server in memory, or on a real one.

/// Where a test's collection is.
enum ChromaSite: CaseIterable {
  case memory
  /// The fifth port from the one that `WHET_TEST_SERVERS` names.
  case real

  static let realPort = ProcessInfo.processInfo.environment["WHET_TEST_SERVERS"]
    .flatMap { Int($0) }.map { $0 + 4 }

  /// Those that can be tried here.
  static let all: [ChromaSite] = {
    guard realPort == nil else { return allCases }
    print("WHET_TEST_SERVERS names no port: a real Chroma is not tried")
    return [.memory]
  }()
}

/// A name for a collection, which is removed when the test is over.
final class TestCollection: Sendable {
  /// Nil on a real server.
  let memory: MemoryChroma?
  let address: ChromaAddress
  let service: any ChromaService

  init(on site: ChromaSite = .memory, environment: [String: String] = [:]) throws {
    memory = site == .memory ? try MemoryChroma() : nil
    let port = memory.map { Int($0.port) } ?? ChromaSite.realPort ?? 0
    address = try ChromaAddress(
      "chroma://127.0.0.1:\(port)/whet-test-\(UUID().uuidString.prefix(8).lowercased())")
    service = ChromaServer(address, environment: environment)
  }

  deinit {
    guard memory == nil else { return }
    _ = try? answer(to: .delete, "/\(address.collection)", nil)
  }

  /// The collection as a machine sees it whose mirror is of that name.
  func index(_ machine: String, _ folder: TemporaryFolder) throws -> ChromaIndex {
    try ChromaIndex(
      address, mirror: folder[machine + ".mirror"], service: service, models: BuiltinModels())
  }

  /// Asks about collections behind whet's back.
  @discardableResult
  func answer(to method: ChromaMethod, _ path: String, _ body: JSON?) throws -> JSON? {
    try service.answer(to: method, address.collections + path, body, isCancelled: { false })
  }

  /// Makes it as another program would, with these texts.
  func makeForeign(_ texts: [String], vectors: [[Float]]) throws {
    let made = try #require(
      try answer(
        to: .post, "",
        [
          "name": .string(address.collection), "metadata": ["owner": "somebody"],
          "configuration": ["hnsw": ["space": "cosine"]],
        ]))
    let id = try #require(made["id"]?.string)
    try answer(
      to: .post, "/\(id)/upsert",
      [
        "ids": .array(texts.indices.map { .string("doc-\($0)") }),
        "documents": .array(texts.map(JSON.string)),
        "embeddings": .array(vectors.map { .array($0.map { .number(Double($0)) }) }),
        "metadatas": .array(
          texts.indices.map { ["source": "notes.txt", "page": .integer($0 + 1), "kind": "note"] }),
      ])
  }
}
