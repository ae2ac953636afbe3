import Core
import Testing

@testable import Screen

@Suite("Text that has to fit")
struct TextFittingTests {
  @Test("What fits stays, and what doesn't ends in an ellipsis")
  func shortened() {
    #expect("exact".shortened(toCells: 5) == "exact")
    #expect("too long".shortened(toCells: 7) == "too lo…")
    #expect("a bcdef".shortened(toCells: 3) == "a…")
    #expect("漢字漢字".shortened(toCells: 6) == "漢字…")
    #expect("漢字".shortened(toCells: 2) == "…")
    #expect("x".shortened(toCells: 0) == "")
    #expect("long".shortened(toCells: -3) == "")
  }

  @Test("Durations are short at every length, also at those that only a broken file has")
  func durations() {
    let expected: [(Double, String)] = [
      (0, "0ms"), (2.4, "2ms"), (99.4, "99ms"), (99.5, ".10s"), (412, ".41s"), (995, "1.0s"),
      (1234, "1.2s"), (9_949, "9.9s"), (9_950, "10s"), (75_000, "75s"), (4_000_000, "4,000s"),
      (-5, "0ms"), (1e300, "1,000,000,000s"), (.infinity, "1,000,000,000s"),
      (-.infinity, "0ms"),
    ]
    for (milliseconds, text) in expected { #expect(Numbers.duration(milliseconds) == text) }
  }

  @Test("Rates keep two digits, and sizes are grouped by thousands")
  func numbers() {
    #expect(Numbers.rate(3.84) == "3.8")
    #expect(Numbers.rate(9.96) == "10")
    #expect(Numbers.rate(1234.5) == "1,234" || Numbers.rate(1234.5) == "1,235")
    #expect(Numbers.rate(1e300) == "1,000,000,000,000")
    #expect(Numbers.grouped(0) == "0")
    #expect(Numbers.grouped(999) == "999")
    #expect(Numbers.grouped(1_204) == "1,204")
    #expect(Numbers.grouped(-1_234_567) == "-1,234,567")
    #expect(Numbers.decimal(-0.25) == "-0.3" || Numbers.decimal(-0.25) == "-0.2")
    #expect(Numbers.decimal(.infinity) == "1000000000000.0")
  }

  @Test("A bar grows by eighths of a cell, and never beyond its place")
  func bars() {
    #expect(Numbers.bar(0, cells: 6) == "")
    #expect(Numbers.bar(1, cells: 6) == "██████")
    #expect(Numbers.bar(0.5, cells: 3) == "█▌")
    #expect(Numbers.bar(9, cells: 2) == "██")
    #expect(Numbers.bar(.nan, cells: 2) == "")
  }
}
