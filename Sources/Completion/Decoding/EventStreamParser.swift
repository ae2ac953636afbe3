// Server-sent events out of bytes: the event stream grammar of the WHATWG HTML standard (9.2.6),
// for one response. It knows nothing of what the events mean, and it never waits.

import Glibc

/// One event of an event stream.
public struct ServerSentEvent: Hashable, Sendable {
  /// The name of its type; empty when the stream gave none.
  public var type: String
  /// Its data lines, joined by LF: UTF-8, as yet unchecked.
  public var data: [UInt8]

  public init(type: String = "", data: [UInt8]) {
    self.type = type
    self.data = data
  }
}

/// An event that was refused because of its size.
public struct OversizedEventError: Error, Hashable, Sendable, CustomStringConvertible {
  public var description: String {
    "The server sent an event of more than \(EventStreamParser.maximumEventBytes >> 20) MB, "
      + "which is no answer to a prompt: check the base URL."
  }
}

/// Turns the bytes of an event stream, split anywhere, into events.
///
/// Unlike the standard, which drops an event without a blank line after it, `finish` gives the last
/// one: several servers end their stream without it. `id` and `retry` are ignored, since a stream that
/// breaks off is never taken up again.
public struct EventStreamParser: Sendable {
  /// The most bytes that an event, or one line, may hold.
  public static let maximumEventBytes = 8 << 20

  /// The start of a line whose end has not come.
  private var line: [UInt8] = []
  private var data: [UInt8] = []
  /// Tells an event with empty data from none.
  private var hasData = false
  private var type = ""
  /// The last byte was a CR, so that an LF right after it belongs to the same line end.
  private var isAfterCarriageReturn = false
  private var isOnFirstLine = true

  public init() {}

  /// Takes the next bytes and adds the events that they complete to `events`.
  ///
  /// Throws when an event grows beyond `maximumEventBytes`; the events before it have been added,
  /// and the parser is not to be used any more.
  public mutating func parse(
    _ bytes: [UInt8], into events: inout [ServerSentEvent]
  ) throws(OversizedEventError) {
    try bytes.withUnsafeBufferPointer { buffer throws(OversizedEventError) in
      try parse(buffer, into: &events)
    }
  }

  /// Adds the last event, when the stream ended without the blank line that closes it.
  public mutating func finish(into events: inout [ServerSentEvent]) {
    completeLine(UnsafeBufferPointer(start: nil, count: 0), into: &events)
    dispatch(into: &events)
  }

  private mutating func parse(
    _ buffer: UnsafeBufferPointer<UInt8>, into events: inout [ServerSentEvent]
  ) throws(OversizedEventError) {
    guard let first = buffer.first else { return }
    var position = isAfterCarriageReturn && first == lineFeed ? 1 : 0
    isAfterCarriageReturn = false
    var lineEnds = LineEnds(buffer)
    while let end = lineEnds.next(from: position) {
      try checkSize(adding: end - position)
      completeLine(UnsafeBufferPointer(rebasing: buffer[position..<end]), into: &events)
      position = end + 1
      guard buffer[end] == carriageReturn else { continue }
      if position == buffer.count {
        isAfterCarriageReturn = true
      } else if buffer[position] == lineFeed {
        position += 1
      }
    }
    try checkSize(adding: buffer.count - position)
    line.append(contentsOf: buffer[position...])
  }

  private func checkSize(adding count: Int) throws(OversizedEventError) {
    if data.count + line.count + count > Self.maximumEventBytes { throw OversizedEventError() }
  }

  private mutating func completeLine(
    _ rest: UnsafeBufferPointer<UInt8>, into events: inout [ServerSentEvent]
  ) {
    if line.isEmpty {
      take(rest, into: &events)
    } else {
      var whole: [UInt8] = []
      swap(&whole, &line)
      whole.append(contentsOf: rest)
      whole.withUnsafeBufferPointer { take($0, into: &events) }
    }
  }

  /// One line without its end.
  private mutating func take(
    _ line: UnsafeBufferPointer<UInt8>, into events: inout [ServerSentEvent]
  ) {
    var line = line[...]
    if isOnFirstLine {
      isOnFirstLine = false
      if line.starts(with: [0xEF, 0xBB, 0xBF]) { line = line.dropFirst(3) }
    }
    if line.isEmpty { return dispatch(into: &events) }
    let colon = line.firstIndex(of: UInt8(ascii: ":")) ?? line.endIndex
    var value = line[colon...].dropFirst()
    if value.first == UInt8(ascii: " ") { value = value.dropFirst() }
    let name = line[..<colon]
    if name.elementsEqual("data".utf8) {
      if hasData { data.append(lineFeed) }
      hasData = true
      data.append(contentsOf: value)
    } else if name.elementsEqual("event".utf8) {
      type = String(decoding: value, as: UTF8.self)
    }
  }

  private mutating func dispatch(into events: inout [ServerSentEvent]) {
    if hasData { events.append(ServerSentEvent(type: type, data: data)) }
    data = []
    hasData = false
    type = ""
  }
}

private let lineFeed = UInt8(ascii: "\n")
private let carriageReturn = UInt8(ascii: "\r")

/// Finds each LF and CR of a buffer in turn, reading every byte at most twice.
private struct LineEnds {
  private let buffer: UnsafeBufferPointer<UInt8>
  private var nextLineFeed = -1
  private var nextCarriageReturn = -1

  init(_ buffer: UnsafeBufferPointer<UInt8>) { self.buffer = buffer }

  mutating func next(from position: Int) -> Int? {
    if nextLineFeed < position { nextLineFeed = find(lineFeed, from: position) }
    if nextCarriageReturn < position { nextCarriageReturn = find(carriageReturn, from: position) }
    let next = min(nextLineFeed, nextCarriageReturn)
    return next < buffer.count ? next : nil
  }

  /// The end of the buffer when there is none.
  private func find(_ byte: UInt8, from position: Int) -> Int {
    guard let start = buffer.baseAddress,
      let found = memchr(start + position, Int32(byte), buffer.count - position)
    else { return buffer.count }
    return UnsafeRawPointer(found) - UnsafeRawPointer(start)
  }
}
