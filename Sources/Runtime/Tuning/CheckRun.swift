import Dispatch
import FineTuning
import Synchronization

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

  private let settings: CheckSettings
  private let workers: Int

  public init(settings: CheckSettings, workers: Int = 2) {
    self.settings = settings
    self.workers = max(1, workers)
  }

  /// Reads and checks a file, or the standard input for `-`. Throws `LineFileError`.
  ///
  /// - Parameters:
  ///   - chunkBytes: how much is read, and judged by one thread, at a time.
  ///   - onProgress: told now and then how far it is; false stops the check.
  /// - Returns: nil when it was stopped.
  public func check(
    _ path: String, chunkBytes: Int = 1 << 20, onProgress: (Progress) -> Bool = { _ in true }
  ) throws -> CheckReport? {
    var chunks = try LineChunks(path: path, size: chunkBytes)
    var check = TrainingCheck(settings: settings)
    let desk = Desk(places: workers + 2, settings: settings)
    // Parts come back in the order in which they went out.
    while let chunk = try chunks.next() {
      if let part = desk.exchange(chunk) { check.take(part) }
      let progress = Progress(
        lines: check.tally.lines, bytes: chunks.position, total: chunks.total)
      guard onProgress(progress) else {
        desk.clear { _ in }
        return nil
      }
    }
    desk.clear { check.take($0) }
    return check.finish()
  }
}

/// A few places on which parts of a file wait for a thread, and their tallies to be taken.
private final class Desk {
  private final class Place: Sendable {
    let tally = Mutex<CheckTally?>(nil)
    let isDone = DispatchSemaphore(value: 0)
  }

  private let settings: CheckSettings
  private let places: [Place]
  private var given = 0
  private var taken = 0
  private let queue = DispatchQueue(
    label: "whet.check", qos: .userInitiated, attributes: .concurrent)

  init(places: Int, settings: CheckSettings) {
    self.settings = settings
    self.places = (0..<places).map { _ in Place() }
  }

  /// Gives a part to be judged; when all places are taken, waits for the first and returns what came of it.
  func exchange(_ chunk: LineChunks.Chunk) -> CheckTally? {
    let first = given - taken == places.count ? take() : nil
    let place = places[given % places.count]
    given += 1
    queue.async { [settings] in
      let tally = Self.judge(chunk, settings)
      place.tally.withLock { $0 = tally }
      place.isDone.signal()
    }
    return first
  }

  /// Waits for all that was given.
  func clear(_ use: (CheckTally) -> Void) {
    while taken < given { if let tally = take() { use(tally) } }
  }

  private func take() -> CheckTally? {
    let place = places[taken % places.count]
    taken += 1
    place.isDone.wait()
    return place.tally.withLock { tally in
      defer { tally = nil }
      return tally
    }
  }

  private static func judge(_ chunk: LineChunks.Chunk, _ settings: CheckSettings) -> CheckTally {
    var tally = CheckTally(after: chunk.start, settings: settings)
    if chunk.isLongLine {
      let verdict = LineVerdict.tooLong
      tally.add(LineFacts(verdict, line: chunk.start + 1, settings: settings))
      return tally
    }
    chunk.bytes.withUnsafeBufferPointer { bytes in
      var start = 0
      var line = chunk.start
      while start < bytes.count {
        let end = bytes[start...].firstIndex(of: 0x0A) ?? bytes.count
        line += 1
        let verdict = LineVerdict(
          of: UnsafeBufferPointer(rebasing: bytes[start..<end]), format: settings.format,
          rules: settings.rules)
        tally.add(LineFacts(verdict, line: line, settings: settings))
        start = end + 1
      }
    }
    return tally
  }
}
