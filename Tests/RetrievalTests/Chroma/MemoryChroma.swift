import Core
import Foundation
import LoopbackServer
import Synchronization

// A server that answers as Chroma does, as far as whet asks, with what it has in memory: it looks at
// every vector, and fails when a test says so.

final class MemoryChroma: Sendable {
  /// What it answers in place of the truth.
  struct Fault: Sendable {
    var status = "200 OK"
    var body: String
  }

  /// A request as it came: `POST /api/v2/…`, the whole head, and the body.
  struct Request: Sendable {
    var line: String
    var head: String
    var body: JSON?
  }

  private struct Collection {
    var id: String
    var metadata: JSON
    var configuration: JSON
    var order: [String] = []
    var records: [String: (vector: [Float], document: JSON, metadata: JSON)] = [:]
  }

  private struct State {
    var collections: [String: Collection] = [:]
    var requests: [Request] = []
    var nextFault: Fault?
    var fault: @Sendable (Request) -> Fault? = { _ in nil }
  }

  private final class Box: Sendable { let state = Mutex(State()) }

  let port: UInt16
  private let box = Box()

  init() throws {
    let box = box
    port = try ScriptedServer { connection in
      let text = connection.readRequest()
      guard let end = text.range(of: "\r\n\r\n") else { return }
      let head = String(text[..<end.lowerBound])
      let request = Request(
        line: String(head.prefix { $0 != "\r\n" }).replacing(" HTTP/1.1", with: ""), head: head,
        body: try? JSON(parsing: String(text[end.upperBound...])))
      let answer = box.state.withLock { state in
        state.requests.append(request)
        if let fault = state.nextFault.take() { return fault }
        return state.fault(request) ?? Self.answer(to: request, &state.collections)
      }
      connection.respond(answer.body, status: answer.status)
    }.port
  }

  var requests: [Request] { box.state.withLock(\.requests) }

  /// Has it fail from now on where the closure says how.
  func fail(_ fault: @escaping @Sendable (Request) -> Fault?) {
    box.state.withLock { $0.fault = fault }
  }

  /// Has it answer the next request in place of the truth.
  func failOnce(_ fault: Fault) {
    box.state.withLock { $0.nextFault = fault }
  }

  private static func answer(
    to request: Request, _ collections: inout [String: Collection]
  ) -> Fault {
    let parts = request.line.split(separator: "/").map(String.init)
    // "POST ", "api", "v2", "tenants", tenant, "databases", database, "collections", name or id, action
    guard parts.count >= 9 else { return make(request, &collections) }
    let key = parts[8]
    guard let name = collections.first(where: { $0.key == key || $0.value.id == key })?.key,
      var collection = collections[name]
    else { return missing }
    defer { if collections[name] != nil { collections[name] = collection } }
    let body = request.body
    switch (parts[0].trimmingCharacters(in: .whitespaces), parts.count > 9 ? parts[9] : "") {
    case ("GET", ""): return Fault(body: json(of: collection, name).text)
    case ("GET", "count"): return Fault(body: "\(collection.order.count)")
    case ("PUT", ""):
      collection.metadata = body?["new_metadata"] ?? nil
      return Fault(body: "{}")
    case ("DELETE", ""):
      collections[name] = nil
      return Fault(body: "{}")
    case ("POST", "upsert"): return upsert(body, &collection)
    case ("POST", "delete"):
      let ids = Set((body?["ids"]?.array ?? []).compactMap(\.string))
      collection.order.removeAll(where: ids.contains)
      for id in ids { collection.records[id] = nil }
      return Fault(body: "{}")
    case ("POST", "get"): return Fault(body: get(body, collection).text)
    case ("POST", "query"): return query(body, collection)
    default: return Fault(status: "405 Method Not Allowed", body: "{}")
    }
  }

  private static let missing = Fault(
    status: "404 Not Found", body: #"{"error":"NotFoundError","message":"it does not exist"}"#)

  private static func json(of collection: Collection, _ name: String) -> JSON {
    [
      "id": .string(collection.id), "name": .string(name),
      "configuration_json": collection.configuration, "metadata": collection.metadata,
      "dimension": JSON(collection.records.values.first?.vector.count),
    ]
  }

  private static func make(
    _ request: Request, _ collections: inout [String: Collection]
  ) -> Fault {
    guard let name = request.body?["name"]?.string else { return missing }
    let known =
      collections[name]
      ?? Collection(
        id: UUID().uuidString.lowercased(), metadata: request.body?["metadata"] ?? nil,
        configuration: request.body?["configuration"] ?? ["hnsw": ["space": "l2"]])
    collections[name] = known
    return Fault(body: json(of: known, name).text)
  }

  private static func upsert(_ body: JSON?, _ collection: inout Collection) -> Fault {
    for (place, id) in (body?["ids"]?.array ?? []).compactMap(\.string).enumerated() {
      let vector = vector(body?["embeddings"]?[place])
      let dimension = collection.records.values.first?.vector.count ?? vector.count
      guard vector.count == dimension else {
        return Fault(
          status: "400 Bad Request",
          body: #"{"error":"InvalidArgumentError","message":"Collection expecting embedding"}"#)
      }
      if collection.records[id] == nil { collection.order.append(id) }
      collection.records[id] = (
        vector, body?["documents"]?[place] ?? nil, body?["metadatas"]?[place] ?? nil
      )
    }
    return Fault(body: "{}")
  }

  private static func get(_ body: JSON?, _ collection: Collection) -> JSON {
    var ids = collection.order
    if let wanted = body?["ids"]?.array?.compactMap(\.string) {
      ids = ids.filter(Set(wanted).contains)
    }
    ids = Array(ids.dropFirst(body?["offset"]?.integer ?? 0))
    if let limit = body?["limit"]?.integer { ids = Array(ids.prefix(limit)) }
    let records = ids.compactMap { collection.records[$0] }
    let included = (body?["include"]?.array ?? []).compactMap(\.string)
    return [
      "ids": .array(ids.map(JSON.string)),
      "documents": included.contains("documents") ? .array(records.map(\.document)) : nil,
      "metadatas": included.contains("metadatas") ? .array(records.map(\.metadata)) : nil,
      "embeddings": included.contains("embeddings")
        ? .array(records.map { .array($0.vector.map { .number(Double($0)) }) }) : nil,
    ]
  }

  private static func query(_ body: JSON?, _ collection: Collection) -> Fault {
    let query = vector(body?["query_embeddings"]?[0])
    let wanted = body?["ids"]?.array.map { Set($0.compactMap(\.string)) }
    let chunking = body?["where"]?["chunking"]
    let found = collection.order.filter { id in
      wanted?.contains(id) != false
        && (chunking == nil || collection.records[id]?.metadata["chunking"] == chunking)
    }.map { id in (id, 1 - cosine(query, collection.records[id]?.vector ?? [])) }
      .sorted { $0.1 < $1.1 }.prefix(body?["n_results"]?.integer ?? 10)
    let answer: JSON = [
      "ids": [.array(found.map { .string($0.0) })],
      "distances": [.array(found.map { .number(Double($0.1)) })],
    ]
    return Fault(body: answer.text)
  }

  private static func vector(_ json: JSON?) -> [Float] {
    (json?.array ?? []).compactMap { $0.double.map { Float($0) } }
  }

  private static func cosine(_ one: [Float], _ other: [Float]) -> Float {
    func product(_ a: [Float], _ b: [Float]) -> Float { zip(a, b).reduce(0) { $0 + $1.0 * $1.1 } }
    let lengths = (product(one, one) * product(other, other)).squareRoot()
    return lengths > 0 ? product(one, other) / lengths : 0
  }
}
