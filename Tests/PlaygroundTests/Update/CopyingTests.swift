import Core
import Testing

@testable import Playground

@Suite("Taking answers out")
struct CopyingTests {
  private func answered(_ text: String, hasClipboard: Bool = true) -> State {
    var state = State.settled()
    state.hasClipboard = hasClipboard
    state.press("ctrl-r")
    state.focus(on: .column(0))
    state.stream(0, .text(text), .finish(.stop))
    return state
  }

  @Test("The clipboard takes an answer; a terminal without one has it written to a file")
  func copies() {
    var state = answered("An answer.")
    #expect(state.press("y") == [.terminal(.copy("An answer."))])
    state = answered("An answer.", hasClipboard: false)
    #expect(
      state.press("y") == [
        .writeCopy(
          "An answer.", name: "the answer of A", reason: "This terminal has no clipboard")
      ])
  }

  @Test("What is longer than a terminal takes goes to the file, too")
  func long() {
    let text = String(repeating: "x", count: TerminalRequest.longestCopy + 1)
    var state = answered(text)
    #expect(
      state.press("y") == [
        .writeCopy(
          text, name: "the answer of A", reason: "Too long for a terminal's clipboard")
      ])
  }

  @Test("A corrected answer is copied as it is shown")
  func corrected() {
    var state = answered("An answer.")
    state.columns[0].recordedRun = "run-0"
    state.press("e")
    state.type("Not ")
    state.press("ctrl-s")
    #expect(state.press("y") == [.terminal(.copy("Not An answer."))])
    state.press("V V")
    #expect(state.press("y") == [.terminal(.copy("An answer."))])
  }

  @Test("c copies the code block at the cursor, without its fences")
  func code() {
    var state = answered("Run:\n```swift\nlet a = 1\n  let b\n```\nDone.")
    state.press("enter c")
    #expect(state.notice?.text == "The cursor is in no code block.")
    state.press("j j")
    #expect(state.press("c") == [.terminal(.copy("let a = 1\n  let b\n"))])
  }

  @Test("Y asks for a file and writes the answer")
  func toFile() {
    var state = answered("An answer.")
    state.press("Y ctrl-u")
    state.type("out.md")
    #expect(state.press("enter") == [.writeFile(path: "out.md", "An answer.")])
    #expect(state.overlays.isEmpty)
  }

  @Test("There has to be something to take out")
  func nothing() {
    var state = State.settled()
    state.focus(on: .column(0))
    #expect(state.press("y").isEmpty && state.press("Y").isEmpty)
    #expect(state.overlays.isEmpty)
  }
}

@Suite("Code blocks of an answer")
struct CodeBlockTests {
  private func codes(_ text: String) -> [String] { CodeBlock.all(in: text).map(\.code) }

  @Test(arguments: [
    ("```\na\n```", ["a\n"]), ("~~~ py x`y\na\n~~~~\nb", ["a\n"]),
    ("```\na\n~~~\n```\n", ["a\n~~~\n"]),
    ("````\n```\n````\n", ["```\n"]), ("  ```\n  a\n   b\n ```\n", ["a\n b\n"]),
    ("```\n```\n", [""]),
    ("```\nnot ended", ["not ended"]), ("``` a`b\nx\n", []), ("    ```\nx\n", []), ("``\nx\n", []),
    ("```\r\na\r\n```\r\nb", ["a\r\n"]), ("```\na\n```\n```\nb\n```", ["a\n", "b\n"]),
  ])
  func areFound(_ text: String, _ expected: [String]) {
    #expect(codes(text) == expected)
  }

  @Test("A place is in a block from its first fence to its last")
  func places() {
    let text = "a\n```\nb\n```\nc"
    #expect((0...13).map { CodeBlock(at: $0, of: text) != nil }.firstIndex(of: true) == 2)
    #expect(CodeBlock(at: 11, of: text)?.code == "b\n")
    #expect(CodeBlock(at: 12, of: text) == nil)
    #expect(CodeBlock(at: 9, of: "a\n```\nb")?.code == nil)
    #expect(CodeBlock(at: 7, of: "a\n```\nb")?.code == "b")
  }
}
