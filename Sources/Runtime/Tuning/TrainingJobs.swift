import Completion
import Core
import FineTuning
import Foundation
import Sessions

// Training jobs for commands and panes: made, watched, cancelled. How far each is stands in the store
// before the next step, so that a program can be stopped, or killed, at any.

/// What went wrong with a job, in one sentence that says what to do.
public struct TrainingJobError: Error, Hashable, Sendable, CustomStringConvertible {
  public let description: String

  public init(_ description: String) { self.description = description }
}

/// What to train, and on what.
public struct TrainingPlan: Hashable, Sendable {
  /// The name of a known server.
  public var provider: String
  public var request: TrainingJobRequest
  /// Files of examples, from the root.
  public var training: String
  public var validation: String?

  public init(
    provider: String, request: TrainingJobRequest, training: String, validation: String? = nil
  ) {
    self.provider = provider
    self.request = request
    self.training = training
    self.validation = validation
  }
}

/// What is to be told of a job while it is watched.
public enum TrainingJobProgress: Hashable, Sendable {
  case uploading(TrainingFiles.Role, bytes: Int, of: Int)
  /// Something is tried again after so many milliseconds; why, as a sentence.
  case waiting(String, milliseconds: Double)
  /// The job as it is now.
  case changed(TrainingJobRecord)
  /// What the server told that wasn't told before, in the order in which it came.
  case told([TrainingEvent])
}

/// The jobs of one store. It may be used from several threads at once.
public final class TrainingJobs: Sendable {
  private let store: SessionStore
  private let providers: [Provider]
  private let keys: SearchModels

  /// - Parameters:
  ///   - environment: holds secrets; commands that print some see it, too.
  ///   - providers: the servers that are known.
  public init(
    store: SessionStore, folders: Folders, environment: [String: String], providers: [Provider]
  ) {
    self.store = store
    self.providers = providers
    keys = SearchModels(folders: folders, environment: environment, providers: providers)
  }

  // MARK: What there is

  /// All jobs, the newest first. Throws `SessionError`.
  public func list() throws -> [TrainingJobRecord] { try store.trainingJobs() }

  /// The job that somebody means: by our name, the server's, or the end of either; the newest for nil.
  ///
  /// Throws a sentence where there is none, or where it could be several.
  public func find(_ text: String?) throws -> TrainingJobRecord {
    let all = try list()
    guard let text else {
      if let first = all.first { return first }
      throw TrainingJobError("There is no job yet: whet tune start makes one.")
    }
    func isNamed(_ job: TrainingJobRecord) -> Bool {
      job.name == text || job.journey.job == text
    }
    if let job = all.first(where: isNamed) { return job }
    let meant = all.filter {
      $0.name.hasSuffix(text) || $0.journey.job?.hasSuffix(text) == true
    }
    if let job = meant.first, meant.count == 1, !text.isEmpty { return job }
    throw TrainingJobError(
      meant.isEmpty
        ? "There is no job '\(text)': whet tune list shows them."
        : "Several jobs end with '\(text)': write more of it.")
  }

  /// A job's events, the oldest first. Throws `SessionError`.
  public func events(of name: String) throws -> [TrainingEvent] {
    try store.trainingEvents(ofJob: name).map(\.event)
  }

  /// Throws `SessionError`.
  public func checkpoints(of name: String) throws -> [TrainingCheckpoint] {
    try store.trainingCheckpoints(ofJob: name)
  }

  /// The models that jobs have made, with what each was trained on; none where that can't be read.
  public static func tunedModels(in store: SessionStore) -> [ModelReference: String] {
    var models: [ModelReference: String] = [:]
    for job in (try? store.trainingJobs()) ?? [] {
      guard let model = job.model, models[model] == nil else { continue }
      let day = LocalTime.system.minute(job.endedAt ?? job.createdAt).prefix(10)
      models[model] = "fine-tuned from \(job.request.model) on \(job.data.name), \(day)"
    }
    return models
  }

  // MARK: Making

  /// What its server can't do of a plan, as a sentence; nil where it takes all of it.
  ///
  /// Throws a sentence where the server isn't known, or a setting is missing.
  public func objection(to plan: TrainingPlan) throws -> String? {
    try TrainingJobRunner(provider(plan.provider)).objection(
      to: plan.request, hasValidation: plan.validation != nil)
  }

  /// Remembers a new job; nothing is sent before it is watched.
  ///
  /// Throws a sentence where it can't be, and `SessionError`.
  public func make(_ plan: TrainingPlan) throws -> TrainingJobRecord {
    if let objection = try objection(to: plan) { throw TrainingJobError(objection) }
    var hashes: [String] = []
    let training = try TrainingFile.read(plan.training) { hashes.append($0) }
    let validation = try plan.validation.map { try TrainingFile.read($0) }
    if let validation, validation.hash == training.hash {
      throw TrainingJobError("Training and validation file say the same: give another one.")
    }
    let origins = try store.origins(ofExamples: hashes)
    let now = SystemClock().secondsSince1970
    let name = "whet-" + store.identifiers.next(now: now).lowercased()
    guard let journey = TrainingJobJourney(name: name, hasValidation: validation != nil) else {
      throw TrainingJobError("No job can be named '\(name)'.")
    }
    let record = TrainingJobRecord(
      name: name, provider: plan.provider, createdAt: now, request: plan.request,
      data: TrainingData(
        training: training, validation: validation, sets: origins.sets,
        sources: origins.sources), journey: journey)
    try store.add(record)
    return record
  }

  private func provider(_ name: String) throws -> Provider {
    guard let provider = providers.first(where: { $0.name == name }) else {
      throw TrainingJobError(
        "No server is known by the name '\(name)': name it in the configuration.")
    }
    return provider
  }

  // MARK: Watching

  /// Goes on with a job until it has ended, sending what is to be sent; where another whet does so
  /// already, tells what that one keeps.
  ///
  /// Throws `CancellationError` once it is interrupted: the job goes on at the server, and can be
  /// watched again. Throws sentences, and `SessionError`.
  @discardableResult
  public func watch(
    _ name: String, onProgress: (TrainingJobProgress) -> Void,
    isInterrupted: @escaping () -> Bool
  ) throws -> TrainingJobRecord {
    var told = 0
    func tell() throws -> TrainingJobRecord {
      guard let record = try store.trainingJob(name) else {
        throw TrainingJobError("The job \(name) is not in the store any more.")
      }
      let news = try store.trainingEvents(ofJob: name, after: told)
      told = news.last?.number ?? told
      if !news.isEmpty { onProgress(.told(news.map(\.event))) }
      onProgress(.changed(record))
      return record
    }
    var record = try tell()
    while !record.journey.hasEnded {
      if let lock = try TrainingJobLock(name, besides: store.path) {
        // Another whet may have come further before it let go.
        record = try tell()
        try withExtendedLifetime(lock) {
          try run(record, tell, onProgress, isInterrupted)
        }
      } else {
        try Self.wait(isInterrupted)
      }
      record = try tell()
    }
    TrainingJobLock.remove(name, besides: store.path)
    return record
  }

  private func run(
    _ record: TrainingJobRecord, _ tell: () throws -> TrainingJobRecord,
    _ onProgress: (TrainingJobProgress) -> Void, _ isInterrupted: @escaping () -> Bool
  ) throws {
    if record.journey.hasEnded { return }
    let provider = try provider(record.provider)
    if !record.isCancelRequested { try TrainingFile.check(record) }
    let runner = TrainingJobRunner(provider, credentials: try keys.credentials(of: provider))
    _ = try runner.run(
      record.journey, record.request,
      paths: TrainingJobRunner.Paths(
        training: record.data.training.path, validation: record.data.validation?.path),
      store: { journey, news in
        try store.keep(
          journey, events: news.events, checkpoints: news.checkpoints,
          at: SystemClock().secondsSince1970)
        _ = try tell()
      },
      isCancelRequested: { (try? store.isCancelRequested(ofJob: record.name)) ?? false },
      onProgress: { progress in
        switch progress {
        case .uploading(let role, let bytes, let total):
          onProgress(.uploading(role, bytes: bytes, of: total))
        case .waiting(let reason, let time): onProgress(.waiting(reason, milliseconds: time))
        case .state(let state):
          // What can't be noted now is asked for again.
          try? store.note(state, ofJob: record.name)
          _ = try? tell()
        }
      }, isInterrupted: isInterrupted)
  }

  /// A moment until the store is looked at again.
  private static func wait(_ isInterrupted: () -> Bool) throws {
    for _ in 0..<10 {
      if isInterrupted() { throw CancellationError() }
      poll(nil, 0, 50)
    }
  }

  // MARK: Cancelling

  /// Remembers that a job is to be ended, and has its server told; returns once that has taken it.
  ///
  /// Throws as `watch`. A job that is not told of in time is told when it is watched next.
  public func cancel(
    _ name: String, onProgress: @escaping (TrainingJobProgress) -> Void = { _ in },
    isInterrupted: @escaping () -> Bool
  ) throws -> TrainingJobRecord {
    try store.requestCancel(ofJob: name)
    var isTaken = false
    do {
      return try watch(
        name,
        onProgress: { progress in
          if case .changed(let record) = progress,
            case .created(_, let polls, isCancelled: true) = record.journey.stage, polls > 0
          {
            isTaken = true
          }
          onProgress(progress)
        }, isInterrupted: { isTaken || isInterrupted() })
    } catch is CancellationError where isTaken {
      return try find(name)
    }
  }
}
