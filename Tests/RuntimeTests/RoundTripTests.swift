import Core
import Foundation
import Playground
import Testing

@testable import Runtime

// Prompt files as people and programs write them, each opened in the real program, changed by one
// word and saved: nothing but the line of that word may be another one.

@Suite("Prompt files keep what was not edited")
struct RoundTripTests {
  /// The pieces that a file is put together from.
  private static let frontMatters: [String] = [
    "",
    "---\nmodel: builtin/echo\n---\n",
    "# a comment before\n---\nmodel:   builtin/echo   # and one behind\n\n\nunknown_key: [1,2 , 3]\n---\n",
    "---\nconfig:\n    temperature: 0.30\n    # between\n    topK: 0x10\next.thing: {b: 1, a: 2}\n---\n",
    "---\ndefaults: &d\n  tone: mild\ninput:\n  default: *d\n---\n",
    "---\ndescription: |\n  Two lines,\n    one of them indented.\nsummary: >-\n  folded\n  text\n---\n",
    "---\n\"quoted key\": 'it''s'\ninput: {schema: {name: string, \"tags?(array)\": string}}\n---\n",
    "---\nunicode: \"日本語 🇪🇺 e\u{301} \u{200F}עברית\"\n---\n",
    "---\n---\n",
    "---\nmetadata:\n\n  - a\n\n  - b\nzebra: 1\napple: 2\n...\n---\n",
  ]

  private static let templates: [String] = [
    "{{role \"system\"}}\nBe brief.\n{{role \"user\"}}\nSay WORD to {{name}}.\n",
    "WORD",
    "\tTabs\tWORD\t\n  trailing spaces   \n\n\n\nand empty lines\n\n",
    "日本語 WORD 🧑‍🚀 e\u{301}\u{327}\nकि\u{200B}\n" + String(repeating: "long ", count: 4000),
    "{{#each items}}\n- {{this}} WORD\n{{/each}}\n{{! a comment }}\nlast without an end",
  ]

  /// Ways to end lines, and to begin a file.
  private static let forms: [@Sendable (String) -> String] = [
    { $0 },
    { $0.replacingOccurrences(of: "\n", with: "\r\n") },
    { "\u{FEFF}" + $0 },
    { text in
      // Every third line ends in CRLF.
      text.components(separatedBy: "\n").enumerated().map { place, line in
        (place == 0 ? "" : place % 3 == 0 ? "\r\n" : "\n") + line
      }.joined()
    },
    { $0.hasSuffix("\n") ? String($0.dropLast()) : $0 + "\n" },
  ]

  static let files: [String] = frontMatters.enumerated().flatMap { place, matter in
    templates.enumerated().map { number, template in
      forms[(place + number) % forms.count](matter + template)
    }
  }

  @Test("Fifty files differ in the line that was edited, and in nothing else")
  func fifty() throws {
    #expect(Set(Self.files).count == 50)
    for (number, text) in Self.files.enumerated() { try check(text, number: number) }
  }

  @Test(
    "A file of front matter only, an empty one and one of line ends only can be written into",
    arguments: ["---\nmodel: builtin/echo\n---\n", "", "\n\n\n", "\r\n\r\n"])
  func nothingToEdit(text: String) throws {
    try inProgram(text) { program in
      program.type("new")
      let saved = try program.saved()
      #expect(saved == text + "new")
    } prepare: {
      $0.press("alt->")
    }
  }

  private func check(_ text: String, number: Int) throws {
    try inProgram(text) { program in
      program.type("new")
      let saved = try program.saved()
      let (old, new) = (lines(text), lines(saved))
      #expect(old.count == new.count, "file \(number)")
      for (before, after) in zip(old, new) where before != after {
        #expect(before.contains("WORD"), "file \(number): '\(before)' became '\(after)'")
      }
      let expected = text.replacingOccurrences(of: "WORD", with: "newWORD")
      #expect(saved.utf8.elementsEqual(expected.utf8), "file \(number)")
    } prepare: {
      try $0.goToWord()
    }
  }

  /// With their ends; by bytes, as version control compares them.
  private func lines(_ text: String) -> [String] {
    var lines: [String] = []
    for line in text.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false) {
      lines.append(String(decoding: line, as: UTF8.self))
    }
    return lines
  }

  private func inProgram(
    _ text: String, _ work: (inout OpenedPrompt) throws -> Void,
    prepare: (inout OpenedPrompt) throws -> Void
  ) throws {
    let bench = try Workbench()
    defer { bench.remove() }
    var program = try OpenedPrompt(text, on: bench)
    try prepare(&program)
    try work(&program)
  }
}

/// The playground on a prompt's file, driven by keys.
struct OpenedPrompt {
  private let path: String
  private let bench: Workbench
  private(set) var state: State

  init(_ text: String, on bench: Workbench) throws {
    path = bench.path + "/a.prompt"
    self.bench = bench
    try Data(text.utf8).write(to: URL(filePath: path))
    let opening = PromptOpening(path: path, text: try PromptFiles.read(path), kept: nil)
    state = State(
      size: Size(width: 105, height: 30), draft: opening.draft, models: [], defaults: [.echo],
      retrieval: RetrievalSettings())
    bench.runtime.perform(state.start())
    try settle()
  }

  mutating func press(_ names: String) {
    for name in names.split(separator: " ") {
      guard let key = Key(name: String(name)) else { continue }
      bench.runtime.perform(update(&state, .input(.key(key))))
    }
  }

  mutating func type(_ text: String) {
    for character in text {
      bench.runtime.perform(update(&state, .input(.key(Key(.character(character))))))
    }
  }

  /// Moves the cursor to before the word to be edited, by keys.
  mutating func goToWord() throws {
    press("alt-<")
    for line in state.prompt.editor.buffer.lines {
      if let word = line.range(of: "WORD") {
        for _ in line[..<word.lowerBound] { press("right") }
        return
      }
      press("ctrl-e right")
    }
    throw PromptFileError(description: "there is no such word")
  }

  /// Saves by its key, and gives what the file holds then.
  mutating func saved() throws -> String {
    press("ctrl-s")
    try settle()
    return try String(decoding: Data(contentsOf: URL(filePath: path)), as: UTF8.self)
  }

  /// Takes in all that comes, until nothing is under way.
  mutating func settle() throws {
    var taken = bench.events.count
    try bench.runUntilIdle()
    while taken < bench.events.count {
      let events = bench.events[taken...]
      taken = bench.events.count
      for event in events { bench.runtime.perform(update(&state, event)) }
      try bench.runUntilIdle()
    }
  }
}
