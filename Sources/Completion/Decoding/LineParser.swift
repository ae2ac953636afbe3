// Lines out of bytes, for streams that hold a JSON text a line (NDJSON). It knows nothing of what
// the lines mean, and it never waits.

/// Turns bytes, split anywhere, into lines, each given as an event whose data it is.
struct LineParser: Sendable {
  /// The start of a line whose end has not come.
  private var line: [UInt8] = []

  /// Takes the next bytes and adds the lines that they complete to `events`; blank ones are left
  /// out.
  ///
  /// Throws when a line grows beyond `EventStreamParser.maximumEventBytes`; the lines before it have
  /// been added, and the parser is not to be used any more.
  mutating func parse(
    _ bytes: [UInt8], into events: inout [ServerSentEvent]
  ) throws(OversizedEventError) {
    var rest = bytes[...]
    while let end = rest.firstIndex(of: UInt8(ascii: "\n")) {
      try append(rest[..<end])
      finish(into: &events)
      rest = rest[(end + 1)...]
    }
    try append(rest)
  }

  /// Adds the last line, when the stream ended without a line end.
  mutating func finish(into events: inout [ServerSentEvent]) {
    if line.contains(where: { $0 > 0x20 }) { events.append(ServerSentEvent(data: line)) }
    line = []
  }

  private mutating func append(_ bytes: ArraySlice<UInt8>) throws(OversizedEventError) {
    guard line.count + bytes.count <= EventStreamParser.maximumEventBytes else {
      throw OversizedEventError()
    }
    line += bytes
  }
}
