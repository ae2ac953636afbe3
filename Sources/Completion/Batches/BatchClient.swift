import Core

// Takes a batch from its file to its answers. Every step is told before and after it is taken, so that
// whoever keeps that can go on after any end: nothing is sent twice.

/// Sends a batch, waits for it, and fetches what came back.
public struct BatchClient: Sendable {
  private let files: FilesClient
  private let delay: @Sendable (Int) -> Double

  /// - Parameter delay: milliseconds until a server is asked again, by how often it was asked.
  public init(
    _ files: FilesClient, delay: @escaping @Sendable (Int) -> Double = BatchJourney.delay
  ) {
    self.files = files
    self.delay = delay
  }

  /// Takes a batch on until it has ended.
  ///
  /// Throws `CompletionError`, `CancellationError` once `isCancelled` says so, and what `keep` throws;
  /// it can be called again with what was kept last.
  ///
  /// - Parameters:
  ///   - text: the lines of its requests; asked for where they are to be sent.
  ///   - keep: keeps how far it is.
  public func run(
    _ journey: BatchJourney, text: () throws -> String, keep: (BatchJourney) throws -> Void,
    isCancelled: @escaping () -> Bool
  ) throws -> BatchJourney {
    var journey = journey
    var asked = 0
    func go(to state: BatchJourney.State) throws {
      journey.state = state
      try keep(journey)
    }
    while true {
      if isCancelled() { throw CancellationError() }
      switch journey.state {
      case .written:
        try go(to: .uploading)
        let id = try files.upload(
          text(), named: journey.fileName, purpose: "batch", isCancelled: isCancelled)
        try go(to: .uploaded(file: id))
      case .uploading:
        let id = try files.file(
          named: journey.fileName, purpose: "batch", isCancelled: isCancelled)
        try go(to: id.map { .uploaded(file: $0) } ?? .written)
      case .uploaded(let file):
        try go(to: .creating(file: file))
        try go(to: .created(batch: try create(journey, file, isCancelled)))
      case .creating(let file):
        let listed = try files.answer("GET", "/batches", nil, isCancelled)
        let there = listed?["data"]?.array?.first {
          $0["metadata"]?["name"]?.string == journey.name || $0["input_file_id"]?.string == file
        }
        try go(
          to: (there?["id"]?.string).map { .created(batch: $0) } ?? .uploaded(file: file))
      case .created(let id):
        guard let batch = try files.answer("GET", "/batches/\(id)", nil, isCancelled) else {
          throw CompletionError(
            "\(files.provider.name) knows nothing of the batch \(id) any more: run it anew with "
              + "--new.")
        }
        journey.take(batch)
        try keep(journey)
        guard !journey.isEnded else { break }
        try wait(delay(asked), isCancelled)
        asked += 1
      case .ended: return journey
      }
    }
  }

  private func create(
    _ journey: BatchJourney, _ file: String, _ isCancelled: @escaping () -> Bool
  ) throws -> String {
    var once = files.provider
    once.attemptLimit = 1
    let client = FilesClient(once, credentials: files.credentials, network: files.network)
    let batch = try client.answer(
      "POST", "/batches",
      [
        "input_file_id": .string(file), "endpoint": "/v1/chat/completions",
        "completion_window": "24h", "metadata": ["name": .string(journey.name)],
      ], isCancelled)
    guard let batch else { throw FilesClient.missing("batches", files.provider.name) }
    guard let id = batch["id"]?.string else {
      throw CompletionError("\(files.provider.name) took the batch, and gave it no id.")
    }
    return id
  }

  /// What came back of a batch that has ended, in any order: answers, and errors.
  public func results(
    of journey: BatchJourney, isCancelled: @escaping () -> Bool,
    _ take: @escaping (BatchResult) throws -> Void
  ) throws {
    guard case .ended(_, let output, let errors) = journey.state else { return }
    for file in [output, errors].compactMap({ $0 }) {
      var lines = BatchLineSplitter()
      try files.download(file, isCancelled: isCancelled) { piece in
        try lines.add(piece) { line in if let result = BatchResult(line: line) { try take(result) }
        }
      }
      try lines.finish { line in if let result = BatchResult(line: line) { try take(result) } }
    }
  }

  private func wait(_ milliseconds: Double, _ isCancelled: () -> Bool) throws {
    let end = MonotonicClock.milliseconds + milliseconds
    while MonotonicClock.milliseconds < end {
      if isCancelled() { throw CancellationError() }
      let rest = Int32(clampedMilliseconds: end - MonotonicClock.milliseconds)
      _ = TransferPool.wait(for: [], milliseconds: min(rest, 50))
    }
  }
}

/// Lines out of pieces; one that is longer than any answer is dropped.
struct BatchLineSplitter {
  private var line: [UInt8] = []
  private var isDropped = false

  private static let mostBytes = 64 << 20

  mutating func add(_ piece: [UInt8], _ take: ([UInt8]) throws -> Void) rethrows {
    var rest = piece[...]
    while let end = rest.firstIndex(of: UInt8(ascii: "\n")) {
      append(rest[..<end])
      try finish(take)
      rest = rest[(end + 1)...]
    }
    append(rest)
  }

  mutating func finish(_ take: ([UInt8]) throws -> Void) rethrows {
    if !isDropped, line.contains(where: { $0 > UInt8(ascii: " ") }) { try take(line) }
    line = []
    isDropped = false
  }

  private mutating func append(_ bytes: ArraySlice<UInt8>) {
    guard !isDropped, line.count + bytes.count <= Self.mostBytes else {
      isDropped = true
      line = []
      return
    }
    line += bytes
  }
}
