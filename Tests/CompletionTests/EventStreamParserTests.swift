import Testing

@testable import Completion

@Suite("The event stream grammar")
struct EventStreamParserTests {
  /// The events of a stream that arrives in these pieces, as "type=data".
  private func events(_ pieces: [String]) throws -> [String] {
    var parser = EventStreamParser()
    var events: [ServerSentEvent] = []
    for piece in pieces { try parser.parse(Array(piece.utf8), into: &events) }
    parser.finish(into: &events)
    return events.map { "\($0.type)=\(String(decoding: $0.data, as: UTF8.self))" }
  }

  @Test func `data lines of one event are joined by LF, and one space is stripped`() throws {
    #expect(try events(["data: a\ndata:b\ndata:  c\n\n"]) == ["=a\nb\n c"])
  }

  @Test func `an event has its type, and the next one has none`() throws {
    #expect(try events(["event: x\ndata: a\n\ndata: b\n\n"]) == ["x=a", "=b"])
  }

  @Test func `a type without data is no event`() throws {
    #expect(try events(["event: x\n\ndata: b\n\n"]) == ["=b"])
  }

  @Test func `a data field with no value is an empty line of data`() throws {
    #expect(try events(["data\n\ndata\ndata\n\n:data\n\n"]) == ["=", "=\n"])
  }

  @Test func `CR and LF in two reads are one line end`() throws {
    #expect(try events(["data: a\r", "\ndata: b\r", "\n\r", "\n"]) == ["=a\nb"])
  }

  @Test func `CR and then another line are two lines`() throws {
    #expect(try events(["data: a\r", "data: b\r", "\rdata: c\r\r"]) == ["=a\nb", "=c"])
  }

  @Test func `an empty read between CR and LF changes nothing`() throws {
    #expect(try events(["data: a\r", "", "\ndata: b\n\n"]) == ["=a\nb"])
  }

  @Test func `a byte order mark at the start is skipped, also in pieces`() throws {
    #expect(try events(["\u{FEFF}data: a\n\n"]) == ["=a"])
    var parser = EventStreamParser()
    var events: [ServerSentEvent] = []
    for byte in Array("\u{FEFF}data: a\n\n".utf8) { try parser.parse([byte], into: &events) }
    #expect(events == [ServerSentEvent(data: [UInt8(ascii: "a")])])
  }

  @Test func `the last event needs no blank line, nor even a line end`() throws {
    #expect(try events(["data: a\n"]) == ["=a"])
    #expect(try events(["data: a"]) == ["=a"])
  }

  @Test func `an event that grows line by line is refused at the limit too`() throws {
    var parser = EventStreamParser()
    let line = Array(("data: " + String(repeating: "x", count: 1 << 20) + "\n").utf8)
    var events: [ServerSentEvent] = []
    for _ in 0..<7 { try parser.parse(line, into: &events) }
    #expect(throws: OversizedEventError()) { try parser.parse(line, into: &events) }
  }

  @Test func `events before an oversized one are given`() throws {
    var parser = EventStreamParser()
    var events: [ServerSentEvent] = []
    let body = "data: a\n\ndata: " + String(repeating: "x", count: 9 << 20)
    #expect(throws: OversizedEventError()) { try parser.parse(Array(body.utf8), into: &events) }
    #expect(events.count == 1)
  }
}
