import RandomSource
import Testing

@testable import Core

@Suite struct TrainingJobTests {
  private func state(_ phase: TrainingJobState.Phase) throws -> TrainingJobState {
    try #require(
      TrainingJobState(
        id: "job-1", phase: phase, status: "s", model: "ft:m", trainedTokens: 5,
        estimatedFinish: 1.5, error: "why", resultFiles: ["file-1"]))
  }

  private func journeys() throws -> [TrainingJobJourney] {
    var journey = try #require(TrainingJobJourney(name: "whet-1", hasValidation: true))
    var all = [journey]
    func step(_ change: (inout TrainingJobJourney) -> Void) {
      change(&journey)
      all.append(journey)
    }
    step { $0.begin() }
    step { $0.settle("file-1") }
    step { $0.begin() }
    step { $0.settle("file-2") }
    step { $0.begin() }
    step { $0.settle("job-1") }
    let waiting = try state(.waiting)
    let done = try state(.succeeded)
    step { $0.note(waiting) }
    step { $0.noteCancelled() }
    step { $0.note(done) }
    return all
  }

  @Test func `a journey goes file by file to its job, and its JSON reads back`() throws {
    let all = try journeys()
    #expect(
      all.map { $0.action(cancelling: false) } == [
        .upload(.training), .findFile(.training), .upload(.validation), .findFile(.validation),
        .create(TrainingFiles(training: "file-1", validation: "file-2")),
        .findJob(TrainingFiles(training: "file-1", validation: "file-2")),
        .poll(job: "job-1", delay: 2000), .poll(job: "job-1", delay: 4000),
        .poll(job: "job-1", delay: 2000), .nothing,
      ])
    for journey in all {
      #expect(TrainingJobJourney(json: try JSON(parsing: journey.json.text)) == journey)
    }
  }

  @Test func `what certainly isn't there may be sent again`() throws {
    var journey = try #require(TrainingJobJourney(name: "whet-1", hasValidation: false))
    journey.begin()
    journey.settle(nil)
    #expect(journey.action(cancelling: false) == .upload(.training))
    journey.begin()
    journey.settle("file-1")
    journey.begin()
    journey.settle(nil)
    #expect(journey.action(cancelling: false) == .create(TrainingFiles(training: "file-1")))
  }

  @Test func `a cancelled journey sends nothing new, and cancels once`() throws {
    for journey in try journeys() {
      switch journey.action(cancelling: true) {
      case .upload, .create: Issue.record("\(journey.stage)")
      case .cancel:
        var next = journey
        next.noteCancelled()
        guard case .poll = next.action(cancelling: true) else {
          Issue.record("\(next.stage)")
          continue
        }
      default: break
      }
    }
  }

  @Test func `names that may not stand in a path are none`() {
    for name in ["", "A", "a/b", "a b", "..", String(repeating: "a", count: 49)] {
      #expect(TrainingJobJourney(name: name, hasValidation: false) == nil, "\(name)")
    }
    for id in ["../x", "a/b", "", "..", String(repeating: "a", count: 300), "a\n"] {
      #expect(TrainingJobState(id: id, phase: .waiting, status: "") == nil, "\(id)")
    }
  }

  @Test func `requests and states read back from their JSON`() throws {
    let request = TrainingJobRequest(
      model: "m", suffix: "s", seed: 7, method: .dpo,
      hyperparameters: TrainingHyperparameters(
        epochs: 3, batchSize: 8, learningRate: 0.5, beta: 0.1))
    #expect(request.problem == nil)
    #expect(TrainingJobRequest(json: try JSON(parsing: request.json.text)) == request)
    let state = try state(.failed)
    #expect(TrainingJobState(json: try JSON(parsing: state.json.text)) == state)
    let event = TrainingEvent(
      id: nil, time: 5, level: .warning, message: "Step 3", step: 3,
      metrics: TrainingMetrics(trainLoss: 0.5, validAccuracy: 0.25))
    #expect(TrainingEvent(json: try JSON(parsing: event.json.text)) == event)
  }

  @Test func `wishes beyond all bounds are refused with a sentence`() {
    func problem(_ change: (inout TrainingJobRequest) -> Void) -> String? {
      var request = TrainingJobRequest(model: "m")
      change(&request)
      return request.problem
    }
    #expect(problem { _ in } == nil)
    #expect(problem { $0.model = "" } != nil)
    #expect(problem { $0.model = "a\u{1B}[2J" } != nil)
    #expect(problem { $0.suffix = "a b" } != nil)
    #expect(problem { $0.seed = -1 } != nil)
    #expect(problem { $0.hyperparameters.epochs = 0 } != nil)
    #expect(problem { $0.hyperparameters.learningRate = .nan } != nil)
    #expect(problem { $0.hyperparameters.learningRate = .infinity } != nil)
    #expect(problem { $0.hyperparameters.beta = 0.1 } != nil)
    #expect(
      problem {
        $0.method = .dpo
        $0.hyperparameters.beta = 0.1
      } == nil)
  }

  @Test func `hostile JSON is cut to bounds, or is nothing`() throws {
    let long = String(repeating: "x", count: 1_000_000)
    let state = try #require(
      TrainingJobState(
        id: "job-1", phase: .failed, status: long, model: long, trainedTokens: -5, error: long,
        resultFiles: Array(repeating: "../etc", count: 1000)))
    #expect(state.status.count == 64)
    #expect(state.model == nil && state.trainedTokens == nil)
    #expect(state.error?.count == 1000)
    #expect(state.resultFiles.isEmpty)
    let event = TrainingEvent(
      id: long, time: nil, message: long, step: -1,
      metrics: TrainingMetrics(trainLoss: .nan, validLoss: .infinity))
    #expect(event.message.count == 1000)
    #expect(event.id.utf8.count <= 256)
    #expect(event.step == nil && event.metrics.isEmpty)
    var random = SeededRandom(seed: 1)
    let words = ["name", "stage", "job", "state", "phase", "id", "created", "ended", "whet-1"]
    for _ in 0..<2000 {
      let name = words[Int(random.next() % UInt64(words.count))]
      let value = words[Int(random.next() % UInt64(words.count))]
      let json: JSON = .object([
        "name": "whet-1", "has_validation": true, "stage": .string(value),
        name: random.next() % 2 == 0 ? .integer(Int.min) : ["id": "job-1", "phase": "ended"],
      ])
      if let journey = TrainingJobJourney(json: json) {
        #expect(TrainingJobJourney(json: journey.json) == journey)
        _ = journey.action(cancelling: false)
      }
    }
  }

  @Test func `times are read as numbers and as RFC 3339 writes them`() {
    #expect(TrainingText.time(.integer(1_700_000_000)) == 1_700_000_000)
    #expect(TrainingText.time("2023-11-14T22:13:20Z") == 1_700_000_000)
    #expect(TrainingText.time("2023-11-14T23:13:20.5+01:00") == 1_700_000_000.5)
    #expect(TrainingText.time("1970-01-01T00:00:00") == 0)
    #expect(TrainingText.time("2024-02-29T00:00:00Z") == 1_709_164_800)
    for text in ["", "yesterday", "2023-13-01T00:00:00Z", "2023-11-14", "99999-01-01T00:00:00Z"] {
      #expect(TrainingText.time(.string(text)) == nil, "\(text)")
    }
    #expect(TrainingText.time(.number(1e300)) == nil)
  }
}
