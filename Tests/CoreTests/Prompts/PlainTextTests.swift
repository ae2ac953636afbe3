import Testing

@testable import Core

@Suite("Plain text that begins with a rule")
struct PlainTextTests {
  @Test(
    "What stands between rules is text where it is no prompt's settings",
    arguments: [
      "---\nBe kind.\n---\nHi", "---\nNote: be kind.\n---\nHi", "---\n---\nHi",
      "---\nBe kind: it helps: much.\n---\nHi", "---\ntitle: A page\nModel: x\n---\nHi",
      "---\nYou write:\nmodel: texts\n---\nHi", "---\nNote: this has no second rule",
      "\n---\nWeigh this:\n- a\n---\nHi",
    ], ["a.txt", "b.MD", "c.markdown"])
  func text(text: String, name: String) throws {
    let file = try PromptFile(parsing: text, name: name)
    #expect(file.template.source == text)
    #expect(file.frontMatter == nil)
  }

  @Test(
    "Settings are settings, whatever the file is called", arguments: ["a.txt", "a.md", "a.prompt"])
  func settings(name: String) throws {
    let text = "---\n# mine\nowner: me\nmodel: x/y\n---\n\nHi {{name}}"
    let file = try PromptFile(parsing: text, name: name)
    #expect(file.model == "x/y")
    #expect(file.template.source == "Hi {{name}}")
    #expect(PromptFile.model(in: text + "{{", name: name) == "x/y")
    for broken in ["---\nmodel: [1\n---\nx", "---\nmodel: x\n"] {
      #expect(throws: PromptError.self) { try PromptFile(parsing: broken, name: name) }
    }
  }

  @Test("Any other file has any keys in its front matter", arguments: ["a.prompt", "stdin", "v2"])
  func otherFiles(name: String) throws {
    let file = try PromptFile(parsing: "---\nowner: me\n---\nHi", name: name)
    #expect(file.metadata == ["owner": "me"])
    #expect(file.template.source == "Hi")
  }

  @Test("Lint says what could be taken for settings, and is sent")
  func lint() {
    func rules(_ text: String, _ name: String) -> [String] {
      PromptLint.findings(in: text, name: name).map { "\($0.line):\($0.rule.rawValue)" }
    }
    let ambiguous = "---\ntitle: A page\n---\nHi"
    #expect(rules(ambiguous, "a.md") == ["2:front-matter"])
    #expect(rules(ambiguous, "a.prompt").isEmpty)
    #expect(rules("---\nBe kind.\n---\nHi", "a.md").isEmpty)
    #expect(rules("---\ndescription: x\n---\nHi", "a.md").isEmpty)
  }

  @Test("The editor colours as front matter what is read as it")
  func colours() {
    let buffer = TextBuffer("---\ntitle: A page\n---\nHi")
    #expect(FrontMatterLines(of: buffer, in: "a.md").lines.isEmpty)
    #expect(FrontMatterLines(of: buffer, in: "a.prompt").lines == 0..<3)
    #expect(
      FrontMatterLines(of: TextBuffer("---\nmodel: x\n---\nHi"), in: "a.md").lines == 0..<3)
  }
}
