import Core

// Recorded runs that are played again: how far they are, and how fast they go. The decoding and the
// clock are the host's; what is said here is all that a person can tell it.

/// Runs of a moment that are played again in the columns; of a branch, moment after moment.
public struct Playback: Hashable, Sendable {
  /// The moments to be played, by a run of each, oldest first.
  public let moments: [Identifier]
  /// The place of the one that is played.
  public internal(set) var place: Int
  /// What is played.
  let runs: [RecordedRun]
  /// Milliseconds from the moment's first request to its last event.
  public let length: Double
  public internal(set) var position = PlaybackPosition()
  public internal(set) var pace: PlaybackPace

  init(_ runs: [RecordedRun], moments: [Identifier], place: Int, pace: PlaybackPace) {
    self.runs = runs
    self.moments = moments
    self.place = place
    self.pace = pace
    length =
      runs.attempts.joined().map { chain in
        chain.reduce(runs.delay(of: chain.first)) { $0 + ($1.events.last?.time ?? 0) }
      }.max() ?? 0
  }

  /// How much of the moment was played, from 0 to 1.
  public var playedShare: Double { length > 0 ? min(1, max(0, position.time / length)) : 1 }

  var nextMoment: Identifier? { place + 1 < moments.count ? moments[place + 1] : nil }
  var momentBefore: Identifier? { place > 0 ? moments[place - 1] : nil }
}

/// How fast recordings are played, and whether they are.
public struct PlaybackPace: Hashable, Sendable {
  /// Times the pace that they had.
  public var speed = 1.0
  public var isPaused = false

  public init(speed: Double = 1, isPaused: Bool = false) {
    self.speed = speed
    self.isPaused = isPaused
  }

  /// The speeds that a key goes through.
  static let speeds = [0.1, 0.25, 0.5, 1, 2, 4, 8, 16, 32, 64]

  /// Takes the speed that is so many steps up, or down where negative.
  mutating func change(by steps: Int) {
    let place = Self.speeds.lastIndex { $0 <= speed } ?? 0
    speed = Self.speeds[min(max(place + steps, 0), Self.speeds.count - 1)]
  }
}

/// How far recordings have been played.
public struct PlaybackPosition: Hashable, Sendable {
  /// Milliseconds since the moment's first request, at the pace that it had.
  public var time = 0.0
  /// How many events over the wire were played in all.
  public var events = 0
  /// How many lines of the next event's body were played.
  public var lines = 0
  /// Whether nothing is left of what is known.
  public var isAtEnd = false

  public init() {}
}

/// Somewhere else in what is played.
public enum PlaybackMove: Hashable, Sendable {
  /// Milliseconds on, or back where negative.
  case time(by: Double)
  /// To the next event over the wire, or the one before.
  case event(forward: Bool)
  /// To the next piece by which an answer grew, or the one before.
  case token(forward: Bool)
  case start, end
}

extension [RecordedRun] {
  /// Milliseconds from the start of the first of them to that of another.
  func delay(of recorded: RecordedRun?) -> Double {
    guard let recorded, let first = lazy.map(\.run.startedAt).min() else { return 0 }
    // Clocks may have been set meanwhile.
    return Swift.min(Swift.max(0, (recorded.run.startedAt - first) * 1000), 3_600_000)
  }
}
