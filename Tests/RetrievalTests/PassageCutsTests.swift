// Passages are exact spans, of a sensible size, and cover all of a text.

import Core
import RandomSource
import Testing

@testable import Retrieval

@Suite struct PassageCutsTests {
  private let sentence = "The quick brown fox jumps over the lazy dog and goes home again. "

  @Test(arguments: ["", "\n\n", "\u{FEFF}", " \t\r\n", "\u{FEFF}\n"])
  func `blank text has no passages`(_ text: String) {
    #expect(cuts(text).isEmpty)
    #expect(cuts(text, as: .code).isEmpty)
  }

  @Test func `a passage is exactly its bytes`() {
    let source = "\u{FEFF}# Käse\r\n\r\n  größer 日本語 👩‍👩‍👧\r\n\r\nno end"
    let passages = cuts(source)
    #expect(passages.count == 1)
    #expect(passages.first?.bytes.lowerBound == 3)
    #expect(passages.first?.lines == 1...5)
    expectExact(passages, Array(source.utf8))
  }

  @Test func `indentation stays with the first line`() {
    let source = "\n\n    return 1\n\n"
    #expect(cuts(source, as: .code).map { text($0, of: source) } == ["    return 1"])
  }

  @Test func `small paragraphs are joined and large ones kept apart`() {
    let small = "One.\n\nTwo.\n\nThree."
    #expect(cuts(small, as: .prose).count == 1)
    let paragraph = String(repeating: sentence, count: 12)
    let large = [paragraph, paragraph].joined(separator: "\n\n")
    #expect(cuts(large, as: .prose).map(\.lines) == [1...1, 3...3])
  }

  @Test func `a heading is never left without its text`() {
    let source = "# Title\n\n" + String(repeating: sentence, count: 60)
    let first = text(cuts(source)[0], of: source)
    #expect(first.hasPrefix("# Title\n\nThe quick"))
    #expect(first.hasSuffix("again."))
  }

  @Test func `long prose is cut at ends of sentences`() {
    let source = String(repeating: sentence, count: 200)
    let passages = cuts(source, as: .prose)
    #expect(passages.count > 5)
    for passage in passages {
      #expect(text(passage, of: source).hasPrefix("The quick"))
      #expect(text(passage, of: source).hasSuffix("again."))
    }
    expectExact(passages, Array(source.utf8))
  }

  @Test func `long code is cut at ends of lines`() {
    let source = (0..<400).map { "    let value\($0) = f(x. y)" }.joined(separator: "\n")
    let passages = cuts(source, as: .code)
    #expect(passages.count > 5)
    #expect(passages.allSatisfy { text($0, of: source).hasPrefix("    let value") })
    expectExact(passages, Array(source.utf8))
  }

  @Test(arguments: [
    String(repeating: "x", count: 1 << 20), String(repeating: "日本。", count: 20_000),
    String(repeating: "word ", count: 50_000), String(repeating: "👩‍👩‍👧", count: 5000),
    String(repeating: " ", count: 1 << 18) + "end",
    "a" + String(repeating: "\n", count: 100_000) + "b",
  ])
  func `a line of a megabyte is cut into passages of bounded size`(_ source: String) {
    for syntax in [Syntax.markdown, .prose, .code] {
      let passages = cuts(source, as: syntax)
      expectExact(passages, Array(source.utf8))
      for passage in passages {
        #expect(TokenEstimate.tokens(in: text(passage, of: source)) <= 320)
      }
    }
  }

  @Test(arguments: 0..<60)
  func `random Markdown is covered exactly once and in order`(_ seed: UInt64) {
    var random = SeededRandom(seed: seed)
    let pieces = [
      "# Head\n", "## Sub ##\n", "Under\n---\n", "===\n", "---\n", "\n", "\n\n", "```sh\n", "```\n",
      "~~~\n", "- item\n", "  - nested\n", "    # code\n", "> quote\n", "| a | b |\n", "<!-- x\n",
      "-->\n", "<pre>\n", "</pre>\n", "…ünï日本\n", "\t\n", "  \n", "line\r\n", "\r\n", "\r",
      "\u{FEFF}",
      "text without end", String(repeating: sentence, count: 30), "1. one\n", "😀", "...\n", "#\n",
    ]
    var source = ""
    for _ in 0..<Int.random(in: 0..<120, using: &random) {
      source += pieces.randomElement(using: &random) ?? ""
    }
    for syntax in [Syntax.markdown, .prose, .code] {
      expectExact(cuts(source, as: syntax), Array(source.utf8))
    }
  }

  @Test func `names choose how a file is split`() {
    #expect(Syntax(path: "docs/README.MD") == .markdown)
    #expect(Syntax(path: "docs.md/LICENSE") == .prose)
    #expect(Syntax(path: "a/notes.txt") == .prose)
    #expect(Syntax(path: "main.swift") == .code)
  }
}
