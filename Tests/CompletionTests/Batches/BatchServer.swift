import Core
import Foundation
import LoopbackServer
import Synchronization

@testable import Completion

/// A server of files and batches that keeps count of what it took, and has the faults of a test.
final class BatchServer: Sendable {
  enum Fault: Sendable {
    /// The answer is this status.
    case status(String, header: String = "X-None: 1")
    /// Nothing is taken, and the connection is broken.
    case cut
    /// It is taken, and the answer lost.
    case lostAnswer
    /// It is taken, and the answer is something else.
    case garbage
    /// It is taken, and no answer comes.
    case silence
  }

  struct Memory: Sendable {
    /// By the beginning of the request, as `POST /v1/files`; each is used up in turn.
    var faults: [String: [Fault]] = [:]
    var files: [String] = []
    var batches: [String] = []
    var uploadedBytes = 0
    var requests: [String] = []
    var states = ["completed"]
    var output = ""
    var errors: String?
  }

  let memory: Shared
  let provider: Provider

  final class Shared: Sendable {
    let value: Mutex<Memory>
    init(_ value: Memory) { self.value = Mutex(value) }
  }

  init(_ memory: Memory) throws {
    let shared = Shared(memory)
    self.memory = shared
    let server = try ScriptedServer { connection in
      let request = connection.readRequest()
      if !request.isEmpty { Self.answer(request, shared, connection) }
    }
    var provider = Provider(
      name: "test", baseURL: server.baseURL, wire: .chatCompletions, key: .environment("KEY"))
    provider.timeLimits.firstByte = .seconds(2)
    self.provider = provider
  }

  var seen: Memory { memory.value.withLock { $0 } }

  private static func answer(_ request: String, _ shared: Shared, _ connection: Connection) {
    let line = request.prefix { $0 != "\r\n" && $0 != "?" }.split(separator: " ").prefix(2)
    let place = line.joined(separator: " ")
    let fault = shared.value.withLock { memory -> Fault? in
      memory.requests.append(place)
      guard let fault = memory.faults[place]?.first else { return nil }
      memory.faults[place]?.removeFirst()
      return fault
    }
    if case .status(let status, let header) = fault {
      let key = request.split(separator: "Bearer ").last?.prefix { !$0.isWhitespace } ?? ""
      let body = #"{"error":{"message":"no such key: \#(key)"}}"#
      connection.sendHead(
        status, type: "application/json", "Content-Length: \(body.utf8.count)", header)
      connection.send(body)
      return
    }
    if case .cut = fault { return connection.reset() }
    let body = shared.value.withLock { $0.take(place, request) }
    switch fault {
    case .lostAnswer: return connection.reset()
    case .garbage: return connection.respond("<html>Log in</html>", type: "text/html")
    case .silence:
      _ = connection.waitForClose()
      return
    default: break
    }
    connection.respond(body ?? "{}", status: body == nil ? "404 Not Found" : "200 OK")
  }
}

extension BatchServer.Memory {
  fileprivate mutating func take(_ place: String, _ request: String) -> String? {
    switch place {
    case "POST /v1/files":
      let name = request.split(separator: "filename=\"").last?.prefix { $0 != "\"" } ?? ""
      files.append(String(name))
      uploadedBytes = request.utf8.count
      return #"{"id":"file-\#(files.count)"}"#
    case "GET /v1/files":
      return list(files.enumerated().map { #"{"id":"file-\#($0 + 1)","filename":"\#($1)"}"# })
    case "POST /v1/batches":
      let body = request.split(separator: "\r\n\r\n").last ?? ""
      let name = (try? JSON(parsing: String(body)))?["metadata"]?["whet_batch"]?.string ?? ""
      batches.append(name)
      return #"{"id":"batch-\#(batches.count)","status":"validating"}"#
    case "GET /v1/batches":
      return list(
        batches.enumerated().map {
          #"{"id":"batch-\#($0 + 1)","metadata":{"whet_batch":"\#($1)"}}"#
        })
    case "GET /v1/batches/batch-1":
      let status = states.count > 1 ? states.removeFirst() : states[0]
      let failures = errors == nil ? "" : #","error_file_id":"errors""#
      return #"{"id":"batch-1","status":"\#(status)","output_file_id":"output"\#(failures)}"#
    case "GET /v1/files/output/content": return output
    case "GET /v1/files/errors/content": return errors
    default: return nil
    }
  }

  private func list(_ items: [String]) -> String {
    #"{"data":[\#(items.joined(separator: ","))],"has_more":false}"#
  }
}
