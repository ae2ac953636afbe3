import Dispatch
import FineTuning
import Synchronization

// Where parts of a set are given to threads, and what came of them is taken in the same order.

/// Examples that follow each other.
enum CheckPart: Sendable {
  case lines(LineChunks.Chunk)
  case examples([StoredExample])

  /// What there is to know of them, without a look at others.
  func tally(_ settings: CheckSettings) -> CheckTally {
    switch self {
    case .examples(let examples):
      var tally = CheckTally(after: (examples.first?.number ?? 1) - 1, settings: settings)
      for stored in examples {
        let verdict = LineVerdict(
          of: stored.example.json, format: settings.format, rules: settings.rules)
        tally.add(LineFacts(verdict, line: stored.number, settings: settings))
      }
      return tally
    case .lines(let chunk):
      var tally = CheckTally(after: chunk.start, settings: settings)
      if chunk.isLongLine {
        tally.add(LineFacts(.tooLong, line: chunk.start + 1, settings: settings))
      }
      chunk.forEachLine { bytes, number in
        let verdict = LineVerdict(of: bytes, format: settings.format, rules: settings.rules)
        tally.add(LineFacts(verdict, line: number, settings: settings))
      }
      return tally
    }
  }
}

/// A few places on which parts wait for a thread, and their tallies to be taken.
final class CheckDesk {
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

  /// Gives a part away; when all places are taken, waits for the first and returns what came of it.
  func exchange(_ part: CheckPart) -> CheckTally? {
    let first = given - taken == places.count ? take() : nil
    let place = places[given % places.count]
    given += 1
    queue.async { [settings] in
      let tally = part.tally(settings)
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
}
