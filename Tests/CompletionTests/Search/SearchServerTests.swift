import Core
import Foundation
import LoopbackServer
import Synchronization
import Testing

@testable import Completion

@Suite("Servers that help to search")
struct SearchServerTests {
  /// A server that gives one answer after the other, and keeps what it was asked.
  private final class Server: Sendable {
    let provider: Provider
    private let seen: Requests

    final class Requests: Sendable { let texts = Mutex<[String]>([]) }

    init(
      _ answers: [(status: String, body: String)], wire: WireProtocol = .chatCompletions
    ) throws {
      let seen = Requests()
      let server = try ScriptedServer { connection in
        let request = connection.readRequest()
        let number = seen.texts.withLock { texts in
          texts.append(request)
          return texts.count - 1
        }
        let answer = answers[min(number, answers.count - 1)]
        connection.respond(answer.body, status: answer.status)
      }
      var provider = Provider(
        name: "test", baseURL: server.baseURL, wire: wire, key: .environment("KEY"))
      provider.attemptLimit = 2
      self.provider = provider
      self.seen = seen
    }

    var requests: [String] { seen.texts.withLock { $0 } }
  }

  private static let key = "secret-key-of-the-tests"
  private let model = ModelReference(provider: "test", model: "m")

  private var credentials: Credentials {
    var credentials = Credentials()
    credentials[.environment("KEY")] = Self.key
    return credentials
  }

  private func vectors(_ texts: [String], _ server: Server) throws -> [[Float]] {
    try EmbeddingClient(model, of: server.provider, credentials: credentials)
      .embedding(of: texts, isCancelled: { false }).vectors
  }

  @Test func `vectors come in the order of the texts whatever that of the answer`() throws {
    let server = try Server([
      (
        "200 OK",
        #"{"data":[{"index":1,"embedding":[0,2]},{"index":0,"embedding":[1.5,0]}]}"#
      )
    ])
    #expect(try vectors(["a", "b"], server) == [[1.5, 0], [0, 2]])
    let request = try #require(server.requests.first)
    #expect(request.hasPrefix("POST /v1/embeddings HTTP/1.1\r\n"))
    #expect(request.contains("Authorization: Bearer \(Self.key)"))
    #expect(request.hasSuffix(#"{"model":"m","input":["a","b"]}"#))
  }

  @Test func `Ollama is asked in its own words`() throws {
    let server = try Server([("200 OK", #"{"embeddings":[[1,2]]}"#)], wire: .ollamaChat)
    #expect(try vectors(["a"], server) == [[1, 2]])
    #expect(server.requests.first?.hasPrefix("POST /v1/api/embed ") == true)
  }

  @Test func `many texts go in several requests`() throws {
    let item = #"{"embedding":[1]}"#
    func body(_ count: Int) -> String {
      "{\"data\":[\(Array(repeating: item, count: count).joined(separator: ","))]}"
    }
    let server = try Server([("200 OK", body(64)), ("200 OK", body(6))])
    #expect(try vectors((0..<70).map { "\($0)" }, server).count == 70)
    #expect(server.requests.count == 2)
  }

  /// A server that takes so many texts a request, of so many bytes each, and embeds a text as its
  /// number of bytes.
  private func limitedServer(
    texts: Int, bytes: Int, status: String, error: String
  ) throws -> (provider: Provider, requests: Server.Requests) {
    let seen = Server.Requests()
    let server = try ScriptedServer { connection in
      let request = connection.readRequest()
      seen.texts.withLock { $0.append(request) }
      let body = request.firstRange(of: "\r\n\r\n").map { String(request[$0.upperBound...]) }
      let input = (try? JSON(parsing: body ?? ""))?["input"]?.array?.compactMap(\.string) ?? []
      guard input.count <= texts, input.allSatisfy({ $0.utf8.count <= bytes }) else {
        return connection.respond(JSON.object(["error": .string(error)]).text, status: status)
      }
      let data = input.map { "{\"embedding\":[\($0.utf8.count)]}" }.joined(separator: ",")
      connection.respond("{\"data\":[\(data)]}")
    }
    return (Provider(name: "test", baseURL: server.baseURL), seen)
  }

  @Test(arguments: [
    ("500 Internal Server Error", "input (602 tokens) is too large to process"),
    ("400 Bad Request", "This model's maximum context length is 512 tokens"),
    ("413 Payload Too Large", "Input validation error: inputs must have less than 512 tokens"),
    ("422 Unprocessable Entity", "batch size 64 > maximum allowed batch size 8"),
  ])
  func `what is too much for a server goes in parts and what is too long is cut`(
    status: String, error: String
  ) throws {
    let server = try limitedServer(texts: 8, bytes: 1000, status: status, error: error)
    var texts = (1...20).map { String(repeating: "a", count: $0) }
    texts[10] = String(repeating: "é", count: 900)
    let embedding = try EmbeddingClient(model, of: server.provider)
      .embedding(of: texts, isCancelled: { false })
    #expect(embedding.cutTexts == 1)
    let lengths = embedding.vectors.map { Int($0[0]) }
    #expect(lengths[10] > 700 && lengths[10] <= 1000)
    #expect(lengths.indices.allSatisfy { $0 == 10 || lengths[$0] == $0 + 1 })
    // None is asked again in vain: that wouldn't help.
    let requests = server.requests.texts.withLock { $0 }
    #expect(requests.count < 20)
    #expect(Set(requests).count == requests.count)
  }

  @Test func `a server that takes no text at all is told of in its words`() throws {
    let server = try limitedServer(
      texts: 0, bytes: 0, status: "400 Bad Request", error: "the batch is too large")
    let error = #expect(throws: CompletionError.self) {
      try EmbeddingClient(model, of: server.provider)
        .embedding(of: ["a", "b", "c"], isCancelled: { false })
    }
    #expect(error?.description.contains("the batch is too large") == true)
  }

  @Test func `a server that is overloaded is asked again`() throws {
    let server = try Server([
      ("503 Service Unavailable", ""), ("200 OK", #"{"data":[{"embedding":[1]}]}"#),
    ])
    #expect(try vectors(["a"], server) == [[1]])
  }

  @Test(arguments: [
    ("200 OK", #"{"data":[]}"#, "gives no vectors for 1 texts"),
    ("200 OK", #"{"data":[{"index":7,"embedding":[1]}]}"#, "gives no vectors"),
    ("200 OK", #"{"data":[{"index":-1,"embedding":[1]}]}"#, "gives no vectors"),
    ("200 OK", #"{"data":[{"embedding":["x"]}]}"#, "gives no vectors"),
    ("200 OK", #"{"data":[{"embedding":[1e300]}]}"#, "gives no vectors"),
    ("200 OK", #"{"data":[{"embedding":[NaN]}]}"#, "no JSON"),
    ("200 OK", #"{"data":[{"index":0,"embedding":[1]},{"index":0,"embedding":[]}]}"#, "gives no"),
    ("200 OK", "<html>", "no JSON"),
    ("401 Unauthorized", #"{"error":"bad key secret-key-of-the-tests"}"#, "HTTP 401"),
  ])
  func `what is no answer is a sentence without the key`(
    status: String, body: String, words: String
  ) throws {
    let server = try Server([(status, body)])
    let error = #expect(throws: CompletionError.self) { try vectors(["a"], server) }
    #expect(error?.description.contains(words) == true)
    #expect(error?.description.contains(Self.key) == false)
  }

  @Test func `a question that is cancelled ends`() throws {
    let server = try ScriptedServer { _ = $0.waitForClose() }
    let isCancelled = Mutex(0)
    #expect(throws: CancellationError.self) {
      try EmbeddingClient(model, of: Provider(name: "test", baseURL: server.baseURL))
        .embedding(
          of: ["a"],
          isCancelled: {
            isCancelled.withLock {
              $0 += 1
              return $0 > 2
            }
          })
    }
  }

  @Test func `a reranker's scores come in the order of the passages`() throws {
    let server = try Server([
      (
        "200 OK",
        #"{"results":[{"index":1,"relevance_score":0.9},{"index":0,"relevance_score":-3}]}"#
      )
    ])
    let client = RerankClient(model, of: server.provider, credentials: credentials)
    #expect(try client.scores(of: ["a", "b"], for: "q", isCancelled: { false }) == [-3, 0.9])
    let request = try #require(server.requests.first)
    #expect(request.hasPrefix("POST /v1/rerank "))
    #expect(
      request.hasSuffix(#"{"model":"m","query":"q","documents":["a","b"],"top_n":2}"#))
  }

  @Test(arguments: [
    "{}", #"{"results":[{"index":0,"relevance_score":1}]}"#,
    #"{"results":[{"index":2,"relevance_score":1},{"index":0,"relevance_score":1}]}"#,
  ])
  func `a reranker that leaves out a passage is told of`(body: String) throws {
    let server = try Server([("200 OK", body)])
    let client = RerankClient(model, of: server.provider)
    let error = #expect(throws: CompletionError.self) {
      try client.scores(of: ["a", "b"], for: "q", isCancelled: { false })
    }
    #expect(error?.description.contains("a model for reranking?") == true)
  }

  private func chat(_ answer: String) throws -> ChatModel {
    let message = JSON.object(["content": .string(answer)])
    let server = try Server([
      (
        "200 OK",
        JSON.object(["choices": [["message": message, "finish_reason": "stop"]]]).text
      )
    ])
    return ChatModel(model, of: server.provider, credentials: credentials)
  }

  @Test(arguments: [("7", 7.0), ("Number: 8.5.", 8.5), ("10/10", 10), ("0", 0)])
  func `a model's mark is the first number`(answer: String, score: Double) throws {
    let scores = try chat(answer).scores(of: ["a", "b"], for: "q", isCancelled: { false })
    #expect(scores == [score, score])
  }

  @Test(arguments: ["very well", "99", ""])
  func `a model that gives no marks is told of`(answer: String) throws {
    #expect(throws: CompletionError.self) {
      try chat(answer).scores(of: ["a"], for: "q", isCancelled: { false })
    }
  }

  @Test(arguments: [
    (RetrievalSettings.Rewriting.none, ["q"]),
    (.expansion, ["q one two"]),
    (.hypothesis, ["q", "one\ntwo"]),
    (.decomposition, ["q", "one", "two"]),
  ])
  func `a query is rewritten by what a model lists`(
    rewriting: RetrievalSettings.Rewriting, queries: [String]
  ) throws {
    let model = try chat("1. one\n\n - two \n")
    #expect(try model.queries(for: "q", by: rewriting, isCancelled: { false }) == queries)
  }

  @Test func `a model that says nothing leaves the query as it is`() throws {
    #expect(try chat(" \n").queries(for: "q", by: .hypothesis, isCancelled: { false }) == ["q"])
  }
}
