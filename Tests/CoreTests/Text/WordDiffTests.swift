import RandomSource
import Testing

@testable import Core

@Suite("Word differences")
struct WordDiffTests {
  /// The pieces in the marks of `git diff --word-diff`.
  private static func marked(_ old: String, _ new: String) -> String {
    WordDiff(from: old, to: new).pieces.map { piece in
      switch piece.kind {
      case .kept: piece.text
      case .removed: "[-\(piece.text)-]"
      case .added: "{+\(piece.text)+}"
      }
    }.joined()
  }

  @Test("A changed word is told, and the words around it are kept")
  func word() {
    #expect(
      Self.marked("Answer from the passages only.\n", "Answer from these passages only!\n")
        == "Answer from [-the-]{+these+} passages only[-.-]{+!+}\n")
    #expect(Self.marked("a {{x}} b", "a {{y}} b") == "a {{[-x-]{+y+}}} b")
  }

  @Test("Words that change one after the other change together")
  func specks() {
    #expect(
      Self.marked("Say it with few words, please.", "Say it at great length, please.")
        == "Say it [-with few words-]{+at great length+}, please.")
  }

  @Test("Texts without blanks between words differ by character")
  func ideographs() {
    #expect(Self.marked("请用中文回答。", "请用英文回答。") == "请用[-中-]{+英+}文回答。")
    #expect(Self.marked("なぜ？", "なに？") == "な[-ぜ-]{+に+}？")
  }

  @Test("Lines that share next to nothing are told apart as lines")
  func unlike() {
    #expect(
      Self.marked("same\nWrite a poem about it.\n", "same\nUse JSON, no prose\n")
        == "same\n[-Write a poem about it.\n-]{+Use JSON, no prose\n+}")
  }

  @Test("Two spellings of one character differ")
  func spellings() {
    #expect(!WordDiff(from: "caf\u{E9}", to: "cafe\u{301}").isEmpty)
    #expect(WordDiff(from: "caf\u{E9}", to: "caf\u{E9}").isEmpty)
  }

  @Test("What is kept and removed is the old text, what is kept and added the new one")
  func roundTrip() {
    var random = SeededRandom(seed: 4)
    let words = [
      "the", "answer", " ", " ", "\n", "\n", "\r\n", "\r", ".", "{{", "}}", "日", "本", "é",
      "e\u{301}",
      "👩‍👩‍👧", "\u{301}", "_x1", "\t", "🇩🇪",
    ]
    func text(_ count: Int) -> [String] {
      (0..<count).compactMap { _ in words.randomElement(using: &random) }
    }
    for _ in 0..<3000 {
      let old = text(Int.random(in: 0...40, using: &random))
      var new = old
      for _ in 0..<Int.random(in: 0...6, using: &random) {
        let start = Int.random(in: 0...new.count, using: &random)
        let end = min(new.count, start + Int.random(in: 0...4, using: &random))
        new.replaceSubrange(start..<end, with: text(Int.random(in: 0...4, using: &random)))
      }
      expectRoundTrip(old.joined(), new.joined())
    }
  }

  private func expectRoundTrip(_ old: String, _ new: String) {
    let diff = WordDiff(from: old, to: new)
    let isOld = diff.pieces.filter { $0.kind != .added }.map(\.text).joined().utf8
      .elementsEqual(old.utf8)
    let isNew = diff.pieces.filter { $0.kind != .removed }.map(\.text).joined().utf8
      .elementsEqual(new.utf8)
    #expect(isOld && isNew, "\(old.debugDescription) → \(new.debugDescription)")
    for (piece, next) in zip(diff.pieces, diff.pieces.dropFirst()) {
      #expect(piece.kind != next.kind && !(piece.kind == .added && next.kind == .removed))
    }
    // The lines say the same as the pieces.
    let lines = diff.lines()
    func side(_ kind: DiffLine.Kind) -> [String] {
      lines.filter { $0.kind == .kept || $0.kind == kind }.map(\.text)
    }
    #expect(side(.removed).map { Array($0.utf8) } == Self.lines(of: old))
    #expect(side(.added).map { Array($0.utf8) } == Self.lines(of: new))
    for line in lines {
      #expect(line.changes.allSatisfy { $0.upperBound <= line.text.utf8.count })
      #expect(line.kind != .kept || line.changes.isEmpty)
    }
  }

  /// The lines of a text, whose last may have no line feed.
  private static func lines(of text: String) -> [[UInt8]] {
    var lines = text.utf8.split(separator: 10, omittingEmptySubsequences: false).map(Array.init)
    if lines.last == [] { lines.removeLast() }
    return lines
  }

  @Test("Texts that differ in everything are compared in bounded work")
  func bounded() {
    let old = (0..<60_000).map { "line \($0)\n" }.joined()
    let new = (0..<60_000).map { "row \($0 * 7)\n" }.joined()
    expectRoundTrip(old, new)
    expectRoundTrip(
      String(repeating: "ab ", count: 100_000), String(repeating: "ba ", count: 90_000))
  }

  @Test("A long text that changed in its middle differs there only")
  func longText() {
    let lines = (0..<20_000).map { "Line number \($0) of a prompt." }
    var changed = lines
    changed[9_000] = "Line number 9000 of the prompt."
    let diff = WordDiff(
      from: lines.joined(separator: "\n"), to: changed.joined(separator: "\n"))
    #expect(diff.pieces.filter { $0.kind != .kept }.map(\.text) == ["a", "the"])
    #expect(
      WordDiff.changedLines(from: lines, to: changed)
        == LineChange(addedCount: 1, removedCount: 1))
    #expect(diff.lines(context: 2).map(\.kind).count == 8)
    #expect(diff.lines(context: 2).first?.kind == .folded(8998))
  }

  @Test("Lines of a difference mark what changed in them")
  func markedLines() {
    let lines = WordDiff(from: "one\ntwo words\nthree\n", to: "one\ntwo signs\nthree\nfour\n")
      .lines()
    #expect(
      lines == [
        DiffLine(kind: .kept, text: "one"),
        DiffLine(kind: .removed, text: "two words", changes: [4..<9]),
        DiffLine(kind: .added, text: "two signs", changes: [4..<9]),
        DiffLine(kind: .kept, text: "three"),
        DiffLine(kind: .added, text: "four", changes: [0..<4]),
      ])
    #expect(lines.last?.isWholeChange == true)
  }

  @Test("Changed lines are counted, also where everything changed")
  func counts() {
    #expect(WordDiff.changedLines(from: ["a", "b"], to: ["a", "b"]) == LineChange())
    #expect(
      WordDiff.changedLines(from: ["a", "b", "c"], to: ["a", "x", "y", "c"])
        == LineChange(addedCount: 2, removedCount: 1))
    #expect(
      WordDiff.changedLines(from: [], to: ["a"]) == LineChange(addedCount: 1, removedCount: 0))
    // What follows the last line end is no line.
    #expect(
      WordDiff.changedLines(from: ["a", ""], to: ["a", "b"])
        == LineChange(addedCount: 1, removedCount: 0))
    #expect(
      WordDiff.changedLines(from: [""], to: ["a", ""])
        == LineChange(addedCount: 1, removedCount: 0))
  }

  @Test("The beginning of a change is its first new words, or what is gone")
  func beginning() {
    func beginning(_ old: String, _ new: String) -> String {
      WordDiff.beginning(from: old, to: new)
    }
    #expect(beginning("---\nmodel: a/b\n---\nHi\n", "---\nmodel: c/d\n---\nHi\nBye\n") == "Bye")
    #expect(beginning("---\na: 1\n---\nHi\n", "---\na: 1\nb: 2\n---\nHi\n") == "b: 2")
    #expect(beginning("", "---\nmodel: a/b\n---\n{{role \"user\"}}\n {{a}} Hi\n") == "{{a}} Hi")
    #expect(beginning("", "{{question}}\n") == "{{question}}")
    #expect(WordDiff(from: "a b\n", to: "a b\n\n  Be brief.\nNo lists.\n").beginning == "Be brief.")
    #expect(WordDiff(from: "a\nBe brief.\n", to: "a\n").beginning == "without Be brief.")
    #expect(WordDiff(from: "a", to: "a").beginning.isEmpty)
  }
}
