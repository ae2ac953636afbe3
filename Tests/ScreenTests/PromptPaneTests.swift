import Core
import Playground
import Testing

@testable import Screen

// What stands on the border of the prompt's pane.

@Suite struct PromptPaneTests {
  /// The first row of the pane, with `lines` lines of text and vi's modes.
  private func border(width: Int, text: String, inputs: [String: String]) -> String {
    var draft = Draft(promptText: text, promptPath: "/a.prompt", inputs: inputs)
    draft.savedText = "other"
    var state = State(
      size: Size(width: width, height: 30), draft: draft, models: [], defaults: [.echo],
      retrieval: RetrievalSettings(), keys: .vi)
    _ = state.start()
    let rows = Renderer(theme: .plain).frame(of: state).text.split(separator: "\n")
    return String(rows.first { $0.contains(" Prompt ") } ?? "")
  }

  @Test(arguments: [105, 210])
  func `vi's mode, what is modified and what is out of sight stand over the text`(width: Int) {
    let text = String(repeating: "A line.\n", count: 100) + "{{name}}"
    let border = border(width: width, text: text, inputs: ["name": "Ada"])
    #expect(border.contains("normal · modified · ↓"))
    #expect(border.contains("Inputs") == (width == 210))
  }

  @Test func `they stand at the right of a pane without a form`() {
    let border = border(width: 210, text: "A line.", inputs: [:])
    #expect(border.contains("normal · modified"))
  }
}
