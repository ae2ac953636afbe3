import StreamFixtures
import Testing

@Suite("Streams with mistakes in them")
struct StreamFuzzTests {
  @Test(arguments: fixtures)
  func `nothing is wrong with a stream that is not spoiled`(fixture: Fixture) {
    #expect(SpoiledStream(SpoiledStream.bytes(of: fixture)).problem() == nil)
  }

  @Test func `2,000 spoiled streams of all protocols end once, and alike however they are cut`() {
    var spoiler = StreamSpoiler(seed: 20_260_101)
    for round in 0..<2_000 {
      let bytes = spoiler.next()
      if let problem = SpoiledStream(bytes).problem() {
        Issue.record("round \(round): \(problem)\n\(String(decoding: bytes, as: UTF8.self))")
      }
    }
  }
}
