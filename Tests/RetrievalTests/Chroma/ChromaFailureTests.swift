// Servers that are down, refuse, or answer nonsense: one sentence, and nothing is lost.

import Core
import Foundation
import LoopbackServer
import Testing

@testable import Retrieval
@testable import Runtime

@Suite struct ChromaFailureTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    try folder.write("docs/a.md", "# Wheels\n\nA wheel is returned within thirty days.\n")
  }

  private func search(
    _ index: ChromaIndex, _ method: RetrievalSettings.Method
  ) throws -> [Passage] {
    var settings = RetrievalSettings(limit: 3)
    settings.method = method
    return try Retriever(index, models: BuiltinModels()).search("wheel", with: settings).passages
  }

  private func sentence(_ body: () throws -> Void) -> String {
    do {
      try body()
      return "nothing went wrong"
    } catch {
      return "\(error)"
    }
  }

  @Test func `without a server the words are still there, and vectors say why they aren't`() throws
  {
    let collection = try TestCollection()
    try collection.index("a", folder).add([folder["docs"]])
    let closed = try ScriptedServer.closedPort()
    let address = try ChromaAddress("chroma://127.0.0.1:\(closed)/team")
    let index = try ChromaIndex(
      address, mirror: folder["a.mirror"], service: ChromaServer(address, environment: [:]),
      models: BuiltinModels())
    #expect(try search(index, .bm25).map(\.source) == ["docs/a.md"])
    let sentence = sentence { _ = try search(index, .hybrid) }
    #expect(sentence.contains("127.0.0.1:\(closed)"))
    #expect(sentence.contains("--method bm25"))
    // Nothing is read where nothing can be written.
    #expect(self.sentence { try index.add([folder["docs"]]) }.contains("127.0.0.1:\(closed)"))
    let new = try ChromaIndex(
      address, mirror: folder["new.mirror"], service: ChromaServer(address, environment: [:]),
      models: BuiltinModels())
    #expect(self.sentence { _ = try search(new, .bm25) }.contains("127.0.0.1:\(closed)"))
  }

  @Test(arguments: [
    ("401 Unauthorized", "{}", "CHROMA_TOKEN"), ("403 Forbidden", "{}", "ask for access"),
    ("404 Not Found", "{}", "There is no collection"),
    ("413 Payload Too Large", "{}", "larg"),
    ("400 Bad Request", #"{"message":"no \u001b[31mred"}"#, "HTTP 400"),
    ("200 OK", "<html>", "no JSON"), ("200 OK", "[]", "doesn't answer as Chroma does"),
    ("200 OK", #"{"id":"../../x"}"#, "doesn't answer as Chroma does"),
    (
      "200 OK",
      #"{"id":"5a8c6ad6-8e1c-4bd2-a7a4-6a2d0b4ac6d2","metadata":{"whet_format":9}}"#,
      "later version"
    ),
  ])
  func `an answer that is none is one clear sentence`(
    status: String, body: String, words: String
  ) throws {
    let collection = try TestCollection()
    try #require(collection.memory).fail { _ in .init(status: status, body: body) }
    let index = try collection.index("a", folder)
    let sentence = sentence { _ = try search(index, .hybrid) }
    #expect(sentence.contains(words), "\(sentence)")
    #expect(!sentence.contains("\n") && !sentence.contains("\u{1B}"))
  }

  @Test func `a server that fails once is asked again`() throws {
    let collection = try TestCollection()
    let index = try collection.index("a", folder)
    try index.add([folder["docs"]])
    let memory = try #require(collection.memory)
    let before = memory.requests.count
    memory.failOnce(.init(status: "503 Unavailable", body: "{}"))
    #expect(try search(collection.index("a", folder), .vector).count == 1)
    #expect(memory.requests.count > before + 1)
  }

  @Test(arguments: [
    "[]", #"{"ids":[["x"]],"distances":[[]]}"#, #"{"ids":[["x"]],"distances":[["near"]]}"#,
    #"{"ids":[[1]],"distances":[[0.5]]}"#,
  ])
  func `nonsense for a query is not believed`(body: String) throws {
    let collection = try TestCollection()
    let index = try collection.index("a", folder)
    try index.add([folder["docs"]])
    try #require(collection.memory).fail {
      $0.line.hasSuffix("/query") ? .init(body: body) : nil
    }
    #expect(throws: ChromaError.strangeAnswer(place: "\(collection.address)")) {
      try search(index, .vector)
    }
    #expect(try search(index, .bm25).count == 1)
  }

  @Test func `records that are no passages are left out, and fetched once`() throws {
    let collection = try TestCollection()
    try collection.index("a", folder).add([folder["docs"]])
    let memory = try #require(collection.memory)
    let id = try #require(
      try collection.answer(to: .get, "/\(collection.address.collection)", nil)?["id"]?.string)
    let vector = JSON.array([JSON](repeating: 0.5, count: 256))
    try collection.answer(
      to: .post, "/\(id)/upsert",
      [
        "ids": ["x", "y"], "embeddings": [vector, vector], "documents": ["a wheel", nil],
        "metadatas": [["source": "s", "start": -4], nil],
      ])
    let other = try collection.index("b", folder)
    #expect(try search(other, .bm25).map(\.source) == ["docs/a.md"])
    #expect(try search(other, .vector).map(\.source) == ["docs/a.md"])
    let before = memory.requests.count
    #expect(try search(collection.index("b", folder), .hybrid).count == 1)
    let fetched = memory.requests.dropFirst(before).filter {
      $0.body?["include"]?.array?.contains("documents") == true
    }
    #expect(fetched.isEmpty)
  }

  @Test func `a token is sent with each request, and written nowhere`() throws {
    let token = "token-of-the-tests"
    let collection = try TestCollection(environment: ["CHROMA_TOKEN": token])
    try collection.index("a", folder).add([folder["docs"]])
    let memory = try #require(collection.memory)
    #expect(memory.requests.allSatisfy { $0.head.contains("x-chroma-token: \(token)") })
    #expect(memory.requests.allSatisfy { $0.head.contains("Authorization: Bearer \(token)") })
    for file in ["a.mirror", "a.mirror-wal"]
    where FileManager.default.fileExists(atPath: folder[file]) {
      let bytes = try Data(contentsOf: URL(filePath: folder[file]))
      #expect(bytes.range(of: Data(token.utf8)) == nil)
    }
    memory.fail { _ in
      .init(status: "401 Unauthorized", body: #"{"message":"bad token-of-the-tests"}"#)
    }
    let sentence = sentence { _ = try search(collection.index("b", folder), .bm25) }
    #expect(sentence.contains("CHROMA_TOKEN"))
    #expect(!sentence.contains(token))
  }
}
