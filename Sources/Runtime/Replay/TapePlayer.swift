import Completion
import Core
import Playground

// Plays recorded runs side by side on one clock, which can be stopped, hurried and turned back. What
// comes of it are the updates of a live stream, from the same decoder; no server is asked.

/// Recordings that are played together.
///
/// It belongs to the thread of the loop, as the client does: what is due is given by `advance`.
struct TapePlayer {
  private struct Track {
    let number: Int
    let isFollowed: Bool
    /// When the run begins, on the clock of what is played.
    let start: Double
    var tape: RunTape
    /// When its next event is due there; nil at its end.
    var nextTime: Double? { tape.nextTime.map { start + $0 } }
  }

  /// What is to be played at once, whatever its time.
  private enum Goal {
    case time(Double)
    case place(events: Int, lines: Int)
    /// To where an answer grows.
    case growth
  }

  private(set) var pace = PlaybackPace()
  private(set) var position = PlaybackPosition()
  private var tracks: [Track] = []
  /// The tracks as they were before anything was played, for looking back.
  private var untouched: [Track] = []
  private var endTimes: [Int: Double] = [:]
  /// Runs that have ended and whose followers are still to be added.
  private var awaited: Set<Int> = []
  private var goal: Goal?
  /// Where it is to go after that.
  private var moves: [PlaybackMove] = []
  /// Whether `play` is awaited with all of it again.
  private var isRewinding = false
  /// The time on the host's clock at which `position` was true.
  private var anchor = 0.0
  private var hasMoved = false

  /// How long `advance` may decode before it lets the loop see to the keys, in milliseconds.
  private static let slice = 8.0
  /// How often the time that is shown moves on, in milliseconds.
  private static let tick = 100.0

  /// Events are recorded to the microsecond: a sum of times that falls short by less is none.
  private static let precision = 0.0005

  // MARK: What is played

  /// Plays from the start; what was asked for before that takes a rewind is still to be reached.
  mutating func play(_ plans: [ReplayPlan], at now: Double) {
    (tracks, untouched, endTimes, awaited) = ([], [], [:], [])
    position = PlaybackPosition()
    for plan in plans { add(plan) }
    anchor = now
    hasMoved = true
    isRewinding = false
  }

  /// Adds what follows in a chain, once the step before has ended.
  mutating func playNext(_ plan: ReplayPlan, at now: Double) {
    add(plan)
    anchor = now
  }

  private mutating func add(_ plan: ReplayPlan) {
    let start = plan.previous.flatMap { endTimes[$0] } ?? plan.delay
    if let previous = plan.previous { awaited.remove(previous) }
    let track = Track(
      number: plan.number, isFollowed: plan.isFollowed, start: start,
      tape: RunTape(plan.events, given: plan.given))
    tracks.append(track)
    untouched.append(track)
    position.isAtEnd = false
  }

  // MARK: Steering

  mutating func setPace(_ pace: PlaybackPace, at now: Double) {
    follow(to: now)
    self.pace = pace
  }

  /// Goes somewhere else, once it is where it was sent before.
  mutating func move(_ move: PlaybackMove) { moves.append(move) }

  /// Takes up the next move; gives the goal that takes a rewind with it.
  private mutating func takeMove() {
    guard goal == nil, !moves.isEmpty else { return }
    let move = moves.removeFirst()
    switch move {
    case .start: goal = .time(0)
    case .end: goal = .time(.infinity)
    case .time(let step): goal = .time(max(0, position.time + step))
    case .event(true): goal = .place(events: position.events + 1, lines: 0)
    case .event(false):
      let events = position.events - (position.lines > 0 ? 0 : 1)
      goal = .place(events: max(0, events), lines: 0)
    case .token(true): goal = .growth
    case .token(false):
      let place = tokenBefore(position)
      goal = .place(events: place.events, lines: place.lines)
    }
    isRewinding = isBehind(goal, position)
  }

  private func isBehind(_ goal: Goal?, _ position: PlaybackPosition) -> Bool {
    switch goal {
    case .time(let time): time < position.time
    case .place(let events, let lines): (events, lines) < (position.events, position.lines)
    case .growth, nil: false
    }
  }

  /// The place of the last piece of an answer before a position; the start where there is none.
  private func tokenBefore(_ position: PlaybackPosition) -> PlaybackPosition {
    var search = self
    (search.tracks, search.position) = (untouched, PlaybackPosition())
    var last = PlaybackPosition()
    while let step = search.step(byLine: true) {
      let place = search.position
      guard (place.events, place.lines) < (position.events, position.lines) else { break }
      if step.grows { last = place }
    }
    return last
  }

  // MARK: The loop

  /// When `advance` has something to give, on the host's clock; nil while nothing is to come.
  func nextWakeUp(at now: Double) -> Double? {
    if hasMoved { return now }
    if isRewinding { return nil }
    if !moves.isEmpty { return now }
    if goal != nil { return nextTime == nil && !awaited.isEmpty ? nil : now }
    guard !pace.isPaused, !position.isAtEnd, let due = nextTime else { return nil }
    return min(anchor + max(0, due - position.time) / pace.speed, anchor + Self.tick)
  }

  /// What is due by now, with how far it comes; bounded, so that keys don't wait.
  mutating func advance(at now: Double) -> [Event] {
    guard !isRewinding, !untouched.isEmpty else { return [] }
    let before = position
    follow(to: now)
    takeMove()
    if isRewinding { return [.playbackRewound] }
    let sliceEnd = MonotonicClock.milliseconds + Self.slice
    var events: [Event] = []
    while let step = nextStep() {
      events.append(.stream(step.update))
      if MonotonicClock.milliseconds >= sliceEnd { break }
    }
    position.isAtEnd = nextTime == nil && awaited.isEmpty
    guard hasMoved || position != before else { return events }
    hasMoved = false
    return events + [.playbackMoved(position)]
  }

  /// Counts the time that has passed, so that another pace holds from now on.
  private mutating func follow(to now: Double) {
    if goal == nil, !pace.isPaused, nextTime != nil {
      position.time += max(0, now - anchor) * pace.speed
    }
    anchor = now
  }

  private var nextTime: Double? { tracks.lazy.compactMap(\.nextTime).min() }

  /// Plays what is due by now, or what lies before the goal.
  private mutating func nextStep() -> Step? {
    // What follows in a chain comes in a moment, and may lie before the goal.
    if nextTime == nil, !awaited.isEmpty { return nil }
    switch goal {
    case nil:
      guard !pace.isPaused, let due = nextTime, due <= position.time + Self.precision else {
        return nil
      }
      return step(byLine: false)
    case .time(let time):
      if let due = nextTime, due <= time { return step(byLine: false) }
      if time.isFinite, nextTime != nil { position.time = max(position.time, time) }
    case .place(let events, let lines):
      if position.events < events { return step(byLine: false) ?? reached() }
      if position.events == events, position.lines < lines {
        return step(byLine: true) ?? reached()
      }
    case .growth:
      guard let step = step(byLine: true) else { return reached() }
      if step.grows { _ = reached() }
      return step
    }
    return reached()
  }

  private mutating func reached() -> Step? {
    goal = nil
    hasMoved = true
    return nil
  }

  private struct Step {
    var update: StreamUpdate
    var grows: Bool
  }

  /// Plays the next event of all tracks, or a line of it.
  private mutating func step(byLine: Bool) -> Step? {
    let due = tracks.indices.filter { tracks[$0].nextTime != nil }
      .min { (tracks[$0].nextTime ?? 0, $0) < (tracks[$1].nextTime ?? 0, $1) }
    // A body that was begun is played to its end before any other.
    guard let index = position.lines > 0 ? tracks.firstIndex(where: \.tape.isInBody) ?? due : due,
      let time = tracks[index].nextTime,
      let step = byLine ? tracks[index].tape.playLine() : tracks[index].tape.playEvent()
    else { return nil }
    position.time = max(position.time, time)
    if step.wire == nil {
      position.lines += 1
    } else {
      position.events += 1
      position.lines = 0
    }
    let number = tracks[index].number
    if tracks[index].nextTime == nil {
      endTimes[number] = time
      if tracks[index].isFollowed { awaited.insert(number) }
    }
    return Step(
      update: StreamUpdate(number: number, time: step.time, wire: step.wire, events: step.events),
      grows: step.grows)
  }
}
