// A server of files and training jobs that keeps count of what it took, and has the faults of a test.

import Foundation
import Synchronization

/// Serves one of four APIs for training under `/v1`.
public final class TrainingServer: Sendable {
  public enum API: String, Sendable, CaseIterable {
    case openai, together, mistral, fireworks
  }

  public enum Fault: Sendable {
    /// The answer is this status, with the key that was sent in its words.
    case status(String, header: String = "X-None: 1")
    /// Nothing is taken, and the connection is broken.
    case cut
    /// It is taken, and the answer lost.
    case lostAnswer
    /// It is taken, and the answer broken off.
    case halfAnswer
    /// It is taken, and the answer is something else.
    case garbage
    case wrongType
    /// It is taken, and more comes than any answer has.
    case tooLarge
    /// It is taken, and nothing comes until the client goes away.
    case silence
    /// The same, and nothing is taken.
    case deafness
    /// It is taken, and the answer comes in pieces.
    case slow
  }

  public struct Memory: Sendable {
    public var api: API
    /// By the beginning of the request, as `POST /v1/files`; each is used up in turn.
    public var faults: [String: [Fault]]
    /// How jobs stand, poll after poll; the last stays. In the server's own words.
    public var states: [String]
    /// How many events there are at the end.
    public var eventCount = 4
    /// The names and bytes of the files that were taken.
    public var files: [String] = []
    public var fileBytes: [Int] = []
    /// The wishes for jobs that were taken, as JSON.
    public var jobs: [String] = []
    public var cancels = 0
    public var requests: [String] = []
    public var authorizations: Set<String> = []

    public init(
      _ api: API = .openai, states: [String]? = nil, faults: [String: [Fault]] = [:]
    ) {
      self.api = api
      self.faults = faults
      self.states = states ?? Self.life(of: api)
    }

    /// The states of a job that ends well.
    public static func life(of api: API) -> [String] {
      switch api {
      case .openai: ["validating_files", "queued", "running", "succeeded"]
      case .together: ["pending", "queued", "running", "uploading", "completed"]
      case .mistral: ["QUEUED", "VALIDATING", "RUNNING", "SUCCESS"]
      case .fireworks: ["JOB_STATE_VALIDATING", "JOB_STATE_RUNNING", "JOB_STATE_COMPLETED"]
      }
    }
  }

  private final class Shared: Sendable {
    let value: Mutex<Memory>
    init(_ value: Memory) { self.value = Mutex(value) }
  }

  private let shared: Shared
  public let baseURL: String

  /// - Parameter onRequest: is told each request before it is answered, and after it was taken, on a
  ///   thread of its own.
  public init(
    _ memory: Memory, onRequest: @escaping @Sendable (String) -> Void = { _ in }
  ) throws {
    let shared = Shared(memory)
    self.shared = shared
    let server = try ScriptedServer { connection in
      let request = connection.readRequest()
      if !request.isEmpty { Self.answer(request, shared, connection, onRequest) }
    }
    baseURL = server.baseURL
  }

  public var seen: Memory { shared.value.withLock { $0 } }

  public func change(_ change: (inout Memory) -> Void) { shared.value.withLock { change(&$0) } }

  private static func answer(
    _ request: String, _ shared: Shared, _ connection: Connection,
    _ onRequest: (String) -> Void
  ) {
    let line = request.prefix { $0 != "\r\n" }.split(separator: " ").prefix(2)
    let target = line.joined(separator: " ")
    let place = String(target.prefix { $0 != "?" })
    let key = request.split(separator: "Bearer ").last?.prefix { !$0.isWhitespace } ?? ""
    let fault = shared.value.withLock { memory -> Fault? in
      memory.requests.append(place)
      memory.authorizations.insert(String(key))
      guard let fault = memory.faults[place]?.first else { return nil }
      memory.faults[place]?.removeFirst()
      return fault
    }
    switch fault {
    case .status(let status, let header):
      let body = #"{"error":{"message":"no such key: \#(key)"}}"#
      connection.sendHead(
        status, type: "application/json", "Content-Length: \(body.utf8.count)", header)
      connection.send(body)
      return
    case .cut: return connection.reset()
    case .deafness:
      onRequest(place)
      _ = connection.waitForClose()
      return
    default: break
    }
    let body = shared.value.withLock { $0.take(target, request) }
    let text = body ?? #"{"error":{"message":"not found"}}"#
    onRequest(place)
    switch fault {
    case .lostAnswer: connection.reset()
    case .halfAnswer:
      connection.sendHead(type: "application/json", "Content-Length: \(text.utf8.count + 100)")
      connection.send(text.utf8.prefix(text.utf8.count / 2))
    case .garbage: connection.respond("<html>Log in to the network</html>", type: "text/html")
    case .wrongType: connection.respond(text, type: "text/plain")
    case .tooLarge:
      connection.sendHead(type: "application/json")
      let piece = [UInt8](repeating: UInt8(ascii: " "), count: 1 << 20)
      for _ in 0..<64 where !connection.send(piece) { return }
    case .silence: _ = connection.waitForClose()
    case .slow:
      connection.sendHead(type: "application/json", "Content-Length: \(text.utf8.count)")
      for byte in text.utf8 { connection.send([byte]) }
    default: connection.respond(text, status: body == nil ? "404 Not Found" : "200 OK")
    }
  }
}

extension TrainingServer.Memory {
  /// The answer; nil where there is no such thing.
  fileprivate mutating func take(_ target: String, _ request: String) -> String? {
    let parts = target.split(separator: "?", maxSplits: 1)
    let place = String(parts[0]).replacing(" /v1", with: " ")
    let query = parts.count > 1 ? String(parts[1]) : ""
    let body = request.split(separator: "\r\n\r\n", maxSplits: 1).last.map(String.init) ?? ""
    return api == .fireworks
      ? takeByName(place, query, body, request) : takeByNumber(place, query, body, request)
  }

  private mutating func keepFile(_ request: String, name: String? = nil) {
    let sent = request.split(separator: "filename=\"").last?.prefix { $0 != "\"" } ?? ""
    files.append(name ?? String(sent))
    fileBytes.append(request.utf8.count)
  }

  private mutating func nextState() -> String {
    states.count > 1 ? states.removeFirst() : states[0]
  }

  // MARK: Identifiers of the server's choosing

  private var jobsPath: String { api == .together ? "/fine-tunes" : "/fine_tuning/jobs" }

  private mutating func takeByNumber(
    _ place: String, _ query: String, _ body: String, _ request: String
  ) -> String? {
    let job = "\(jobsPath)/job-1"
    switch place {
    case "POST \(api == .together ? "/files/upload" : "/files")":
      keepFile(request)
      return #"{"id":"file-\#(files.count)","object":"file"}"#
    case "GET /files":
      return page(
        files.enumerated().map { #"{"id":"file-\#($0 + 1)","filename":"\#($1)"}"# }, query)
    case "POST \(jobsPath)":
      jobs.append(body)
      return jobJSON(jobs.count, state: nextState())
    case "GET \(jobsPath)":
      return page((0..<jobs.count).map { jobJSON($0 + 1, state: states[0]) }, query)
    case "GET \(job)": return jobs.isEmpty ? nil : jobJSON(1, state: nextState())
    case "POST \(job)/cancel":
      cancels += 1
      states = [api == .mistral ? "CANCELLED" : "cancelled"]
      return jobJSON(1, state: states[0])
    case "GET \(job)/events" where api != .mistral: return page(events(), query)
    case "GET \(job)/checkpoints" where api == .openai:
      let checkpoint = """
        {"id":"ckpt-1","step_number":2,"fine_tuned_model_checkpoint":"ft:m:ckpt-step-2",
        "metrics":{"train_loss":0.5}}
        """
      return page([checkpoint], query)
    case "GET \(job)/metrics" where api == .together:
      return """
        {"metrics":[{"train/global_step":1,"train/loss":1.5},
        {"train/global_step":1,"eval/loss":1.75},{"train/global_step":2,"train/loss":0.5}]}
        """
    default: return nil
    }
  }

  private func jobJSON(_ number: Int, state: String) -> String {
    let wish =
      (try? JSONSerialization.jsonObject(with: Data(jobs[number - 1].utf8))) as? [String: Any]
    var job: [String: Any] = ["id": "job-\(number)", "status": state]
    for name in ["training_file", "validation_file", "metadata", "model", "suffix"] {
      job[name] = wish?[name]
    }
    let isDone = ["succeeded", "completed", "SUCCESS"].contains(state)
    switch api {
    case .together:
      job["metadata"] = nil
      job["model_output_name"] = "me/m-tuned"
      job["token_count"] = 1234
    case .mistral:
      job["training_files"] = (wish?["training_files"] as? [[String: Any]])?.compactMap {
        $0["file_id"]
      }
      job["fine_tuned_model"] = isDone ? "ft:m:tuned" : nil
      job["events"] = [
        ["name": "status-updated", "created_at": 1_700_000_000, "data": ["status": state]]
      ]
      job["checkpoints"] = [
        [
          "step_number": 10, "created_at": 1_700_000_100,
          "metrics": ["train_loss": 0.75, "valid_loss": 0.875],
        ]
      ]
    default:
      job["fine_tuned_model"] = isDone ? "ft:m:tuned" : nil
      job["trained_tokens"] = isDone ? 1234 : nil
      job["error"] =
        state == "failed" ? ["message": "the file is too small"] : nil
    }
    let data = try? JSONSerialization.data(withJSONObject: job, options: .sortedKeys)
    return String(decoding: data ?? Data(), as: UTF8.self)
  }

  /// Newest first, as OpenAI lists them.
  private func events() -> [String] {
    var events: [String] = []
    for number in (1...max(eventCount, 1)).reversed() {
      let figures = #"{"step":\#(number),"train_loss":\#(2.0 / Double(number))}"#
      let head = #"{"id":"event-\#(number)","created_at":\#(1_700_000_000 + number)"#
      let rest = #","level":"info","message":"Step \#(number)","type":"metrics""#
      events.append(head + rest + #","data":\#(figures)}"#)
    }
    return events
  }

  /// Two items a page, so that every list has several.
  private func page(_ items: [String], _ query: String) -> String {
    func value(_ name: String) -> String? {
      let start = name + "="
      let item = query.split(separator: "&").first { $0.hasPrefix(start) }
      return item.map { String($0.dropFirst(start.count)) }
    }
    if api == .mistral {
      let (page, size) = (Int(value("page") ?? "") ?? 0, Int(value("page_size") ?? "") ?? 2)
      return #"{"data":[\#(items.dropFirst(page * size).prefix(size).joined(separator: ","))]}"#
    }
    if api == .together { return #"{"data":[\#(items.joined(separator: ","))]}"# }
    var rest = items[...]
    if let last = value("after") {
      let index = items.firstIndex { $0.contains(#""id":"\#(last)""#) }
      rest = items[(index.map { $0 + 1 } ?? items.endIndex)...]
    }
    return
      #"{"data":[\#(rest.prefix(2).joined(separator: ","))],"has_more":\#(rest.count > 2)}"#
  }

  // MARK: Identifiers of the client's choosing

  private mutating func takeByName(
    _ place: String, _ query: String, _ body: String, _ request: String
  ) -> String? {
    let root = " /accounts/me/"
    guard let at = place.range(of: root) else { return nil }
    let method = place[..<at.lowerBound]
    let path = place[at.upperBound...]
    if method == "POST", path == "datasets" { return "{}" }
    if path.hasPrefix("datasets/") {
      let name = String(path.dropFirst("datasets/".count).prefix { $0 != ":" })
      if method == "POST" {
        if !files.contains(name) { keepFile(request, name: name) }
        return "{}"
      }
      return files.contains(name) ? #"{"name":"\#(name)","state":"READY"}"# : nil
    }
    let kind = path.hasPrefix("dpoJobs") ? "dpoJobs" : "supervisedFineTuningJobs"
    guard path.hasPrefix(kind) else { return nil }
    func json(_ name: some StringProtocol, _ state: String) -> String {
      """
      {"name":"accounts/me/\(kind)/\(name)","state":"\(state)",
      "jobProgress":{"percent":50,"epoch":0},"outputModel":"tuned",
      "status":{"message":"all is well"}}
      """
    }
    if method == "POST", path == kind {
      jobs.append(body)
      return json(query.split(separator: "=").last ?? "", nextState())
    }
    let name = path.dropFirst(kind.count + 1).prefix { $0 != ":" }
    if jobs.isEmpty { return nil }
    if method == "POST" {
      cancels += 1
      states = ["JOB_STATE_CANCELLED"]
      return "{}"
    }
    return json(name, nextState())
  }
}
