import Core
import FineTuning
import Foundation
import Testing

@testable import Sessions

@Suite struct TrainingJobStoreTests {
  let folder: TemporaryFolder
  let store: SessionStore

  init() throws {
    folder = try TemporaryFolder()
    store = try SessionStore(path: folder.file("sessions.sqlite"))
  }

  private func record(_ name: String = "whet-1", at time: Double = 1000) throws
    -> TrainingJobRecord
  {
    TrainingJobRecord(
      name: name, provider: "openai", createdAt: time,
      request: TrainingJobRequest(model: "m", suffix: "s", seed: 7),
      data: TrainingData(
        training: .init(path: "/a/train.jsonl", hash: "h", bytes: 5, examples: 2),
        validation: .init(path: "/a/valid.jsonl", hash: "v", bytes: 3, examples: 1),
        sets: ["gold": 2], sources: ["file": 1, "run": 1]),
      journey: try #require(TrainingJobJourney(name: name, hasValidation: true)))
  }

  private func state(_ phase: TrainingJobState.Phase) throws -> TrainingJobState {
    try #require(
      TrainingJobState(id: "job-1", phase: phase, status: phase.rawValue, model: "ft:m:s"))
  }

  @Test func `a job is remembered over restarts, with what it is trained on`() throws {
    let record = try record()
    try store.add(record)
    let again = try SessionStore(path: store.path)
    #expect(try again.trainingJobs() == [record])
    #expect(try again.trainingJob("whet-1") == record)
    #expect(try again.trainingJob("whet-2") == nil)
    #expect(record.data.name == "gold")
  }

  @Test func `events are kept once, in the order in which they first came`() throws {
    let record = try record()
    try store.add(record)
    func event(_ id: String) -> TrainingEvent {
      TrainingEvent(id: id, time: 1, message: "event \(id)")
    }
    try store.keep(record.journey, events: [event("a"), event("b")], at: 1)
    try store.keep(record.journey, events: [event("b"), event("c"), event("a")], at: 2)
    let all = try store.trainingEvents(ofJob: "whet-1")
    #expect(all.map(\.event.id) == ["a", "b", "c"])
    let second = all[1].number
    #expect(try store.trainingEvents(ofJob: "whet-1", after: second).map(\.event.id) == ["c"])
    let checkpoint = try #require(TrainingCheckpoint(name: "ft:ckpt", step: 5))
    try store.keep(record.journey, checkpoints: [checkpoint, checkpoint], at: 3)
    #expect(try store.trainingCheckpoints(ofJob: "whet-1") == [checkpoint])
  }

  @Test func `journey, state and end are what was kept last`() throws {
    var record = try record()
    try store.add(record)
    try store.add(self.record("whet-2", at: 2000))
    record.journey.begin()
    record.journey.settle("file-1")
    record.journey.begin()
    record.journey.settle("file-2")
    record.journey.begin()
    record.journey.settle("job-1")
    try store.keep(record.journey, at: 5)
    try store.note(state(.running), ofJob: "whet-1")
    record.state = try state(.running)
    #expect(try store.trainingJob("whet-1") == record)
    #expect(try store.trainingJob("whet-1")?.model == nil)
    record.journey.note(try state(.succeeded))
    try store.keep(record.journey, at: 6)
    try store.keep(record.journey, at: 7)
    let ended = try #require(try store.trainingJob("whet-1"))
    #expect(ended.endedAt == 6)
    #expect(ended.model == ModelReference(provider: "openai", model: "ft:m:s"))
    #expect(ended.status == "succeeded")
    #expect(try store.trainingJobs().map(\.name) == ["whet-2", "whet-1"])
  }

  @Test func `a wish to cancel is not lost to whoever watches`() throws {
    var record = try record()
    try store.add(record)
    #expect(try !store.isCancelRequested(ofJob: "whet-1"))
    try SessionStore(path: store.path).requestCancel(ofJob: "whet-1")
    record.journey.begin()
    try store.keep(record.journey, at: 5)
    #expect(try store.isCancelRequested(ofJob: "whet-1"))
    #expect(try store.trainingJob("whet-1")?.isCancelRequested == true)
  }

  @Test func `examples are known again in their sets, but for rejected ones`() throws {
    try store.makeSampleSet()
    let examples = try store.examples(of: "gold")
    let hashes = examples.map(\.example.hash)
    let origins = try store.origins(ofExamples: hashes + ["0000", "none"])
    let kept = examples.count { $0.state != .rejected }
    #expect(origins.sets == ["gold": kept])
    #expect(origins.sources.values.reduce(0, +) == kept)
  }

  @Test func `a damaged row keeps nobody from the other jobs`() throws {
    try store.add(record())
    try store.add(record("whet-2"))
    try store.write { db in
      try db.execute(sql: "UPDATE training_job SET journey_json = '{\"name' WHERE name = 'whet-1'")
    }
    #expect(try store.trainingJobs().map(\.name) == ["whet-2"])
  }
}
