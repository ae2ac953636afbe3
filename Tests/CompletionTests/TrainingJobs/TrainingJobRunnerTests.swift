import Core
import Foundation
import LoopbackServer
import Testing

@testable import Completion

@Suite struct TrainingJobRunnerTests {
  private struct Killed: Error {}
  private static let key = "secret-key-of-the-tests"
  private static let name = "whet-1"

  private var credentials: Credentials {
    var credentials = Credentials()
    credentials[.environment("KEY")] = Self.key
    return credentials
  }

  private func provider(_ server: TrainingServer) -> Provider {
    var provider = Provider(
      name: "test", baseURL: server.baseURL, key: .environment("KEY"))
    let api = server.seen.api
    provider.training = TrainingSettings(
      api: TrainingAPI(rawValue: api.rawValue), account: api == .fireworks ? "me" : nil)
    provider.timeLimits.firstByte = .milliseconds(300)
    provider.timeLimits.idle = .milliseconds(300)
    return provider
  }

  private func runner(_ provider: Provider) -> TrainingJobRunner {
    var runner = TrainingJobRunner(provider, credentials: credentials)
    runner.pace = 0
    return runner
  }

  private func paths(_ text: String = #"{"messages":[]}"# + "\n") throws
    -> TrainingJobRunner.Paths
  {
    let folder = FileManager.default.temporaryDirectory.appending(path: "\(UUID())")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let training = folder.appending(path: "train.jsonl")
    let validation = folder.appending(path: "valid.jsonl")
    try Data(text.utf8).write(to: training)
    try Data(text.utf8).write(to: validation)
    return TrainingJobRunner.Paths(training: training.path, validation: validation.path)
  }

  private func request(_ method: TrainingMethod = .supervised) -> TrainingJobRequest {
    TrainingJobRequest(
      model: "m", suffix: "mine", method: method,
      hyperparameters: TrainingHyperparameters(
        epochs: 3, learningRate: 0.5, beta: method == .dpo ? 0.1 : nil))
  }

  private func journey() throws -> TrainingJobJourney {
    try #require(TrainingJobJourney(name: Self.name, hasValidation: true))
  }

  /// What is stored, as a store would keep it.
  private final class Log {
    var journey = ""
    var news = TrainingNews()
    var steps = 0
  }

  private func run(
    _ server: TrainingServer, _ journey: TrainingJobJourney? = nil, log: Log = Log(),
    request: TrainingJobRequest? = nil, killAt: Int? = nil,
    isCancelRequested: () -> Bool = { false }
  ) throws -> TrainingJobJourney {
    let paths = try paths()
    defer {
      try? FileManager.default.removeItem(
        atPath: (paths.training as NSString).deletingLastPathComponent)
    }
    return try runner(provider(server)).run(
      try journey ?? self.journey(), request ?? self.request(), paths: paths,
      store: { journey, news in
        log.journey = journey.json.text
        log.news.append(news)
        log.steps += 1
        if log.steps == killAt { throw Killed() }
      }, isCancelRequested: isCancelRequested, isInterrupted: { false })
  }

  private func state(of journey: TrainingJobJourney) throws -> TrainingJobState {
    guard case .ended(let state) = journey.stage else {
      Issue.record("\(journey.stage)")
      throw Killed()
    }
    return state
  }

  @Test(arguments: TrainingServer.API.allCases)
  func `a job goes from files to a model at every API`(api: TrainingServer.API) throws {
    let server = try TrainingServer(.init(api))
    let log = Log()
    let state = try state(of: run(server, log: log))
    #expect(state.phase == .succeeded)
    #expect(state.model?.contains("tuned") == true)
    #expect(server.seen.files.count == 2)
    #expect(server.seen.jobs.count == 1)
    #expect(server.seen.authorizations == [Self.key])
    #expect(!log.journey.contains(Self.key))
    let steps = Set(log.news.events.map(\.id))
    switch api {
    case .openai:
      #expect(steps == Set((1...4).map { "event-\($0)" }))
      #expect(log.news.checkpoints.first?.name == "ft:m:ckpt-step-2")
    case .together:
      #expect(steps.isSuperset(of: ["metrics-training-1", "metrics-validation-1"]))
      #expect(log.news.events.contains { $0.metrics.validLoss == 1.75 })
    case .mistral: #expect(log.news.events.contains { $0.metrics.validLoss == 0.875 })
    case .fireworks: #expect(steps == ["progress-0-50"])
    }
  }

  @Test func `each API gets the wish in its own words`() throws {
    func wish(_ api: TrainingServer.API, _ method: TrainingMethod) throws -> JSON {
      let server = try TrainingServer(.init(api))
      let paths = try paths()
      var journey = try #require(TrainingJobJourney(name: Self.name, hasValidation: false))
      journey = try runner(provider(server)).run(
        journey, request(method),
        paths: .init(training: paths.training), store: { _, _ in }, isInterrupted: { false })
      return try JSON(parsing: try #require(server.seen.jobs.first))
    }
    let openAI = try wish(.openai, .dpo)
    #expect(openAI["method"]?["type"] == "dpo")
    let settings = openAI["method"]?["dpo"]?["hyperparameters"]
    #expect(settings == ["n_epochs": 3, "learning_rate_multiplier": 0.5, "beta": 0.1])
    #expect(openAI["metadata"]?["whet_job"] == .string(Self.name))
    let together = try wish(.together, .dpo)
    #expect(together["training_method"] == ["method": "dpo", "dpo_beta": 0.1])
    #expect(together["n_epochs"] == 3 && together["learning_rate"] == 0.5)
    let mistral = try wish(.mistral, .supervised)
    #expect(mistral["training_files"]?[0]?["file_id"] == "file-1")
    #expect(mistral["auto_start"] == true)
    let fireworks = try wish(.fireworks, .dpo)
    #expect(fireworks["dataset"]?.string == "accounts/me/datasets/whet-1-training")
    #expect(fireworks["trainingConfig"]?["epochs"] == 3)
  }

  /// Every fault of the client's table, on every request of a job's life.
  static let faults: [(String, [TrainingServer.Fault])] = [
    ("429", [.status("429 Too Many Requests", header: "Retry-After: 1")]),
    ("500", [.status("500 Internal Server Error")]),
    ("503", [.status("503 Service Unavailable"), .status("502 Bad Gateway")]),
    ("408", [.status("408 Request Timeout")]), ("cut", [.cut, .cut]),
    ("lost answer", [.lostAnswer]), ("half an answer", [.halfAnswer]), ("garbage", [.garbage]),
    ("too large", [.tooLarge]), ("silence", [.silence]), ("wrong type", [.wrongType]),
    ("slow", [.slow]), ("one after the other", [.cut, .garbage, .lostAnswer]),
  ]

  static func requests(_ api: TrainingServer.API) -> [String] {
    switch api {
    case .openai:
      [
        "POST /v1/files", "GET /v1/files", "POST /v1/fine_tuning/jobs",
        "GET /v1/fine_tuning/jobs", "GET /v1/fine_tuning/jobs/job-1",
        "GET /v1/fine_tuning/jobs/job-1/events", "GET /v1/fine_tuning/jobs/job-1/checkpoints",
      ]
    case .together:
      [
        "POST /v1/files/upload", "GET /v1/files", "POST /v1/fine-tunes", "GET /v1/fine-tunes",
        "GET /v1/fine-tunes/job-1", "GET /v1/fine-tunes/job-1/metrics",
      ]
    case .mistral:
      ["POST /v1/files", "POST /v1/fine_tuning/jobs", "GET /v1/fine_tuning/jobs"]
    case .fireworks:
      [
        "POST /v1/accounts/me/datasets",
        "POST /v1/accounts/me/datasets/whet-1-training:upload",
        "GET /v1/accounts/me/datasets/whet-1-training",
        "POST /v1/accounts/me/supervisedFineTuningJobs",
        "GET /v1/accounts/me/supervisedFineTuningJobs/whet-1",
      ]
    }
  }

  @Test(arguments: TrainingServer.API.allCases)
  func `whatever fails on whichever request, two files and one job are made`(
    api: TrainingServer.API
  ) throws {
    for (words, faults) in Self.faults {
      for request in Self.requests(api) {
        let server = try TrainingServer(.init(api, faults: [request: faults]))
        // Lists are only looked through where an answer was lost.
        if let sent = Self.sender(of: request, api) {
          server.change { $0.faults[sent] = [.lostAnswer] }
        }
        let log = Log()
        let end = try? state(of: run(server, log: log))
        #expect(end?.phase == .succeeded, "\(words) on \(request)")
        #expect(server.seen.files.count == 2, "\(words) on \(request)")
        #expect(server.seen.jobs.count == 1, "\(words) on \(request)")
        #expect(server.seen.faults[request] != nil, "\(words) on \(request)")
        #expect(server.seen.faults[request]?.count != faults.count, "\(words) on \(request)")
        if api == .openai {
          #expect(Set(log.news.events.map(\.id)).count == 4, "\(words) on \(request)")
        }
      }
    }
  }

  /// What has to be lost for a list to be looked through.
  private static func sender(of request: String, _ api: TrainingServer.API) -> String? {
    switch request {
    case "GET /v1/files": api == .together ? "POST /v1/files/upload" : "POST /v1/files"
    case "GET /v1/fine_tuning/jobs": "POST /v1/fine_tuning/jobs"
    case "GET /v1/fine-tunes": "POST /v1/fine-tunes"
    case "GET /v1/accounts/me/datasets/whet-1-training":
      "POST /v1/accounts/me/datasets/whet-1-training:upload"
    default: nil
    }
  }

  @Test(arguments: TrainingServer.API.allCases)
  func `a program killed at any step goes on, and nothing is sent twice or lost`(
    api: TrainingServer.API
  ) throws {
    var step = 1
    while true {
      let server = try TrainingServer(.init(api))
      let log = Log()
      if (try? run(server, log: log, killAt: step)) != nil { break }
      let stored = try #require(TrainingJobJourney(json: JSON(parsing: log.journey)))
      let ended = try state(of: run(server, stored, log: log, killAt: nil))
      #expect(ended.phase == .succeeded, "step \(step)")
      #expect(server.seen.files.count == 2, "step \(step)")
      #expect(server.seen.jobs.count == 1, "step \(step)")
      step += 1
    }
    #expect(step >= 9)
  }

  @Test(arguments: TrainingServer.API.allCases)
  func `what was sent before the program died is found, not sent again`(
    api: TrainingServer.API
  ) throws {
    // Killed after sending, before noting what came of it: each time a request was begun.
    for killed in ["uploading", "creating"] {
      let server = try TrainingServer(.init(api))
      let log = Log()
      var begun = ""
      let paths = try paths()
      _ = try? runner(provider(server)).run(
        journey(), request(), paths: paths,
        store: { journey, _ in
          let text = journey.json.text
          if begun.contains("\"\(killed)\"") { throw Killed() }
          begun = text
        }, isInterrupted: { false })
      let stored = try #require(TrainingJobJourney(json: JSON(parsing: begun)))
      #expect(try state(of: run(server, stored, log: log)).phase == .succeeded)
      #expect(server.seen.files.count == 2, "\(killed)")
      #expect(server.seen.jobs.count == 1, "\(killed)")
    }
  }

  @Test(arguments: TrainingServer.API.allCases)
  func `a job is cancelled wherever it is, and once`(api: TrainingServer.API) throws {
    for step in 1...12 {
      let server = try TrainingServer(
        .init(api, states: [TrainingServer.Memory.life(of: api)[0]]))
      let log = Log()
      let end = try run(server, log: log, isCancelRequested: { log.steps >= step })
      if case .abandoned = end.stage {
        #expect(server.seen.jobs.isEmpty, "step \(step)")
        #expect(server.seen.cancels == 0)
      } else {
        #expect(try state(of: end).phase == .cancelled, "step \(step)")
        #expect(server.seen.cancels == 1, "step \(step)")
      }
    }
  }

  @Test func `a refusal is told with what to do, without the key, and nothing is lost`() throws {
    for (request, stage) in [
      ("POST /v1/files", "ready"), ("POST /v1/fine_tuning/jobs", "ready"),
      ("GET /v1/fine_tuning/jobs/job-1", "created"),
    ] {
      let server = try TrainingServer(
        .init(faults: [request: [.status("401 Unauthorized")]]))
      let log = Log()
      let error = #expect(throws: CompletionError.self) { _ = try run(server, log: log) }
      #expect(error?.description.contains("no such key") == true, "\(request)")
      #expect(error?.description.contains(Self.key) == false, "\(request)")
      let stored = try #require(TrainingJobJourney(json: JSON(parsing: log.journey)))
      #expect(log.journey.contains(#""stage":"\#(stage)""#), "\(log.journey)")
      #expect(try state(of: run(server, stored)).phase == .succeeded)
      #expect(server.seen.files.count == 2)
      #expect(server.seen.jobs.count == 1)
    }
  }

  @Test func `a redirect is not followed with the key`() throws {
    let other = try TrainingServer(.init())
    let server = try TrainingServer(
      .init(faults: [
        "POST /v1/files": [
          .status("307 Temporary Redirect", header: "Location: \(other.baseURL)/files")
        ]
      ]))
    #expect(throws: CompletionError.self) { _ = try run(server) }
    #expect(other.seen.requests.isEmpty)
    #expect(server.seen.files.isEmpty)
  }

  @Test func `what is no answer each time is told after some tries`() throws {
    let server = try TrainingServer(
      .init(faults: ["GET /v1/fine_tuning/jobs/job-1": Array(repeating: .garbage, count: 50)]))
    let error = #expect(throws: CompletionError.self) { _ = try run(server) }
    #expect(error?.description.contains("no JSON") == true)
    #expect(server.seen.jobs.count == 1)
  }

  @Test func `a network that is away for long changes nothing but the wait`() throws {
    let away = Array(repeating: TrainingServer.Fault.cut, count: 40)
    let server = try TrainingServer(
      .init(faults: [
        "GET /v1/fine_tuning/jobs/job-1": away, "POST /v1/files": away,
      ]))
    var waits: [Double] = []
    let paths = try paths()
    let end = try runner(provider(server)).run(
      journey(), request(), paths: paths, store: { _, _ in },
      onProgress: { if case .waiting(_, let time) = $0 { waits.append(time) } },
      isInterrupted: { false })
    #expect(try state(of: end).phase == .succeeded)
    #expect(waits.count >= 80)
    #expect(waits.max() ?? 0 <= 60_000)
    #expect(waits.max() ?? 0 > 30_000)
  }

  @Test func `a failed job says why, and one that is gone says so`() throws {
    let server = try TrainingServer(.init(states: ["queued", "failed"]))
    let end = try state(of: run(server))
    #expect(end.phase == .failed)
    #expect(end.error == "the file is too small")
    let gone = try TrainingServer(
      .init(faults: ["GET /v1/fine_tuning/jobs/job-1": [.status("404 Not Found")]]))
    let error = #expect(throws: CompletionError.self) { _ = try run(gone) }
    #expect(error?.description.contains("has no job job-1 any more") == true)
  }

  @Test func `what an API can't do is said before anything is sent`() throws {
    var provider = Provider(name: "f", baseURL: "https://api.fireworks.ai/inference/v1")
    #expect(provider.trainingAPI == .fireworks)
    #expect(provider.trainingBaseURL == "https://api.fireworks.ai/v1")
    #expect(throws: CompletionError.self) {
      try TrainingJobRunner(provider).objection(to: request(), hasValidation: false)
    }
    provider.training = TrainingSettings(account: "me")
    let runner = TrainingJobRunner(provider)
    #expect(try runner.objection(to: request(.dpo), hasValidation: true) != nil)
    #expect(try runner.objection(to: request(.dpo), hasValidation: false) == nil)
    let mistral = TrainingJobRunner(Provider(name: "m", baseURL: "https://api.mistral.ai/v1"))
    #expect(try mistral.objection(to: request(.dpo), hasValidation: false) != nil)
  }

  @Test func `settings of the provider are merged into the wish`() throws {
    let server = try TrainingServer(.init())
    var provider = provider(server)
    provider.training?.body = ["integrations": [], "suffix": nil]
    provider.bodyPatch = ["temperature": 0]
    let paths = try paths()
    _ = try runner(provider).run(
      journey(), request(), paths: paths, store: { _, _ in }, isInterrupted: { false })
    let wish = try JSON(parsing: try #require(server.seen.jobs.first))
    #expect(wish["integrations"] == [])
    #expect(wish["suffix"] == nil && wish["temperature"] == nil)
  }
}
