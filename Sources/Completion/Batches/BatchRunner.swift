// Carries out the journey of a batch: sends, waits, collects, and has every step stored. For threads
// that may wait.

import Core

/// Runs one batch of a server to its end.
public struct BatchRunner: Sendable {
  /// What is going on.
  public enum Progress: Hashable, Sendable {
    case uploading(bytes: Int, of: Int)
    case state(BatchState)
  }

  private let provider: Provider
  private let files: FilesClient
  private let batches: BatchClient
  /// All waits are multiplied by it; 1 but for tests.
  var pace = 1.0

  /// - Parameter credentials: the server's secrets; they are sent, and stored nowhere.
  public init(
    _ provider: Provider, credentials: Credentials = Credentials(),
    network: NetworkSettings = .ofThisProcess
  ) {
    self.provider = provider
    files = FilesClient(provider, credentials: credentials, network: network)
    batches = BatchClient(provider, credentials: credentials, network: network)
  }

  /// Goes on from where a journey stands until the batch has ended, or its answers are collected.
  ///
  /// Throws what `store` throws, `CompletionError`, and `CancellationError` once it is interrupted;
  /// the journey that was stored last is then the one to go on with.
  ///
  /// - Parameters:
  ///   - path: the batch file, as `BatchWriter` gives its lines.
  ///   - store: keeps the journey for good before it returns.
  public func run(
    _ journey: BatchJourney, path: String, store: (BatchJourney) throws -> Void,
    onProgress: (Progress) -> Void, isInterrupted: @escaping () -> Bool
  ) throws -> BatchJourney {
    var journey = journey
    var attempt = 1
    var waited = 0.0
    func again(_ failure: RetryPolicy.Failure, _ sentence: String) throws {
      switch RetryPolicy(attemptLimit: provider.attemptLimit).decision(
        after: failure, attempt: attempt, waited: waited, jitter: .random(in: 0...1))
      {
      case .giveUp(let note):
        throw CompletionError([sentence, note].joinedSentences ?? sentence)
      case .retry(let delay):
        attempt += 1
        waited += delay
        try Self.wait(delay * pace, isInterrupted)
      }
    }
    /// Sends what must arrive once; nil when nobody knows whether it has.
    func once(_ send: () throws -> String) throws {
      journey.begin()
      try store(journey)
      do {
        journey.settle(try send())
      } catch let error as TooEarly {
        journey.settle(nil)
        try store(journey)
        return try again(.response(status: 429, retryAfter: error.delay), error.sentence)
      } catch let error as UnknownOutcome {
        return try again(.connectionLost, error.sentence)
      } catch let error as CompletionError {
        journey.settle(nil)
        try store(journey)
        throw error
      }
      attempt = 1
      waited = 0
      try store(journey)
    }
    while true {
      if isInterrupted() { throw CancellationError() }
      switch journey.action {
      case .upload:
        try once {
          try files.upload(
            path, fileName: journey.fileName, purpose: "batch",
            onSent: { onProgress(.uploading(bytes: $0, of: $1)) }, isCancelled: isInterrupted)
        }
      case .findFile:
        journey.settle(
          try files.find(
            fileName: journey.fileName, purpose: "batch", isCancelled: isInterrupted))
        try store(journey)
      case .create(let file):
        try once {
          try batches.create(name: journey.name, file: file, isCancelled: isInterrupted).id
        }
      case .findBatch:
        journey.settle(try batches.find(name: journey.name, isCancelled: isInterrupted))
        try store(journey)
      case .poll(let batch, let delay):
        try Self.wait(delay * pace, isInterrupted)
        let state = try batches.state(of: batch, isCancelled: isInterrupted)
        journey.note(state)
        try store(journey)
        onProgress(.state(state))
      case .collect, .nothing: return journey
      }
    }
  }

  /// Hands on what a batch that has ended brought, each request once, the first result of several.
  /// What it doesn't name was not answered and can be asked again.
  ///
  /// Throws what `each` throws, `CompletionError` and `CancellationError`.
  public func results(
    of journey: BatchJourney, isInterrupted: @escaping () -> Bool,
    each: (BatchResult) throws -> Void
  ) throws {
    let state: BatchState
    switch journey.stage {
    case .ended(let ended), .collected(let ended): state = ended
    default: return
    }
    if state.outputFile == nil, state.errorFile == nil, let message = state.message {
      throw CompletionError("\(provider.name) refused the batch: \"\(message)\".")
    }
    var seen: Set<String> = []
    for file in [state.outputFile, state.errorFile].compactMap({ $0 }) {
      var lines = BatchLines()
      func take(_ line: [UInt8]) throws {
        guard let result = BatchResult(line: line), seen.insert(result.customID).inserted else {
          return
        }
        try each(result)
      }
      try files.content(
        of: file, isCancelled: isInterrupted, restart: { lines = BatchLines() },
        each: { try lines.append($0, each: take) })
      try lines.finish(each: take)
    }
  }

  static func wait(_ milliseconds: Double, _ isCancelled: () -> Bool) throws {
    let end = MonotonicClock.milliseconds + milliseconds
    while MonotonicClock.milliseconds < end {
      if isCancelled() { throw CancellationError() }
      let rest = Int32(clampedMilliseconds: end - MonotonicClock.milliseconds)
      _ = TransferPool.wait(for: [], milliseconds: min(rest, 50))
    }
  }
}
