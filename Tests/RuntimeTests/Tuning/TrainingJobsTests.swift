import Completion
import Core
import Foundation
import LoopbackServer
import Sessions
import Synchronization
import Testing

@testable import Runtime

@Suite struct TrainingJobsTests {
  private let folder: URL
  private let store: SessionStore

  init() throws {
    folder = FileManager.default.temporaryDirectory.appending(path: "\(UUID())")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    store = try SessionStore(path: folder.appending(path: "sessions.sqlite").path)
    try write("Answer.")
  }

  private var file: String { folder.appending(path: "train.jsonl").path }

  private func write(_ answer: String) throws {
    let line =
      #"{"messages":[{"role":"user","content":"Q"},{"role":"assistant","content":"\#(answer)"}]}"#
    try Data((line + "\n\n" + line + "\n").utf8).write(to: URL(filePath: file))
  }

  private func jobs(_ server: TrainingServer) -> TrainingJobs {
    TrainingJobs(
      store: store, folders: Folders(allIn: folder.path, share: nil), environment: [:],
      providers: [Provider(name: "t", baseURL: server.baseURL)])
  }

  private var plan: TrainingPlan {
    TrainingPlan(provider: "t", request: TrainingJobRequest(model: "m"), training: file)
  }

  @Test func `a job is made without sending anything, then watched to its model`() throws {
    let server = try TrainingServer(.init(states: ["running", "succeeded"]))
    let jobs = jobs(server)
    let job = try jobs.make(plan)
    #expect(job.data.training.examples == 2)
    #expect(server.seen.requests.isEmpty)
    var events: [TrainingEvent] = []
    let ended = try jobs.watch(
      job.name,
      onProgress: { if case .told(let news) = $0 { events += news } }, isInterrupted: { false })
    #expect(ended.model == ModelReference(provider: "t", model: "ft:m:tuned"))
    #expect(Set(events.map(\.id)).count == 4 && events.count == 4)
    #expect(try jobs.events(of: job.name) == events)
    #expect(
      TrainingJobs.tunedModels(in: store)[try #require(ended.model)]?.contains("from m") == true)
    #expect(try jobs.find(nil).name == job.name)
    #expect(try jobs.find(String(job.name.suffix(6))).name == job.name)
    #expect(try jobs.find("job-1").name == job.name)
    #expect(throws: TrainingJobError.self) { try jobs.find("nothing") }
  }

  @Test func `who comes second sends nothing, and is told what the first one keeps`() throws {
    let server = try TrainingServer(.init(states: ["running", "succeeded"]))
    let jobs = jobs(server)
    let job = try jobs.make(plan)
    var lock = try TrainingJobLock(job.name, besides: store.path)
    #expect(lock != nil)
    #expect(try TrainingJobLock(job.name, besides: store.path) == nil)
    // The first one goes on while the second looks at the store.
    let first = TrainingJobRunner(Provider(name: "t", baseURL: server.baseURL))
    let isDone = Mutex(false)
    var told: [TrainingEvent] = []
    var looks = 0
    let ended = try jobs.watch(
      job.name,
      onProgress: { progress in
        if case .told(let news) = progress { told += news }
        guard case .changed(let record) = progress, !isDone.withLock({ $0 }) else { return }
        looks += 1
        guard looks == 2 else { return }
        isDone.withLock { $0 = true }
        _ = try? first.run(
          record.journey, record.request, paths: .init(training: file),
          store: { try store.keep($0, events: $1.events, at: 5) }, isInterrupted: { false })
      }, isInterrupted: { false })
    lock = nil
    #expect(ended.journey.hasEnded)
    #expect(told.count == 4)
    #expect(server.seen.files.count == 1 && server.seen.jobs.count == 1)
  }

  @Test func `a file that changed since is not sent`() throws {
    let server = try TrainingServer(.init())
    let jobs = jobs(server)
    let job = try jobs.make(plan)
    try write("Another answer.")
    #expect(throws: TrainingJobError.self) {
      try jobs.watch(job.name, onProgress: { _ in }, isInterrupted: { false })
    }
    #expect(server.seen.requests.isEmpty)
    let cancelled = try jobs.cancel(job.name, isInterrupted: { false })
    #expect(cancelled.status == "cancelled")
    #expect(server.seen.requests.isEmpty)
  }

  @Test func `a watch aside brings news as it comes, and ends`() throws {
    let server = try TrainingServer(.init(states: ["running", "succeeded"]))
    let jobs = jobs(server)
    let job = try jobs.make(plan)
    let end = Latch()
    let ending = Mutex<TrainingJobWatch.Ending?>(nil)
    let count = Mutex(0)
    let watch = TrainingJobWatch(
      job.name, of: jobs, onProgress: { _ in count.withLock { $0 += 1 } },
      onEnd: {
        ending.withLock { [value = $0] in $0 = value }
        end.open()
      })
    end.wait()
    watch.finish()
    #expect(count.withLock { $0 } > 3)
    guard case .ended(let record)? = ending.withLock({ $0 }) else {
      Issue.record("\(String(describing: ending.withLock { $0 }))")
      return
    }
    #expect(record.status == "succeeded")
  }
}
