import Completion
import Core
import Evaluation
import Foundation
import Playground
import Sessions

// An evaluation's requests as batches: written to files, sent, waited for, and their answers kept, from
// where the evaluation itself takes them. Every step is in the store before the next one, so that it can
// be stopped, or killed, at any of them.

/// What of an evaluation is answered by batches.
public final class EvaluationBatches {
  public enum Progress: Hashable, Sendable {
    case writing(requests: Int)
    case uploading(bytes: Int, of: Int)
    /// The server's word, and how many requests it has answered.
    case waiting(status: String, completed: Int, total: Int)
  }

  private let plan: EvaluationPlan
  private let settings: EvaluationSettings
  private let store: SessionStore
  private let prompts: [VariantPrompt]
  private let searches: EvaluationSearches
  private let keys: SearchModels
  private let folder: String
  /// The requests of the plan by what answers come back under.
  private var requests: [String: KeptRequest] = [:]
  /// In the order of the plan.
  private var order: [String] = []

  private struct KeptRequest {
    var request: CompletionRequest
    var hash: String
    var repetition: Int
  }

  /// Throws where a prompt can't be read, is a chain, or asks a server that takes no batches.
  public init(
    _ plan: EvaluationPlan, settings: EvaluationSettings, store: SessionStore
  ) throws {
    self.plan = plan
    self.settings = settings
    self.store = store
    folder = (store.path as NSString).deletingLastPathComponent + "/batches"
    prompts = try plan.variants.map { try VariantPrompt($0) }
    if let chain = prompts.first(where: { $0.file.isChain }) {
      throw EvaluationFileError(
        "The prompt of '\(chain.variant.name)' has steps, each of which waits for the one before: a "
          + "batch can't; leave out --batch.")
    }
    searches = try settings.searches(of: plan)
    keys = SearchModels(
      folders: settings.folders, environment: settings.environment,
      providers: settings.providers, catalog: settings.catalog)
  }

  /// Has all answered that isn't yet, going on with batches of the same plan that were begun.
  ///
  /// Throws `CompletionError`, `CancellationError` once it is interrupted, and what the store throws.
  public func run(
    isInterrupted: @escaping () -> Bool, onProgress: (Progress) -> Void
  ) throws {
    try collectRequests(isInterrupted)
    var open = try store.batches(ofPlan: plan.hash)
    if open.isEmpty { open = try write(onProgress) }
    for batch in open {
      guard let provider = settings.providers.first(where: { $0.name == batch.provider }) else {
        throw EvaluationFileError("No server is known by the name '\(batch.provider)' any more.")
      }
      try run(batch, at: provider, isInterrupted, onProgress)
    }
  }

  // MARK: Requests

  /// The requests of the plan that no answer was kept to.
  private func collectRequests(_ isInterrupted: () -> Bool) throws {
    for number in 0..<plan.cellCount {
      if isInterrupted() { throw CancellationError() }
      let place = plan.place(of: number)
      let (prompt, testCase) = (prompts[place.variant], plan.cases[place.testCase])
      var found = prompt.givenPassages(of: testCase)
      if let (query, retrieval, index) = prompt.search(for: testCase) {
        found = try searches.passages(for: query, retrieval, index: index)
      }
      let request = try prompt.request(of: StepChain(prompt.file), for: testCase, found: found)
      let hash = request.exactHash
      let id = "\(hash.prefix(48))-\(place.repetition)"
      guard requests[id] == nil, !request.model.isBuiltin else { continue }
      if settings.usesKeptAnswers,
        try store.keptAnswer(to: hash, repetition: place.repetition) != nil
      {
        continue
      }
      requests[id] = KeptRequest(request: request, hash: hash, repetition: place.repetition)
      order.append(id)
    }
  }

  /// Writes the requests into files, one or more for each server; counts first what they may cost.
  private func write(_ onProgress: (Progress) -> Void) throws -> [StoredBatch] {
    var spending = Spending(limits: BudgetLimits(command: settings.budget))
    try FileManager.default.createDirectory(
      atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    var written: [StoredBatch] = []
    let groups = Dictionary(grouping: order) { requests[$0]?.request.model.provider ?? "" }
    for (name, ids) in groups.sorted(by: { $0.key < $1.key }) {
      guard let provider = settings.providers.first(where: { $0.name == name }) else {
        throw EvaluationFileError(
          "No server is known by the name '\(name)': name it in the configuration.")
      }
      var writer = try BatchWriter(to: provider, credentials: try keys.credentials(of: provider))
      var file: (number: Int, handle: FileHandle)?
      defer { try? file?.handle.close() }
      for (count, id) in ids.enumerated() {
        guard let kept = requests[id] else { continue }
        let profile = settings.catalog.profile(of: kept.request.model)
        _ = try spending.admit(count, request: kept.request, to: provider, profile: profile)
        let line = try writer.line(for: kept.request, customID: id, profile: profile)
        if file?.number != line.file {
          try file?.handle.close()
          let batch = try newBatch(of: name)
          let isMade = FileManager.default.createFile(
            atPath: batch.path, contents: nil, attributes: [.posixPermissions: 0o600])
          guard isMade, let handle = FileHandle(forWritingAtPath: batch.path) else {
            throw EvaluationFileError("\(batch.path) can't be written: is there room?")
          }
          file = (line.file, handle)
          written.append(batch)
        }
        try file?.handle.write(contentsOf: line.bytes)
        if count % 1000 == 0 { onProgress(.writing(requests: count)) }
      }
      try file?.handle.synchronize()
    }
    for batch in written { try store.keep(batch, ofPlan: plan.hash) }
    return written
  }

  private func newBatch(of provider: String) throws -> StoredBatch {
    let name = "whet-" + store.identifiers.next(now: SystemClock().secondsSince1970)
    guard let journey = BatchJourney(name: name) else {
      throw EvaluationFileError("No batch can be named '\(name)'.")
    }
    return StoredBatch(provider: provider, path: "\(folder)/\(name).jsonl", journey: journey)
  }

  // MARK: Journeys

  private func run(
    _ batch: StoredBatch, at provider: Provider, _ isInterrupted: @escaping () -> Bool,
    _ onProgress: (Progress) -> Void
  ) throws {
    let runner = BatchRunner(provider, credentials: try keys.credentials(of: provider))
    var batch = batch
    batch.journey = try runner.run(
      batch.journey, path: batch.path,
      store: { journey in
        batch.journey = journey
        try store.keep(batch, ofPlan: plan.hash)
      },
      onProgress: { progress in
        switch progress {
        case .uploading(let bytes, let total): onProgress(.uploading(bytes: bytes, of: total))
        case .state(let state):
          onProgress(
            .waiting(status: state.status, completed: state.completed, total: state.total))
        }
      }, isInterrupted: isInterrupted)
    var answers: [KeptAnswer] = []
    func save() throws {
      try store.keep(answers, [], of: nil, at: SystemClock().secondsSince1970)
      answers = []
    }
    try runner.results(of: batch.journey, isInterrupted: isInterrupted) { result in
      guard let kept = requests[result.customID], case .success(let answer) = result.outcome,
        answer.finishReason?.isSuccess == true
      else { return }
      let cost = Cost(of: answer, at: settings.catalog.profile(of: kept.request.model).price)
      answers.append(
        KeptAnswer(
          request: kept.request, hash: kept.hash, repetition: kept.repetition, answer: answer,
          cost: cost.isPartial ? nil : cost.amount))
      if answers.count >= 200 { try save() }
    }
    try save()
    batch.journey.collect()
    try store.keep(batch, ofPlan: plan.hash)
    // What a server has refused or forgotten is asked again by a new one.
    try? FileManager.default.removeItem(atPath: batch.path)
  }
}
