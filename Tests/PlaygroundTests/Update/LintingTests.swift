import Core
import Testing

@testable import Playground

@Suite struct LintingTests {
  private func state(_ text: String) -> State {
    State(
      size: Size(width: 105, height: 30), draft: Draft(promptText: text), models: [.echo],
      defaults: [.echo], retrieval: RetrievalSettings())
  }

  @Test func findingsAreListedAndEnterGoesToOne() throws {
    var state = state("---\nconfig: {temperature: 3}\n---\nHi\nJā {{> voice}}")
    _ = state.perform(.lint)
    #expect(state.picker?.items.map(\.detail) == ["error", "error"])
    state.type("partial\n")
    #expect(state.overlays.isEmpty)
    #expect(state.focus == .prompt)
    #expect(state.prompt.editor.cursor == TextPosition(line: 4, offset: 4))
  }

  @Test func aPromptWithoutMistakesIsToldSo() {
    var state = state("Hi")
    _ = state.perform(.lint)
    #expect(state.overlays.isEmpty)
    #expect(state.notice == Notice(.success, "No mistakes were found."))
  }

  @Test func anImportAsksForItsFile() {
    var state = state("Hi")
    _ = state.perform(.importPrompt)
    state.type("chat.json")
    #expect(
      state.take(.key(Key(.enter))) == [.importPrompt(path: "chat.json")])
  }
}
