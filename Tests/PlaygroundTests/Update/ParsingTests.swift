import Core
import Testing

@testable import Playground

@Suite("Reading long prompts")
struct ParsingTests {
  private static let long = String(repeating: "A line of some words.\n", count: 4000)

  private func requestedParsing(in effects: [Effect]) -> PromptParsing? {
    for case .parsePrompt(let parsing) in effects { return parsing }
    return nil
  }

  @Test("A long prompt is read elsewhere, and its fields come when that is done")
  func elsewhere() throws {
    var state = State.sample(prompt: Self.long, inputs: [:], index: nil)
    state.type("{{b}}")
    let parsing = try #require(requestedParsing(in: update(&state, .timer(.settle))))
    #expect(state.prompt.fields.isEmpty)
    _ = update(&state, .promptParsed(parsing.result()))
    #expect(state.prompt.fields.map(\.name) == ["b"])
    #expect(state.plainPromptTokens > 20_000)
  }

  @Test("A long prompt is shown before it is read, with the cursor at its template")
  func opening() throws {
    var draft = Draft(
      name: "long", promptText: "---\nmodel: a/b\n---\n\n" + Self.long + "{{a}} {{b}}",
      inputs: ["a": "", "b": "wheels"])
    var state = State.sample()
    let effects = update(&state, .promptOpened(draft))
    #expect(state.prompt.reading == .unread)
    #expect(state.prompt.editor.cursor == TextPosition(line: 4, offset: 0))
    let parsing = try #require(requestedParsing(in: effects))
    _ = update(&state, .promptParsed(parsing.result()))
    #expect(state.prompt.inputs == ["a": "", "b": "wheels"])
    // One that was emptied stays so, whatever its default.
    draft.promptText = "---\ninput: {default: {a: x, b: y}}\n---\n" + Self.long + "{{a}} {{b}}"
    let again = try #require(requestedParsing(in: update(&state, .promptOpened(draft))))
    _ = update(&state, .promptParsed(again.result()))
    #expect(state.prompt.inputs == ["a": "", "b": "wheels"])
  }

  @Test("A long prompt that is run before it has been read is read then")
  func runAtOnce() {
    var state = State.sample(prompt: Self.long + "{{a}}", inputs: ["a": "wheels"], index: nil)
    #expect(state.prompt.reading == .unread)
    let plans = State.started(by: state.press("ctrl-r"))
    #expect(plans.first?.request.messages.first?.text.hasSuffix("wheels") == true)
  }

  @Test("What was read of an older text is dropped")
  func stale() throws {
    var state = State.sample(prompt: Self.long, inputs: [:], index: nil)
    state.type("{{b}}")
    let parsing = try #require(requestedParsing(in: update(&state, .timer(.settle))))
    state.press("ctrl-u")
    _ = update(&state, .promptParsed(parsing.result()))
    #expect(state.prompt.fields.isEmpty)
  }

  @Test("How a long text differs from its version is counted where it is read")
  func change() throws {
    var state = State.sample(prompt: Self.long, inputs: [:], index: nil)
    let version = PromptVersion(
      VersionSummary(
        hash: ContentHash.of(Self.long), prompt: "sample", number: 3, createdAt: 0),
      text: Self.long)
    _ = update(&state, .versions(.found(prompt: "sample", origin: version, columns: [])))
    #expect(state.prompt.stem == "v3")
    state.type("new\n")
    let parsing = try #require(requestedParsing(in: update(&state, .timer(.settle))))
    #expect(state.prompt.stem == "v3")
    _ = update(&state, .promptParsed(parsing.result()))
    #expect(state.prompt.stem == "v3 +1")
    // Another version came while it was read: it is counted from that one.
    state.type("x\n")
    let late = try #require(requestedParsing(in: update(&state, .timer(.settle))))
    let other = PromptVersion(
      VersionSummary(hash: ContentHash.of("x\n"), prompt: "sample", number: 4, createdAt: 0),
      text: "x\n")
    _ = update(&state, .versions(.found(prompt: "sample", origin: other, columns: [])))
    _ = update(&state, .promptParsed(late.result()))
    #expect(state.prompt.stem.hasPrefix("v4 +4"))
  }

  @Test("What each part of a long prompt takes is counted where it is read")
  func parts() throws {
    var state = State.sample(prompt: Self.long, inputs: [:], index: nil)
    let parsing = try #require(requestedParsing(in: state.press("alt-c")))
    #expect(state.overlays == [.parts(PartsPage(parts: nil))])
    _ = update(&state, .promptParsed(parsing.result()))
    guard case .parts(let page)? = state.overlays.last else {
      Issue.record("no page")
      return
    }
    #expect(page.parts?.map(\.name) == ["user"])
    #expect(page.total == state.plainPromptTokens && page.total > 20_000)
  }

  @Test("A long prompt that can't be counted closes the page, and says why")
  func uncounted() throws {
    var state = State.sample(prompt: Self.long + "{{#if", inputs: [:], index: nil)
    let parsing = try #require(requestedParsing(in: state.press("alt-c")))
    _ = update(&state, .promptParsed(parsing.result()))
    #expect(state.overlays.isEmpty)
    #expect(state.notice?.text.hasPrefix("The prompt can't be counted") == true)
  }

  @Test("A run takes the text as it is, read or not")
  func run() {
    var state = State.sample(prompt: Self.long, inputs: [:], index: nil)
    state.type("Now!")
    let runs = State.started(by: state.press("ctrl-r"))
    #expect(runs.first?.request.messages.first?.text.hasPrefix("Now!A line") == true)
  }

  @Test("A short prompt is read at once")
  func short() {
    var state = State.sample(prompt: "", inputs: [:], index: nil)
    state.type("{{b}}")
    #expect(requestedParsing(in: update(&state, .timer(.settle))) == nil)
    #expect(state.prompt.fields.map(\.name) == ["b"])
  }
}
