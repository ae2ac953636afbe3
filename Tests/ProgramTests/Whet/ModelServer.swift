import Core
import Foundation
import LoopbackServer
import Synchronization

// A model server on the loopback interface. Each of its models is a script, so that it says what a
// test needs, as fast as that wants it, and breaks off where it should.

final class ModelServer: Sendable {
  /// What a client asked.
  struct Request: Sendable {
    /// The request line and the headers.
    var head: String
    var body: String
    /// How many requests came before it.
    var number: Int
  }

  /// What a model does with a request.
  typealias Model = @Sendable (Connection, Request) -> Void

  private let server: ScriptedServer
  private let log: Log

  private final class Log: Sendable {
    let requests = Mutex<[Request]>([])

    func note(_ text: String) -> Request? {
      guard let end = text.firstRange(of: "\r\n\r\n") else { return nil }
      return requests.withLock { requests in
        let request = Request(
          head: String(text[..<end.lowerBound]), body: String(text[end.upperBound...]),
          number: requests.count)
        requests.append(request)
        return request
      }
    }
  }

  init(_ models: [String: Model]) throws {
    let log = Log()
    self.log = log
    server = try ScriptedServer { connection in
      guard let request = log.note(connection.readRequest()) else { return }
      if request.head.hasPrefix("GET") {
        let entries = models.keys.sorted().map { "{\"id\":\"\($0)\"}" }.joined(separator: ",")
        return connection.respond("{\"data\":[\(entries)]}")
      }
      let name = (try? JSON(parsing: request.body))?["model"]?.string ?? ""
      guard let model = models[name] else {
        return connection.respond(
          "{\"error\":{\"message\":\"there is no model \(name)\"}}", status: "404 Not Found")
      }
      model(connection, request)
    }
  }

  var baseURL: String { server.baseURL }

  /// All requests so far, those for the list of models among them.
  var requests: [Request] { log.requests.withLock { $0 } }
}

/// Models to put together a server of.
enum Scripted {
  /// Says these pieces and stops, with a count of tokens.
  static func says(_ pieces: String...) -> ModelServer.Model {
    { connection, _ in
      connection.sendHead()
      for piece in pieces { connection.send(chunk(piece)) }
      connection.send(stop)
    }
  }

  /// Says `w0 w1 w2 …`, so many and so fast, and stops.
  static func counts(
    to count: Int = .max, perSecond rate: Double,
    until isEnough: @escaping @Sendable () -> Bool = { false }
  ) -> ModelServer.Model {
    { connection, _ in
      connection.sendHead()
      let start = Deadline.now
      for number in 0..<count {
        if isEnough() { break }
        let wait = start + Double(number) / rate - Deadline.now
        if wait > 0 { usleep(UInt32(wait * 1e6)) }
        guard connection.send(chunk("w\(number) ")) else { return }
      }
      connection.send(stop)
    }
  }

  /// What that comes to.
  static func count(to count: Int) -> String { (0..<count).map { "w\($0) " }.joined() }

  /// Says a piece and then nothing more, until the client goes.
  static func stalls(after piece: String) -> ModelServer.Model {
    { connection, _ in
      connection.sendHead()
      connection.send(chunk(piece))
      _ = connection.waitForClose()
    }
  }

  /// Says a piece, and closes the connection in mid-answer.
  static func breaksOff(after piece: String) -> ModelServer.Model {
    { connection, _ in
      connection.sendHead()
      connection.send(chunk(piece))
    }
  }

  /// Answers with an error.
  static func refuses(_ status: String, _ body: String) -> ModelServer.Model {
    { connection, _ in connection.respond(body, status: status) }
  }

  /// Ends for another reason than that all is said.
  static func ends(_ reason: String) -> ModelServer.Model {
    { connection, _ in
      connection.sendHead()
      connection.send(chunk("cut"))
      connection.send(event(delta: [:], finishReason: reason))
    }
  }

  /// Calls a tool.
  static func calls(_ tool: String, _ arguments: String) -> ModelServer.Model {
    let call: JSON = [
      "index": 0, "id": "c1", "function": ["name": .string(tool), "arguments": .string(arguments)],
    ]
    return { connection, _ in
      connection.sendHead()
      connection.send(event(delta: ["tool_calls": [call]]))
      connection.send(event(delta: [:], finishReason: "tool_calls"))
    }
  }

  /// Thinks, then answers.
  static func thinks(_ thought: String, thenSays piece: String) -> ModelServer.Model {
    { connection, _ in
      connection.sendHead()
      connection.send(event(delta: ["reasoning_content": .string(thought)]))
      connection.send(chunk(piece))
      connection.send(stop)
    }
  }

  /// One event of a stream that says a piece.
  static func chunk(_ piece: String) -> String { event(delta: ["content": .string(piece)]) }

  private static func event(delta: JSON, finishReason: String? = nil) -> String {
    let choice: JSON = ["index": 0, "delta": delta, "finish_reason": JSON(finishReason)]
    return "data: \(JSON.object(["choices": [choice]]).text)\n\n"
  }

  /// The last events of a stream.
  static let stop =
    event(delta: [:], finishReason: "stop")
    + "data: {\"choices\":[],\"usage\":{\"prompt_tokens\":11,\"completion_tokens\":7}}\n\n"
    + "data: [DONE]\n\n"
}
