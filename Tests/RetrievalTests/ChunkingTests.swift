// What holds for the passages of every strategy, whatever the text, and what each one promises.

import Core
import RandomSource
import Testing

@testable import Retrieval

@Suite struct ChunkingTests {
  private static let names = [
    "structure-64", "structure-64-16", "document", "tokens-16", "tokens-64-16", "tokens-64-63",
    "recursive-64", "recursive-64-16", "sentences-64", "sentences-64-24", "markdown-64",
    "markdown-64-16", "code-64", "code-64-16",
  ]

  @Test(arguments: names, 0..<4)
  func `passages are in order, cover all, and are no longer than asked`(
    _ name: String, _ seed: UInt64
  ) throws {
    let chunking = try #require(Chunking(name))
    let source = randomText(seed)
    for syntax in [Syntax.markdown, .prose, .code] {
      let passages = cuts(source, as: syntax, by: chunking)
      expectCovering(passages, Array(source.utf8))
      if chunking.overlap == 0 { expectExact(passages, Array(source.utf8)) }
      guard chunking.strategy != .document else { continue }
      let largest =
        [.structure, .markdown].contains(chunking.strategy) ? 64 * 4 / 3 : chunking.size
      for passage in passages {
        #expect(TokenEstimate.tokens(in: text(passage, of: source)) <= largest + 1)
      }
    }
  }

  @Test(arguments: names)
  func `a long line, a long gap and long characters are no trouble`(_ name: String) throws {
    let chunking = try #require(Chunking(name))
    for source in [
      String(repeating: "x", count: 50_000), String(repeating: "👩‍👩‍👧", count: 3000),
      "a" + String(repeating: "\n", count: 20_000) + "b",
      String(repeating: "e\u{301}", count: 9000),
      String(repeating: "日本。", count: 5000), "\u{FEFF}" + String(repeating: " ", count: 9000),
    ] {
      expectCovering(cuts(source, as: .prose, by: chunking), Array(source.utf8))
    }
  }

  @Test(arguments: ["tokens-16", "tokens-64-16", "recursive-16", "sentences-32-8", "code-16"])
  func `no character is cut`(_ name: String) throws {
    let chunking = try #require(Chunking(name))
    for character in ["👩‍👩‍👧", "🇩🇪", "e\u{301}", "각"] {
      let source = String(repeating: character, count: 500)
      for passage in cuts(source, as: .prose, by: chunking) {
        let isWhole = text(passage, of: source).allSatisfy { String($0) == character }
        #expect(isWhole, "\(character)")
      }
    }
  }

  @Test func `a document is one passage`() throws {
    let source = "\n# Title\n\nText.\n\n# Other\n\nMore.\n"
    let passages = cuts(source, by: Chunking(.document))
    #expect(passages.map { text($0, of: source) } == ["# Title\n\nText.\n\n# Other\n\nMore."])
    #expect(passages.first?.lines == 2...8)
    #expect(passages.first?.headings == ["Title"])
  }

  @Test func `tokens are so many each, and share as many as asked`() {
    let source = String(repeating: "abcdefghij", count: 100)
    let passages = cuts(source, as: .prose, by: Chunking(.tokens, size: 50, overlap: 10))
    #expect(
      passages.map(\.bytes) == [0..<200, 160..<360, 320..<520, 480..<680, 640..<840, 800..<1000])
  }

  @Test func `recursion cuts at the largest separator that helps`() {
    let sentence = "The fox jumps over the dog and home. "
    let line = sentence + sentence + "\n"
    let source = "Short one.\n\n" + line + line + "\nShort two is not too short to stand by itself."
    let pieces = cuts(source, as: .prose, by: Chunking(.recursive, size: 24)).map {
      text($0, of: source)
    }
    #expect(
      pieces == [
        "Short one.\n\n" + line.dropLast(2), String(line.dropLast(2)),
        "Short two is not too short to stand by itself.",
      ])
  }

  @Test func `sentences stay whole, and are shared whole`() {
    let source = (1...60).map { "Sentence number \($0) by Dr. Who and J. Smith says it." }
      .joined(separator: " ")
    let passages = cuts(source, as: .prose, by: Chunking(.sentences, size: 64, overlap: 16))
    #expect(passages.count > 10)
    for (passage, next) in zip(passages, passages.dropFirst()) {
      #expect(text(passage, of: source).hasPrefix("Sentence number"))
      #expect(text(passage, of: source).hasSuffix("says it."))
      let shared = passage.bytes.upperBound - next.bytes.lowerBound
      #expect(1...64 ~= shared)
      #expect(text(next, of: source).utf8.prefix(shared).last == UInt8(ascii: "."))
    }
  }

  @Test func `a sentence that is too long to be shared is not`() {
    let sentence = String(repeating: "word ", count: 30) + "end."
    let source = [sentence, sentence, sentence].joined(separator: " ")
    let passages = cuts(source, as: .prose, by: Chunking(.sentences, size: 64, overlap: 16))
    expectExact(passages, Array(source.utf8))
    #expect(passages.count == 3)
  }

  @Test(arguments: Chunking.Strategy.allCases)
  func `a passage of Markdown knows its headings whatever the strategy`(
    _ strategy: Chunking.Strategy
  ) throws {
    let words = String(repeating: "Some words of text. ", count: 20)
    let source = "# One\n\n\(words)\n\n## Two\n\n\(words)\n\n# Three\n\n\(words)\n"
    let passages = cuts(source, by: Chunking(strategy, size: 32, overlap: 8))
    let start = try #require(source.utf8.firstRange(of: "# Three".utf8)?.lowerBound)
    let three = source.utf8.distance(from: source.startIndex, to: start)
    for passage in passages where passage.bytes.lowerBound >= three {
      #expect(passage.headings == ["Three"])
    }
    #expect(passages.contains { $0.headings == ["One", "Two"] } == (strategy != .document))
  }

  @Test func `no passage shares text with another section`() throws {
    let words = String(repeating: "Some words of text. ", count: 20)
    let source = "# One\n\n\(words)\n\n# Two\n\n\(words)\n"
    let passages = cuts(source, by: Chunking(.markdown, size: 64, overlap: 16))
    for passage in passages where passage.headings == ["One"] {
      #expect(!text(passage, of: source).contains("# Two"))
    }
    let overlapping = zip(passages, passages.dropFirst()).count {
      $0.bytes.upperBound > $1.bytes.lowerBound
    }
    #expect(overlapping == passages.count - 2)
  }

  // MARK: Code

  @Test func `a function stays together with its comment`() {
    let body = (0..<5).map { "    let value\($0) = compute(\($0))\n\n" }.joined()
    let function = "/// Says what it does,\n/// in two lines.\nfunc name() {\n\(body)}\n"
    let source = String(repeating: function + "\n", count: 6)
    let passages = cuts(source, as: .code, by: Chunking(.code, size: 80))
    #expect(passages.map { text($0, of: source) + "\n" } == Array(repeating: function, count: 6))
  }

  @Test func `functions without blank lines between them are told by their indentation`() {
    let function =
      "def name(a, b):\n" + String(repeating: "    total = a + b\n", count: 6)
      + "    else_clause = 1\n"
    let source = String(repeating: function, count: 5)
    let passages = cuts(source, as: .code, by: Chunking(.code, size: 45))
    #expect(passages.map { text($0, of: source) + "\n" } == Array(repeating: function, count: 5))
  }

  @Test func `a class that is too long is cut at its methods`() {
    let method = "  func name() {\n" + String(repeating: "    work()\n", count: 8) + "  }\n"
    let source = "class Name {\n" + String(repeating: method + "\n", count: 5) + "}\n"
    let passages = cuts(source, as: .code, by: Chunking(.code, size: 40))
    #expect(passages.count == 5)
    #expect(passages.dropFirst().allSatisfy { text($0, of: source).hasPrefix("  func name") })
  }

  private func randomText(_ seed: UInt64) -> String {
    var random = SeededRandom(seed: seed)
    let pieces = [
      "# Head\n", "## Sub ##\n", "Under\n---\n", "\n", "\n\n", "```sh\n", "```\n", "- item\n",
      "    # code\n", "…ünï日本。", "\t\n", "  \n", "line\r\n", "\r\n", "\r", "text without end",
      "func a() {\n", "}\n", "  } else {\n", "def b():\n", "\tx = 1\n", "👩‍👩‍👧", "e\u{301}", "\u{FEFF}",
      "A sentence. ", "Is it? ", "Dr. Who. ", String(repeating: "The fox jumps. ", count: 30),
      String(repeating: "x", count: 300), String(repeating: " ", count: 50),
    ]
    return (0..<Int.random(in: 0..<150, using: &random))
      .map { _ in pieces.randomElement(using: &random) ?? "" }.joined()
  }

  /// Starts that grow, ends that don't fall, lines that fit, and nothing but white space left out.
  private func expectCovering(
    _ cuts: [PassageCut], _ bytes: [UInt8], sourceLocation: SourceLocation = #_sourceLocation
  ) {
    var covered = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    var start = -1
    var line = 1
    var counted = 0
    for cut in cuts {
      #expect(cut.bytes.lowerBound > start, sourceLocation: sourceLocation)
      guard cut.bytes.upperBound > covered else {
        Issue.record("\(cut) says nothing new", sourceLocation: sourceLocation)
        return
      }
      let gap = bytes[min(covered, cut.bytes.lowerBound)..<cut.bytes.lowerBound]
      let isBlank = gap.allSatisfy(\.isWhiteSpace)
      #expect(isBlank, sourceLocation: sourceLocation)
      let isUTF8 = String(validating: bytes[cut.bytes], as: UTF8.self) != nil
      #expect(isUTF8, sourceLocation: sourceLocation)
      line += bytes[counted..<cut.bytes.lowerBound].count { $0 == UInt8(ascii: "\n") }
      counted = cut.bytes.lowerBound
      let last = line + bytes[cut.bytes].count { $0 == UInt8(ascii: "\n") }
      #expect(cut.lines == line...last, sourceLocation: sourceLocation)
      start = cut.bytes.lowerBound
      covered = cut.bytes.upperBound
    }
    let isBlank = bytes[covered...].allSatisfy(\.isWhiteSpace)
    #expect(isBlank, sourceLocation: sourceLocation)
  }
}
