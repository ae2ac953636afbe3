// A recorded run on its way through the decoder of live streams, as far at a time as is asked for. It
// has no clock: who plays it says when. It asks no server.

import Core

/// The recording of one run, played up to a place. It is a value: a copy plays on from there.
public struct RunTape: Sendable {
  /// What was played at once.
  public struct Step: Hashable, Sendable {
    /// Milliseconds after the run began.
    public var time: Double
    /// The event over the wire; nil while some of its bytes are still to be played.
    public var wire: WireEvent?
    /// What it says.
    public var events: [StreamEvent]

    /// Whether the answer grew by it.
    public var grows: Bool { events.contains(where: \.growsAnswer) }
  }

  private let events: [TimedWireEvent]
  private var decoder: StreamDecoder
  private var place = 0
  /// How many bytes of the body at `place` were played.
  private var playedBytes = 0

  /// - Parameter given: the beginning that the answer went on from.
  public init(_ events: [TimedWireEvent], given: String = "") {
    self.events = events.endedWhereCutOff
    decoder = StreamDecoder(given: given)
  }

  /// When the next event came, in milliseconds after the run began; nil at the end.
  public var nextTime: Double? { place < events.count ? events[place].time : nil }

  /// Whether the next event is a body of which something was played.
  public var isInBody: Bool { playedBytes > 0 }

  /// Plays the next event, or what is left of it; nil at the end.
  public mutating func playEvent() -> Step? {
    guard place < events.count else { return nil }
    let timed = events[place]
    defer { (place, playedBytes) = (place + 1, 0) }
    var event = timed.event
    if case .body(let bytes) = event, playedBytes > 0 {
      event = .body(Array(bytes[playedBytes...]))
    }
    return Step(time: timed.time, wire: timed.event, events: decoder.decode(event))
  }

  /// Plays the next line of a body, or the next event where it is none; nil at the end.
  ///
  /// Servers send a token a line, and often many lines at once: this is as fine as it gets.
  public mutating func playLine() -> Step? {
    guard place < events.count else { return nil }
    guard case .body(let bytes) = events[place].event,
      let end = bytes[playedBytes...].firstIndex(of: UInt8(ascii: "\n")).map({ $0 + 1 }),
      end < bytes.count
    else { return playEvent() }
    let line = WireEvent.body(Array(bytes[playedBytes..<end]))
    playedBytes = end
    return Step(time: events[place].time, wire: nil, events: decoder.decode(line))
  }
}

extension StreamEvent {
  /// Whether it is a piece of what the model said, of whatever kind.
  fileprivate var growsAnswer: Bool {
    switch self {
    case .text, .thinking, .refusal, .toolCall: true
    default: false
    }
  }
}

extension [TimedWireEvent] {
  /// With an end that says so where the recording has none.
  var endedWhereCutOff: [TimedWireEvent] {
    guard !contains(where: \.event.isEnd) else { return self }
    let end = WireEvent.end(.failed("The recording stops here: the run was interrupted."))
    return self + [TimedWireEvent(time: last?.time ?? 0, event: end)]
  }
}
