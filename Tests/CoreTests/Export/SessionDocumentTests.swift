import Testing

@testable import Core

@Suite("A session to be read as a document")
struct SessionDocumentTests {
  static let hostile =
    "</pre><script>alert(1)</script>\u{1B}]0;title\u{7}\u{202E}```\n````\n# heading\n<!-- -->&\"'|*x*"

  private static func run(
    _ id: Identifier, after parent: Identifier? = nil, at time: Double,
    prompt: String = "Say {{what}}.",
    answer text: String = "Yes.", input: String = "it", rating: Rating? = nil,
    remark: Remark = Remark()
  ) -> RecordedRun {
    var answer = Answer()
    answer.apply(.text(text), at: 100)
    answer.apply(.usage(Usage(inputTokens: 10, outputTokens: 20)), at: 600)
    answer.apply(.finish(.stop), at: 1100)
    return RecordedRun(
      run: Run(
        id: id, session: "s", parent: parent, startedAt: time, column: 0, promptText: prompt,
        inputs: ["what": input],
        request: CompletionRequest(
          model: ModelReference(provider: "server", model: "model"), messages: [],
          passages: [
            Passage(source: "docs/a.md", bytes: 0..<5, lines: 1...1, text: "A passage of \(input).")
          ])),
      events: [], answer: answer, rating: rating, remark: remark)
  }

  private static func document(_ runs: [RecordedRun], name: String = "s") -> SessionDocument {
    SessionDocument(
      Session(id: "s", name: name, createdAt: 0), runs: runs,
      branches: [Branch(name: "main line", moment: "c")], time: { "time \(Int($0))" })
  }

  /// a ─ b ─ c, and d from a.
  private static let tree = [
    run("a", at: 1), run("b", after: "a", at: 2, prompt: "Say {{what}} twice."),
    run(
      "c", after: "b", at: 4, prompt: "Say {{what}} twice.", input: "that", rating: .good,
      remark: Remark(score: 4, note: "Short.", tags: ["kept"])),
    run("d", after: "a", at: 3),
  ]

  @Test("A line of work stands in one piece, and a fork behind it")
  func order() {
    let document = Self.document(Self.tree)
    #expect(document.moments.map(\.id) == ["a", "b", "c", "d"])
    #expect(document.moments.map(\.parent) == [nil, 1, 2, 1])
    #expect(document.moments[2].names == ["main line"])
  }

  @Test("Each moment tells what changed, and a passage's text once")
  func changes() {
    let moments = Self.document(Self.tree).moments
    #expect(moments[3].promptChanges.isEmpty && moments[3].inputs.isEmpty)
    #expect(moments[3].passages.map(\.shownIn) == [1])
    #expect(
      moments[1].promptChanges.map(\.text) == ["Say {{what}}.", "Say {{what}} twice."])
    #expect(moments[2].inputs == [SessionDocument.Input(name: "what", value: "that")])
    #expect(moments[2].passages.map(\.shownIn) == [nil])
    #expect(moments[2].answers[0].opinion == "good · 4/5 · #kept · Short.")
    #expect(moments[2].answers[0].facts == "stop · 1.1s · 10 tokens in, 20 out")
  }

  @Test("Both forms hold what was asked and answered")
  func contents() {
    let document = Self.document(Self.tree)
    for page in [document.markdown, document.html] {
      for text in [
        "time 1 – time 4", "Say {{what}} twice.", "server/model", "A passage of it.", "Yes.",
        "main line", "a.md", "4/5",
      ] {
        #expect(page.contains(text), "\(text) is missing")
      }
      #expect(page.contains(SessionDocument.mark))
    }
    #expect(document.html.contains("<ins>+ Say {{what}} twice.\n</ins>"))
    #expect(document.markdown.contains("+ Say {{what}} twice.\n"))
  }

  @Test("What was preferred stands with its moment")
  func preferences() {
    let side = { Preference.Side(run: $0, variant: Variant(.echo)) }
    let document = SessionDocument(
      Session(id: "s", name: "s", createdAt: 0), runs: Self.tree,
      preferences: [
        RecordedPreference(
          id: "p", madeAt: 0, Preference(first: side("a"), second: side("d"), outcome: .first))
      ], time: { "\($0)" })
    #expect(
      document.moments[0].preferences == ["A person preferred A to an answer of another moment."])
  }

  @Test("Nothing in a session is HTML")
  func hostileHTML() {
    let text = Self.hostile + "\"\u{301}onload=x"
    let document = Self.document(
      [
        Self.run(
          "a", at: 1, prompt: text, answer: text, input: text,
          remark: Remark(note: text, tags: [text]))
      ], name: text)
    let page = document.html
    #expect(!page.unicodeScalars.contains { $0 == "\u{1B}" || $0 == "\u{7}" || $0 == "\u{202E}" })
    #expect(!page.contains("<script") && !page.contains("http:") && !page.contains("src="))
    #expect(!page.unicodeScalars.map(String.init).joined(separator: " ").contains("\" \u{301}"))
    #expect(page.contains("default-src 'none'"))
    #expect(page.ranges(of: "&lt;script&gt;").count >= 6)
  }

  @Test("Nothing in a session is Markdown")
  func hostileMarkdown() {
    let document = Self.document(
      [
        Self.run(
          "a", at: 1, prompt: Self.hostile, answer: Self.hostile, input: Self.hostile,
          remark: Remark(note: "# no heading", tags: ["<b>"]))
      ], name: "# *x* [a](b)\nline")
    let page = document.markdown
    #expect(!page.unicodeScalars.contains { $0 == "\u{1B}" || $0 == "\u{7}" || $0 == "\u{202E}" })
    #expect(page.contains("# \\# \\*x\\* \\[a\\]\\(b\\) line\n"))
    // Line by line, as a reader of Markdown does: what is hostile stands within fences.
    var fence: Substring?
    for line in page.split(separator: "\n", omittingEmptySubsequences: false) {
      let ticks = line.prefix { $0 == "`" }
      if let open = fence {
        if ticks.count >= open.count, line.count == ticks.count { fence = nil }
      } else if ticks.count >= 3 {
        fence = ticks
      } else {
        #expect(!line.contains("<script") && line != "# heading", "\(line)")
      }
    }
    #expect(fence == nil)
  }

  @Test("A session without runs is a page, too")
  func empty() {
    let document = Self.document([])
    #expect(document.markdown.contains("0 moments · 0 runs"))
    #expect(document.html.hasSuffix("</html>\n"))
  }
}
