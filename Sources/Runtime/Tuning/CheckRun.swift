import FineTuning
import Glibc

// A check of a file of any size: its lines are judged on as many threads as there are processors, and
// what they are to each other is found out in their order.

/// Checks files for training.
public struct CheckRun: Sendable {
  /// How far a check is.
  public struct Progress: Hashable, Sendable {
    public var lines: Int
    /// What was read, and all that there is to read; nil where that isn't known.
    public var bytes: Int
    public var total: Int?
  }

  var settings: CheckSettings
  var others: [ComparedSource]
  private let sample: String?
  private let workers: Int

  /// - Parameters:
  ///   - others: sets that are read first, and must share nothing with what is checked.
  ///   - sample: the path of examples whose answers are right; nil to go by the majority.
  ///   - workers: threads that judge lines.
  public init(
    settings: CheckSettings, others: [ComparedSource] = [], sample: String? = nil,
    workers: Int = CheckRun.usualWorkers
  ) {
    self.settings = settings
    self.others = others
    self.sample = sample
    self.workers = max(1, workers)
  }

  /// One for each processor; with more than eight, reading is what is waited for.
  public static let usualWorkers = min(8, max(1, Int(sysconf(CInt(_SC_NPROCESSORS_ONLN)))))

  /// Reads and checks a file, or the standard input for `-`. Throws `LineFileError`.
  ///
  /// - Parameters:
  ///   - chunkBytes: how much is read, and judged by one thread, at a time.
  ///   - onProgress: told now and then how far it is; false stops the check.
  /// - Returns: nil when it was stopped.
  public func check(
    _ path: String, chunkBytes: Int = 1 << 20,
    onProgress: @escaping (Progress) -> Bool = { _ in true }
  ) throws -> CheckReport? {
    var chunks = try LineChunks(path: path, size: chunkBytes)
    let total = chunks.total
    return try check { lines, position in
      onProgress(Progress(lines: lines, bytes: position, total: total))
    } parts: { give in
      while let chunk = try chunks.next(), give(.lines(chunk), chunks.position) {}
    }
  }

  /// Checks parts that follow each other; nil when it was stopped.
  ///
  /// - Parameters:
  ///   - onProgress: is given how many lines were checked, and what was read; false stops the check.
  ///   - parts: gives the parts, each with what was read so far, until it is told false.
  func check(
    onProgress: @escaping (Int, Int) -> Bool,
    parts: ((CheckPart, Int) -> Bool) throws -> Void
  ) throws -> CheckReport? {
    var check = TrainingCheck(settings: settings)
    check.sample = try sample.map(Self.profile)
    for other in others { try other.read(into: &check) }
    let desk = CheckDesk(places: workers + 2, settings: settings)
    var isStopped = false
    // Parts come back in the order in which they went out.
    try parts { part, position in
      if let tally = desk.exchange(part) { check.take(tally) }
      isStopped = !onProgress(check.tally.lines, position)
      return !isStopped
    }
    desk.clear { check.take($0) }
    return isStopped ? nil : check.finish()
  }

  /// What the answers of a file are like.
  private static func profile(of path: String) throws -> StyleProfile {
    var chunks = try LineChunks(path: path)
    var profile = StyleProfile()
    while let chunk = try chunks.next() {
      chunk.forEachLine { bytes, _ in
        if let example = LineVerdict(of: bytes).example { profile.add(AnswerTraits(example)) }
      }
    }
    guard profile.count > 0 else {
      throw LineFileError(description: "\(path) holds no example: it can't say what is right.")
    }
    return profile
  }
}
