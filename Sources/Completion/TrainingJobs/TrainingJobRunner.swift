// Carries out the journey of a training: sends, waits, watches, and has every step stored. For threads
// that may wait.

import Core

/// Runs one job of a server to its end. A network that is away, or a server that is busy, changes
/// nothing but the wait.
public struct TrainingJobRunner: Sendable {
  /// What is going on.
  public enum Progress: Hashable, Sendable {
    case uploading(TrainingFiles.Role, bytes: Int, of: Int)
    case state(TrainingJobState)
    /// Something is tried again after so many milliseconds; why, as a sentence.
    case waiting(String, milliseconds: Double)
  }

  /// What a job is trained on: paths of files.
  public struct Paths: Hashable, Sendable {
    public var training: String
    public var validation: String?

    public init(training: String, validation: String? = nil) {
      self.training = training
      self.validation = validation
    }
  }

  private let provider: Provider
  private let credentials: Credentials
  private let network: NetworkSettings
  /// All waits are multiplied by it; 1 but for tests.
  var pace = 1.0

  /// The longest wait by itself, and the longest that a server may ask for, in milliseconds.
  private static let longestDelay = 60_000.0
  private static let longestAsked = 3_600_000.0

  /// - Parameter credentials: the server's secrets; they are sent, and stored nowhere.
  public init(
    _ provider: Provider, credentials: Credentials = Credentials(),
    network: NetworkSettings = .ofThisProcess
  ) {
    self.provider = provider
    self.credentials = credentials
    self.network = network
  }

  /// What the server's API can't do of a request, as a sentence; nil where it takes all of it.
  ///
  /// Throws `CompletionError` where a setting of the provider is missing.
  public func objection(
    to request: TrainingJobRequest, hasValidation: Bool
  ) throws(CompletionError) -> String? {
    let dialect = try provider.trainingDialect
    return request.problem ?? dialect.objection(to: request, hasValidation: hasValidation)
  }

  /// Goes on from where a journey stands until it has ended.
  ///
  /// Throws what `store` throws, `CompletionError`, and `CancellationError` once it is interrupted;
  /// the journey that was stored last is then the one to go on with.
  ///
  /// - Parameters:
  ///   - store: keeps the journey and the news for good before it returns; news may come again.
  ///   - isCancelRequested: whether the job is to be ended; asked before each step.
  public func run(
    _ journey: TrainingJobJourney, _ request: TrainingJobRequest, paths: Paths,
    store: (TrainingJobJourney, TrainingNews) throws -> Void,
    isCancelRequested: () -> Bool = { false }, onProgress: (Progress) -> Void = { _ in },
    isInterrupted: @escaping () -> Bool
  ) throws -> TrainingJobJourney {
    var walk = Walk(
      journey: journey,
      client: try TrainingJobClient(
        provider, credentials: credentials, network: network, isCancelled: isInterrupted),
      attemptLimit: provider.attemptLimit, pace: pace, isInterrupted: isInterrupted)
    while true {
      if isInterrupted() { throw CancellationError() }
      guard
        try walk.step(
          request, paths, store: store, isCancelRequested: isCancelRequested,
          onProgress: onProgress)
      else { return walk.journey }
    }
  }

  /// A journey under way.
  private struct Walk {
    var journey: TrainingJobJourney
    let client: TrainingJobClient
    let attemptLimit: Int
    let pace: Double
    let isInterrupted: () -> Bool
    /// Tries that failed in a row, and those of them that time won't mend.
    private var failures = 0
    private var puzzles = 0
    /// Whether the job was asked after since the program started.
    private var hasPolled = false

    init(
      journey: TrainingJobJourney, client: TrainingJobClient, attemptLimit: Int, pace: Double,
      isInterrupted: @escaping () -> Bool
    ) {
      self.journey = journey
      self.client = client
      self.attemptLimit = attemptLimit
      self.pace = pace
      self.isInterrupted = isInterrupted
    }

    /// Does what is to be done next; false when nothing is.
    mutating func step(
      _ request: TrainingJobRequest, _ paths: Paths,
      store: (TrainingJobJourney, TrainingNews) throws -> Void, isCancelRequested: () -> Bool,
      onProgress: (Progress) -> Void
    ) throws -> Bool {
      let name = journey.name
      do {
        switch journey.action(cancelling: isCancelRequested()) {
        case .upload(let role):
          guard let path = role == .training ? paths.training : paths.validation else {
            throw CompletionError("The job \(name) has no \(role.rawValue) file.")
          }
          try once(store) { [client, journey] in
            try client.upload(path, name: journey.fileName(role)) {
              onProgress(.uploading(role, bytes: $0, of: $1))
            }
          }
        case .create(let files):
          try once(store) { [client] in
            try client.create(request, name: name, files: files)
          }
        case .findFile(let role):
          try settle(try client.findFile(name: journey.fileName(role)), store)
        case .findJob(let files):
          try settle(
            try client.findJob(name: name, files: files, method: request.method), store)
        case .cancel(let job):
          if let state = try cancel(job, request) { onProgress(.state(state)) }
          journey.noteCancelled()
          try store(journey, TrainingNews())
        case .poll(let job, let delay):
          try wait(hasPolled ? delay : 0, until: isCancelRequested)
          try poll(job, request, store, onProgress)
        case .abandon:
          journey.abandon()
          try store(journey, TrainingNews())
        case .nothing: return false
        }
      } catch let failure as ServerExchange.Failure {
        try rest(after: failure, isCancelRequested, onProgress)
      }
      return true
    }

    /// Sends what must arrive once.
    private mutating func once(
      _ store: (TrainingJobJourney, TrainingNews) throws -> Void, _ send: () throws -> String
    ) throws {
      journey.begin()
      try store(journey, TrainingNews())
      do {
        try settle(try send(), store)
        (failures, puzzles) = (0, 0)
      } catch let failure as ServerExchange.Failure {
        // What may have arrived is looked for before it is sent again.
        if failure.isRefusal || !failure.mayHaveArrived { try settle(nil, store) }
        throw failure
      } catch let error as CompletionError {
        // Nothing was sent.
        try settle(nil, store)
        throw error
      }
    }

    private mutating func settle(
      _ identifier: String?, _ store: (TrainingJobJourney, TrainingNews) throws -> Void
    ) throws {
      journey.settle(identifier)
      try store(journey, TrainingNews())
    }

    /// A job that has ended meanwhile can't be cancelled; its state says so.
    private func cancel(
      _ job: String, _ request: TrainingJobRequest
    ) throws -> TrainingJobState? {
      do {
        return try client.cancel(job, method: request.method)
      } catch let failure as ServerExchange.Failure
        where failure.status == 400 || failure.status == 409
      {
        return nil
      }
    }

    /// The news is stored before the end is: what was not stored is asked for again.
    private mutating func poll(
      _ job: String, _ request: TrainingJobRequest,
      _ store: (TrainingJobJourney, TrainingNews) throws -> Void, _ onProgress: (Progress) -> Void
    ) throws {
      var (state, news) = try client.state(of: job, method: request.method)
      do {
        news.append(try client.reports(of: job, method: request.method))
      } catch let failure as ServerExchange.Failure where !failure.passes {
        // A list that can't be read keeps nobody from the result.
      }
      journey.note(state)
      try store(journey, news)
      hasPolled = true
      (failures, puzzles) = (0, 0)
      onProgress(.state(state))
    }

    /// Waits for a server that will answer later; what time won't mend is thrown as a sentence.
    private mutating func rest(
      after failure: ServerExchange.Failure, _ isCancelRequested: () -> Bool,
      _ onProgress: (Progress) -> Void
    ) throws {
      failures += 1
      if !failure.passes {
        puzzles += 1
        // A server's word is taken at once; what is no answer at all may be an accident.
        if failure.status != nil || puzzles >= attemptLimit {
          throw CompletionError(sentence(for: failure))
        }
      }
      let step = min(500 * Double(1 << min(failures - 1, 10)), longestDelay)
      let delay = max(
        step / 2 + .random(in: 0...1) * step / 2, min(failure.retryAfter ?? 0, longestAsked))
      onProgress(.waiting(failure.sentence, milliseconds: delay))
      try wait(delay, until: { false })
    }

    private func sentence(for failure: ServerExchange.Failure) -> String {
      guard failure.status == 404 || failure.status == 405 else { return failure.sentence }
      if let job = journey.job {
        return "\(client.provider.name) has no job \(job) any more."
      }
      return "\(client.provider.name) does not train models at \(client.provider.address): "
        + "check 'training' of the provider in the configuration."
    }

    private func wait(_ milliseconds: Double, until isEnough: () -> Bool) throws {
      var rest = milliseconds * pace
      while rest > 0, !isEnough() {
        try BatchRunner.wait(min(rest, 1000), isInterrupted)
        rest -= 1000
      }
    }
  }
}
