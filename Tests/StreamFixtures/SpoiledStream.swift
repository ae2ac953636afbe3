// A run's exchanges as a fuzzer sees them: bytes of any kind that stand for one, and what must hold
// of it, whatever they are.

import Completion
import Core
import RandomSource

/// What went over the wire for one run, however spoiled.
public struct SpoiledStream {
  /// All but the end.
  public let events: [WireEvent]
  public let ending: WireEvent.Ending

  /// No UTF-8 text has this byte; a try ends with it, and another begins.
  private static let betweenTries: UInt8 = 0xFE
  private static let statuses = [200, 200, 200, 200, 400, 429, 503, 204]

  /// Any bytes are a stream. The first says which protocol it is of, how it ends and how it is cut
  /// into reads; the first of each try, which status it has; the others are bodies.
  public init(_ bytes: [UInt8]) {
    let first = bytes.first ?? 0
    let wires = WireProtocol.allCases
    let wire = wires[Int(first) % wires.count]
    ending = [.complete, .complete, .failed("It broke."), .cancelled][Int(first >> 2) % 4]
    var random = SeededRandom(seed: UInt64(first >> 4))
    var events: [WireEvent] = []
    for attempt in bytes.dropFirst().split(
      separator: Self.betweenTries, omittingEmptySubsequences: false)
    {
      if !events.isEmpty {
        events.append(.retry(Retry(attempt: 1, attemptLimit: 4, delay: 500, reason: "It failed.")))
      }
      let status = Self.statuses[Int(attempt.first ?? 0) % Self.statuses.count]
      events += [.request(.test(wire)), .head(status: status, contentType: "text/event-stream")]
      events += Array(attempt.dropFirst()).pieces(with: &random).map(WireEvent.body)
    }
    self.events = events
  }

  /// Bytes that stand for a fixture's stream.
  public static func bytes(of fixture: Fixture) -> [UInt8] {
    let wire = WireProtocol.allCases.firstIndex(of: fixture.wire) ?? 0
    var bytes = [UInt8(wire)]
    for event in fixture.events {
      switch event {
      case .head(let status, _):
        bytes.append(UInt8(statuses.firstIndex(of: status) ?? 4))
      case .body(let body): bytes += body
      case .retry: bytes.append(betweenTries)
      case .request, .end: break
      }
    }
    return bytes
  }
}

extension SpoiledStream {
  /// What does not hold of this stream that must hold of any; nil when all does.
  public func problem() -> String? {
    var decoder = StreamDecoder()
    var answer = Answer()
    var endings = 0
    for wire in events + [.end(ending)] {
      for event in decoder.decode(wire) {
        if endings > 0 { return "something follows its end: \(event)" }
        if event.endsAnswer { endings += 1 }
        answer.apply(event, at: 0)
      }
    }
    if endings != 1 { return "it has no end" }
    let outcome = Outcome(answer)
    let recording = events.inOneRead.map(recorded)
    let replayed = Outcome(events: recording, ending: ending)
    if outcome != replayed {
      return "its recording in other reads says something else: \(outcome) and \(replayed)"
    }
    return problem(with: findings(events), and: findings(recording))
  }

  /// The event as it is written down and read again; the end of a run that can't be.
  private func recorded(_ event: WireEvent) -> WireEvent {
    (try? JSON(parsing: TimedWireEvent(time: 1, event: event).json.text))
      .flatMap(TimedWireEvent.init)?.event ?? .end(.cancelled)
  }

  private func findings(_ events: [WireEvent]) -> [StreamFinding] {
    StreamDoctor.examine(
      (events + [.end(ending)]).map { TimedWireEvent(time: 0, event: $0) }, contextWindow: 100)
  }

  /// What is said of line ends, events and characters may be about reads.
  private func sentencesOfAnyReads(_ findings: [StreamFinding]) -> [String] {
    findings.filter { ![2, 4, 5].contains($0.row) }.map(\.sentence)
  }

  private func problem(
    with findings: [StreamFinding], and others: [StreamFinding]
  ) -> String? {
    let said = sentencesOfAnyReads(findings)
    let otherSaid = sentencesOfAnyReads(others)
    if said != otherSaid { return "the findings depend on its reads: \(said) and \(otherSaid)" }
    for finding in findings {
      let isPlain = finding.sentence.unicodeScalars.allSatisfy { $0 >= " " && $0 != "\u{7F}" }
      guard isPlain, finding.sentence.count < 1000, 1...25 ~= finding.row, finding.count > 0 else {
        return "a finding is none: \(finding)"
      }
    }
    return nil
  }
}

extension [WireEvent] {
  /// The same bytes, each body in one read.
  fileprivate var inOneRead: [WireEvent] {
    reduce(into: []) { events, event in
      if case .body(let next) = event, case .body(let bytes)? = events.last {
        events[events.count - 1] = .body(bytes + next)
      } else {
        events.append(event)
      }
    }
  }
}

extension [UInt8] {
  /// The bytes in pieces of any sizes, or one.
  fileprivate func pieces(with random: inout SeededRandom) -> [[UInt8]] {
    let longest = [1, 7, 60, 2000].randomElement(using: &random) ?? 1
    var pieces: [[UInt8]] = []
    var rest = self[...]
    while !rest.isEmpty {
      let piece = rest.prefix(Int.random(in: 1...longest, using: &random))
      pieces.append(Array(piece))
      rest = rest.dropFirst(piece.count)
    }
    return pieces
  }
}
