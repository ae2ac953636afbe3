// What a server really sent somewhere, and what it must come to.

import Core

/// What went over the wire for one run, and its outcome when the server ends it in good order.
public struct Fixture: Sendable, CustomStringConvertible {
  /// The row of docs/streams.md.
  public let row: Int
  public let name: String
  /// All but the end.
  public let events: [WireEvent]
  public let outcome: Outcome

  public var description: String { "row \(row): \(name)" }

  init(_ row: Int, _ name: String, events: [WireEvent], _ outcome: Outcome) {
    self.row = row
    self.name = name
    self.events = events
    self.outcome = outcome
  }

  /// One response as it arrives in these reads.
  init(
    _ row: Int, _ name: String, wire: WireProtocol = .chatCompletions, status: Int = 200,
    reads: [[UInt8]], _ outcome: Outcome
  ) {
    let contentType = wire == .ollamaChat ? "application/x-ndjson" : "text/event-stream"
    let events: [WireEvent] = [
      .request(.test(wire)), .head(status: status, contentType: contentType),
    ]
    self.init(row, name, events: events + reads.map(WireEvent.body), outcome)
  }

  init(
    _ row: Int, _ name: String, wire: WireProtocol = .chatCompletions, reads: [String],
    _ outcome: Outcome
  ) {
    self.init(row, name, wire: wire, reads: reads.map { Array($0.utf8) }, outcome)
  }

  init(
    _ row: Int, _ name: String, wire: WireProtocol = .chatCompletions, status: Int = 200,
    bytes: [UInt8], _ outcome: Outcome
  ) {
    self.init(row, name, wire: wire, status: status, reads: [bytes], outcome)
  }

  init(
    _ row: Int, _ name: String, wire: WireProtocol = .chatCompletions, status: Int = 200,
    _ body: String, _ outcome: Outcome
  ) {
    self.init(row, name, wire: wire, status: status, reads: [Array(body.utf8)], outcome)
  }
}

extension Fixture {
  /// The status of its only response; nil when there were several tries.
  public var status: Int? {
    var statuses: [Int] = []
    for event in events {
      switch event {
      case .head(let status, _): statuses.append(status)
      case .retry: return nil
      case .request, .body, .end: break
      }
    }
    return statuses.count == 1 ? statuses[0] : nil
  }

  /// The protocol of its last request.
  public var wire: WireProtocol {
    events.reduce(.chatCompletions) {
      if case .request(let request) = $1 { request.wire } else { $0 }
    }
  }

  /// The bytes of all its bodies.
  public var body: [UInt8] { events.flatMap(\.bytes) }

  /// Its events with other reads, cut behind each so many bytes.
  public func events(inReadsOf count: Int) -> [WireEvent] {
    events.flatMap { event -> [WireEvent] in
      guard case .body(let bytes) = event else { return [event] }
      return bytes.pieces(of: count).map(WireEvent.body)
    }
  }

  /// Its events with one more read, which begins at this byte of `body`.
  public func events(splitAt position: Int) -> [WireEvent] {
    var position = position
    return events.flatMap { event -> [WireEvent] in
      let bytes = event.bytes
      defer { position -= bytes.count }
      guard bytes.indices.contains(position) else { return [event] }
      return [.body(Array(bytes[..<position])), .body(Array(bytes[position...]))]
    }
  }

  /// Its events up to this byte of `body`.
  public func events(before position: Int) -> [WireEvent] {
    var position = position
    var kept: [WireEvent] = []
    for event in events {
      let bytes = event.bytes
      if bytes.indices.contains(position) { return kept + [.body(Array(bytes[..<position]))] }
      position -= bytes.count
      kept.append(event)
    }
    return kept
  }
}

extension WireEvent {
  /// Those of a body.
  fileprivate var bytes: [UInt8] { if case .body(let bytes) = self { bytes } else { [] } }
}

extension [UInt8] {
  /// The bytes in pieces of so many.
  public func pieces(of count: Int) -> [[UInt8]] {
    stride(from: 0, to: self.count, by: count).map {
      Array(self[$0..<Swift.min($0 + count, self.count)])
    }
  }
}

extension SentRequest {
  /// One with parameters that a server may refuse.
  public static func test(_ wire: WireProtocol = .chatCompletions) -> SentRequest {
    SentRequest(
      wire: wire, url: "http://127.0.0.1/v1",
      body: #"{"model":"m","messages":[],"temperature":0.2,"max_tokens":100}"#)
  }
}
