import Foundation
import LoopbackServer
import Sessions
import Synchronization
import Testing

// `whet tune start`, `list`, `watch` and `cancel`, with a server that trains; also killed with -9 at every
// request.

@Suite struct TrainingJobCommandTests {
  private static let key = "secret-key-of-the-tests"
  private let home: WhetHome

  init() throws {
    home = try WhetHome()
    home.environment["TRAINING_KEY"] = Self.key
    let line =
      #"{"messages":[{"role":"user","content":"Question %d?"},"#
      + #"{"role":"assistant","content":"Answer %d."}]}"# + "\n"
    func lines(_ numbers: Range<Int>) -> String {
      numbers.map { line.replacing("%d", with: "\($0)") }.joined()
    }
    try home.write(lines(0..<20), to: "train.jsonl")
    try home.write(lines(20..<24), to: "valid.jsonl")
  }

  private func configure(_ server: TrainingServer) throws {
    let configuration = try WhetHome.configuration(server: nil)
    let provider = "  - {name: t, base_url: '\(server.baseURL)', key_env: TRAINING_KEY}\n"
    try home.write(configuration + provider, to: "config/whet/config.yaml")
  }

  private let start = [
    "tune", "start", "train.jsonl", "--model", "t/m", "--validation", "valid.jsonl", "--yes",
  ]

  /// Whether the key stands in any file of the home.
  private func keyIsKept() throws -> Bool {
    let files = try FileManager.default.subpathsOfDirectory(atPath: home.directory.path)
    return files.contains { file in
      let data = FileManager.default.contents(atPath: home.path(file)) ?? Data()
      return data.range(of: Data(Self.key.utf8)) != nil
    }
  }

  @Test func `a job is started, listed, and its model joins the models`() throws {
    let server = try TrainingServer(.init(states: ["running", "succeeded"]))
    try configure(server)
    let result = try home.command(start).finish(within: 60)
    #expect(result.status == 0, "\(result.errors)")
    #expect(result.lines.last == "t/ft:m:tuned")
    #expect(result.output.contains("Step 4"))
    #expect(!(result.output + result.errors).contains(Self.key))
    let list = try home.run("tune", "list")
    #expect(list.lines.count == 1)
    #expect(list.output.contains("succeeded"))
    #expect(list.output.contains("train.jsonl"))
    let models = try home.run("models")
    let line = models.lines.first { $0.hasPrefix("t/ft:m:tuned") }
    #expect(line?.contains("fine-tuned from m on train.jsonl, ") == true)
    #expect(try !keyIsKept())
    #expect(server.seen.authorizations == [Self.key])
  }

  @Test func `killed at any request, it goes on, and nothing is sent twice or lost`() throws {
    let requests = [
      "POST /v1/files", "POST /v1/fine_tuning/jobs", "GET /v1/fine_tuning/jobs/job-1",
      "GET /v1/fine_tuning/jobs/job-1/events",
    ]
    for request in requests {
      for fault in [TrainingServer.Fault.silence, .deafness] {
        let reached = Latch()
        let isFirst = Mutex(true)
        let server = try TrainingServer(
          .init(states: ["running", "running", "succeeded"], faults: [request: [fault]])
        ) { place in
          let isMeant =
            place == request
            && isFirst.withLock { isFirst in
              defer { isFirst = isFirst && place != request }
              return isFirst
            }
          if isMeant { reached.open() }
        }
        try configure(server)
        let command = try home.command(start)
        reached.wait()
        command.signal(SIGKILL)
        #expect(try command.finish().status == -SIGKILL)
        let again = try home.command(["tune", "watch"]).finish(within: 60)
        #expect(again.status == 0, "\(request) \(fault): \(again.errors)")
        #expect(server.seen.files.count == 2, "\(request) \(fault)")
        #expect(server.seen.jobs.count == 1, "\(request) \(fault)")
        let store = try SessionStore(path: home.store)
        let job = try #require(try store.trainingJobs().first)
        #expect(try store.trainingEvents(ofJob: job.name).count == 4, "\(request) \(fault)")
        #expect(try store.trainingCheckpoints(ofJob: job.name).count == 1)
      }
    }
    #expect(try !keyIsKept())
  }

  @Test func `^C leaves the job running, and cancel ends it`() throws {
    let server = try TrainingServer(.init(states: ["running"]))
    try configure(server)
    let command = try home.command(start)
    try command.wait(for: "Step 4")
    command.signal(SIGINT)
    let stopped = try command.finish()
    #expect(stopped.status == 3)
    #expect(stopped.errors.contains("the job runs on"))
    #expect(server.seen.cancels == 0)
    let cancelled = try home.run("tune", "cancel", "job-1")
    #expect(cancelled.status == 0, "\(cancelled.errors)")
    #expect(cancelled.output.contains("cancelled"))
    #expect(server.seen.cancels == 1)
    #expect(try home.run("tune", "watch").status == 1)
    #expect(try home.run("tune", "cancel", "job-1").status == 2)
  }

  @Test func `what can't be sent is refused before anything is sent`() throws {
    let server = try TrainingServer(.init())
    try configure(server)
    try home.write(#"{"messages":[{"role":"user","content":"No answer"}]}"# + "\n", to: "bad.jsonl")
    let bad = try home.run("tune", "start", "bad.jsonl", "--model", "t/m", "--yes")
    #expect(bad.status == 2)
    #expect(bad.errors.contains("whet tune check"))
    let same = try home.run(
      "tune", "start", "train.jsonl", "--model", "t/m", "--validation", "train.jsonl", "--yes")
    #expect(same.status == 2)
    let unasked = try home.run("tune", "start", "train.jsonl", "--model", "t/m")
    #expect(unasked.status == 2)
    #expect(unasked.errors.contains("--yes"))
    let beta = try home.run(
      "tune", "start", "train.jsonl", "--model", "t/m", "--beta", "0.1", "--yes")
    #expect(beta.status == 2)
    #expect(server.seen.requests.isEmpty)
    #expect(try home.run("tune", "watch").status == 2)
  }
}
