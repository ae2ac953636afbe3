import Core
import Testing

@Suite("What runs are looked for by")
struct RunQueryTests {
  /// 2026-11-23 12:00 universal time.
  private static let noon = 1_795_435_200.0
  private static let midnight = noon - 43_200

  private static func query(_ line: String, timeZone: Int = 0) throws -> RunQuery {
    try RunQuery(line: line, now: noon, timeZone: timeZone)
  }

  @Test("Words and phrases, of which the last word may be a beginning")
  func terms() throws {
    let query = try Self.query("refund \"thirty days\" whe")
    #expect(query.terms.map(\.text) == ["refund", "thirty days", "whe"])
    #expect(query.terms.map(\.isBeginning) == [false, false, true])
    #expect(try Self.query("whe ").terms.map(\.isBeginning) == [false])
    #expect(try Self.query("\"thirty da").terms.map(\.isBeginning) == [false])
    #expect(try Self.query(" ?! -- ").isEmpty)
  }

  @Test("Filters are told from words by their names")
  func filters() throws {
    let query = try Self.query(
      "model:llama session:\"a b\" tag:#wrong rating:bad score:>3 cost:<=0.5 finish:length x:y")
    #expect(
      query.filters == [
        .model("llama"), .session("a b"), .tag("wrong"), .rating(.bad), .score(.more, 3),
        .cost(.atMost, 0.5), .finish("length"),
      ])
    #expect(query.terms.map(\.text) == ["x:y"])
    #expect(try Self.query("rating:none").filters == [.rating(nil)])
  }

  @Test("Days are local, and 7d is a week ago")
  func days() throws {
    #expect(try Self.query("after:2026-11-23").filters == [.from(Self.midnight)])
    #expect(try Self.query("after:today").filters == [.from(Self.midnight)])
    #expect(try Self.query("before:7d").filters == [.until(Self.midnight - 7 * 86_400)])
    #expect(
      try Self.query("date:2026-11-22", timeZone: 3600).filters == [
        .from(Self.midnight - 86_400 - 3600), .until(Self.midnight - 3600),
      ])
    #expect(try Self.query("after:1970-01-01").filters == [.from(0)])
    #expect(try Self.query("after:2024-02-29").filters == [.from(1_709_164_800)])
  }

  @Test(
    "What is still being typed asks for nothing, and is no mistake",
    arguments: ["model:", "rating:go", "score:>", "cost:<=", "after:2026-1", "in:ans", "after:"])
  func unfinished(line: String) throws {
    #expect(try Self.query(line).isEmpty)
  }

  @Test(
    "A value that can't be is told of, with what can",
    arguments: ["rating:great", "score:many", "cost:$3", "after:soon", "in:spirit", "date:7x"])
  func mistakes(line: String) {
    #expect {
      try Self.query(line)
    } throws: { error in
      let text = "\(error)"
      return text.contains(line.split(separator: ":")[1]) && text.contains(" takes ")
    }
  }

  @Test("in: says where all of the words are to stand")
  func field() throws {
    #expect(try Self.query("days in:answer thirty").terms.map(\.field) == [.answer, .answer])
  }

  @Test("A snippet's marks become places, whatever else is in it")
  func snippets() {
    let (text, matches) = RunHit.unmarked(
      "a\n\u{2}bé\u{3} c\u{2}", opening: "\u{2}", closing: "\u{3}")
    #expect(text == "a bé c")
    #expect(matches == [2..<5])
  }

  @Test("A sparkline has a bar for each value")
  func sparkline() {
    #expect(Sparkline.text([0, 1, nil, 4], largest: 4) == "▁▃·█")
    #expect(Sparkline.text([]) == "")
    #expect(Sparkline.text([0, 0]) == "▁▁")
    #expect(Sparkline.text([.nan, -1, 2]) == "·▁█")
  }
}
