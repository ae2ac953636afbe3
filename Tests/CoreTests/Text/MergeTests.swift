import Core
import RandomSource
import Testing

@Suite struct MergeTests {
  @Test func `changes of different lines come together`() {
    let merge = Merge(
      base: "one\ntwo\nthree\nfour\nfive\n", mine: "ONE\ntwo\nthree\nfour\nfive\n",
      theirs: "one\ntwo\nthree\nfour\nFIVE\nsix\n")
    #expect(merge.text == "ONE\ntwo\nthree\nfour\nFIVE\nsix\n")
    #expect(merge.takenLines == [5..<7])
  }

  @Test func `the same change on both sides is one`() {
    let merge = Merge(base: "a\nb\nc\n", mine: "a\nB\nc\n", theirs: "a\nB\nc\n")
    #expect(merge.text == "a\nB\nc\n")
    #expect(merge.takenLines.isEmpty)
  }

  @Test func `two changes of one line stand between marks`() {
    let merge = Merge(base: "a\nb\nc\n", mine: "a\nmine\nc\n", theirs: "a\ntheirs\nc\n")
    #expect(merge.hasConflicts)
    #expect(merge.text == nil)
    #expect(
      merge.markedText(mine: "here", theirs: "there")
        == "a\n<<<<<<< here\nmine\n=======\ntheirs\n>>>>>>> there\nc\n")
  }

  @Test func `marks end as the lines do, also where the last line has no end`() {
    let merge = Merge(base: "a\r\nb", mine: "a\r\nmine", theirs: "a\r\ntheirs\r\n")
    #expect(
      merge.markedText(mine: "A", theirs: "B")
        == "a\r\n<<<<<<< A\r\nmine\r\n=======\r\ntheirs\r\n>>>>>>> B\r\n")
  }

  @Test func `line ends and spellings are bytes like any others`() {
    #expect(Merge(base: "a\nb\n", mine: "a\nb\n", theirs: "a\r\nb\n").text == "a\r\nb\n")
    #expect(
      Merge(base: "\u{E9}\nb\n", mine: "\u{E9}\nc\n", theirs: "e\u{301}\nb\n").hasConflicts)
    let spelled = Merge(
      base: "\u{E9}\nb\nc\n", mine: "\u{E9}\nb\nC\n", theirs: "e\u{301}\nb\nc\n")
    #expect(spelled.text?.utf8.elementsEqual("e\u{301}\nb\nC\n".utf8) == true)
  }

  /// Random texts, with lines that come again and again among those that are unique.
  @Test(arguments: 0..<40)
  func `no line of either side is lost`(seed: UInt64) {
    var random = SeededRandom(seed: seed)
    for _ in 0..<50 {
      let base = (0..<Int.random(in: 0...20, using: &random)).map { line in
        Bool.random(using: &random)
          ? "base \(line)" : ["", "}", "same"][Int.random(in: 0..<3, using: &random)]
      }
      let mine = changed(base, by: "mine", using: &random)
      let theirs = changed(base, by: "theirs", using: &random)
      let merge = Merge(base: text(base), mine: text(mine), theirs: text(theirs))
      let lines = (merge.text ?? merge.markedText(mine: "m", theirs: "t"))
        .split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
      for line in (mine + theirs) where line.hasPrefix("mine ") || line.hasPrefix("theirs ") {
        #expect(lines.count { $0 == line } == 1, "\(line)")
      }
      for line in base where line.hasPrefix("base ") {
        let kept = (mine.contains(line), theirs.contains(line))
        if kept == (true, true) { #expect(lines.contains(line)) }
        if kept == (false, false) { #expect(!lines.contains(line)) }
        if !merge.hasConflicts, kept.0 != kept.1 { #expect(!lines.contains(line)) }
      }
      // Who did nothing gets the other's text, and it doesn't matter who is who.
      #expect(Merge(base: text(base), mine: text(base), theirs: text(theirs)).text == text(theirs))
      #expect(Merge(base: text(base), mine: text(mine), theirs: text(base)).text == text(mine))
      let turned = Merge(base: text(base), mine: text(theirs), theirs: text(mine))
      #expect(turned.text == merge.text)
    }
  }

  private func text(_ lines: [String]) -> String { lines.map { $0 + "\n" }.joined() }

  private func changed(
    _ lines: [String], by name: String, using random: inout SeededRandom
  ) -> [String] {
    var number = 0
    var result: [String] = []
    for line in lines {
      switch Int.random(in: 0..<10, using: &random) {
      case 0: break
      case 1:
        number += 1
        result.append("\(name) \(number)")
      case 2:
        number += 1
        result += [line, "\(name) \(number)"]
      default: result.append(line)
      }
    }
    if Bool.random(using: &random) { result.append("\(name) last") }
    return result
  }
}
