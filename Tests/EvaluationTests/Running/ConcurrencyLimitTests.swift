import Evaluation
import Testing

/// A server with so many slots, each of which answers in a tenth of a second.
private struct SlotServer {
  var slots: Int
  var limit: ConcurrencyLimit
  private(set) var now = 0.0

  init(slots: Int, most: Int) {
    self.slots = slots
    limit = ConcurrencyLimit(most: most)
  }

  /// Sends as many as may be, over and over.
  mutating func serve(_ count: Int) {
    var left = count
    while left > 0 {
      let batch = min(slots, limit.value, left)
      now += 100
      for _ in 0..<batch { limit.requestEnded(at: now, wasFull: true) }
      left -= batch
    }
  }
}

@Suite struct ConcurrencyLimitTests {
  @Test(arguments: [1, 4, 16, 48])
  func `it finds about as many as a server has slots`(slots: Int) {
    var server = SlotServer(slots: slots, most: 64)
    server.serve(4000)
    #expect(server.limit.value >= slots)
    #expect(server.limit.value <= max(4, slots * 2))
  }

  @Test func `it never goes over what was allowed`() {
    var server = SlotServer(slots: 1000, most: 24)
    server.serve(5000)
    #expect(server.limit.value == 24)
  }

  @Test func `a refusal halves it, once for all that were in flight`() {
    var limit = ConcurrencyLimit(start: 16, most: 64)
    for _ in 0..<16 { limit.requestRefused() }
    #expect(limit.value == 8)
    for time in 0..<16 { limit.requestEnded(at: Double(time), wasFull: false) }
    limit.requestRefused()
    #expect(limit.value == 4)
    for _ in 0..<100 {
      for time in 0..<64 { limit.requestEnded(at: Double(time), wasFull: false) }
      limit.requestRefused()
    }
    #expect(limit.value == 1)
  }

  @Test func `a server that gets faster is noticed`() {
    var server = SlotServer(slots: 2, most: 64)
    server.serve(500)
    let before = server.limit.value
    server.slots = 32
    server.serve(20_000)
    #expect(before <= 4)
    #expect(server.limit.value > 16)
  }
}
