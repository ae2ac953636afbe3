import Testing

@testable import Core

@Suite("A comparison to be read elsewhere")
struct ComparisonReportTests {
  private static let hostile =
    "</pre><script>alert(1)</script>\u{1B}]0;title\u{7}\u{202E}```\n````\n# heading\n<!-- -->&\"'|*x*"

  private func run(
    _ id: Identifier, _ text: String, model: String = "server/model", price: Price? = nil,
    firstText: Double = 100
  ) throws -> RecordedRun {
    var answer = Answer()
    answer.apply(.text(text), at: firstText)
    answer.apply(.usage(Usage(inputTokens: 10, outputTokens: 20)), at: firstText + 500)
    answer.apply(.finish(.stop), at: firstText + 1000)
    var parameters = Parameters()
    parameters.temperature = 0.5
    return RecordedRun(
      run: Run(
        id: id, session: "s", startedAt: 0, column: 0, promptText: "Say {{what}}.",
        inputs: ["what": "it"],
        request: CompletionRequest(
          model: try #require(ModelReference(model)), messages: [], parameters: parameters,
          passages: [
            Passage(source: "docs/a.md", bytes: 0..<5, lines: 1...1, text: "A passage.")
          ]),
        price: price),
      events: [], answer: answer)
  }

  private func report(_ texts: String..., baseline: Identifier? = "0") throws -> ComparisonReport {
    let entries = try texts.enumerated().map { place, text in
      ComparisonReport.Entry(
        name: ["A", "B", "C"][place], steps: [try run("\(place)", text)])
    }
    return ComparisonReport(promptName: "say.prompt", entries: entries, baseline: baseline)
  }

  @Test("It holds prompt, inputs, passages, variants, answers, figures and differences")
  func contents() throws {
    let report = try report("thirty days", "fourteen days")
    #expect(report.columns[0].difference == nil)
    #expect(report.columns[1].difference?.agreement?.percent == 50)
    #expect(report.columns[1].title == "server/model · temperature 0.5")
    for page in [report.markdown, report.html] {
      for text in [
        "say", "Say {{what}}.", "A passage.", "thirty", "fourteen", "50 %", "stop", "20",
      ] {
        #expect(page.contains(text), "\(text) is missing")
      }
      // What all columns share is there once.
      #expect(page.ranges(of: "Say {{what}}.").count == 1)
      #expect(page.contains(ComparisonReport.mark))
    }
    #expect(report.html.contains("<del>thirty</del><ins>fourteen</ins> days"))
    #expect(report.markdown.contains("- thirty days\n+ fourteen days\n"))
  }

  @Test("What columns don't share is told of each")
  func groups() throws {
    var second = try run("1", "b")
    second.run.promptText = "Say it twice."
    let report = ComparisonReport(
      promptName: "p",
      entries: [
        .init(name: "A", steps: [try run("0", "a")]), .init(name: "B", steps: [second]),
      ])
    #expect(report.markdown.contains("## Prompt of A\n"))
    #expect(report.markdown.contains("## Prompt of B\n"))
    #expect(report.markdown.contains("## Inputs\n"))
  }

  @Test("The best figure of each kind is marked, unless two read the same")
  func best() throws {
    let price = Price(input: Money(dollars: 1e-6), output: Money(dollars: 1e-5))
    let dear = Price(input: Money(dollars: 1e-5), output: Money(dollars: 1e-4))
    let report = ComparisonReport(
      promptName: "p",
      entries: [
        .init(name: "A", steps: [try run("0", "a", price: dear, firstText: 100)]),
        .init(name: "B", steps: [try run("1", "b", price: price, firstText: 102)]),
      ])
    let rows = report.figureRows
    #expect(rows.first { $0.name == "cost" }?.best == 1)
    // A tenth of a second both.
    #expect(rows.first { $0.name == "first text" }?.texts == [".10s", ".10s"])
    #expect(rows.first { $0.name == "first text" }?.best == nil)
    #expect(report.html.contains("<td class=\"best\">★ $"))
  }

  @Test("Values of JSON that differ are told by their paths")
  func values() throws {
    let report = try report(#"{"days":30}"#, #"{"days":14}"#)
    #expect(report.html.contains("<code>.days</code> <del>30</del> → <ins>14</ins>"))
    #expect(report.markdown.contains("- .days: 30\n+ .days: 14\n"))
  }

  @Test("Nothing that a model answered is HTML, nor does it reach a terminal's commands")
  func hostileHTML() throws {
    var report = try report("a", Self.hostile)
    report.promptName = Self.hostile
    report.columns[1].inputs = [Self.hostile: Self.hostile]
    report.columns[0].name = Self.hostile
    let page = report.html
    #expect(!page.contains("<script"))
    #expect(!page.contains("</pre><"))
    #expect(!page.unicodeScalars.contains { $0 == "\u{1B}" || $0 == "\u{7}" || $0 == "\u{202E}" })
    #expect(page.contains("&lt;script&gt;alert(1)"))
    // Every tag is one of the page's own, and none has an address.
    #expect(!page.contains("http:") && !page.contains("https:") && !page.contains("src="))
    #expect(page.contains("default-src 'none'"))
  }

  @Test("Nothing that a model answered is Markdown")
  func hostileMarkdown() throws {
    var report = try report("a", Self.hostile)
    report.promptName = "*x* <b> | `code`\nline"
    let page = report.markdown
    #expect(!page.unicodeScalars.contains { $0 == "\u{1B}" || $0 == "\u{7}" || $0 == "\u{202E}" })
    #expect(page.contains("# \\*x\\* \\<b\\> \\| \\`code\\` line: 2 answers\n"))
    // Line by line, as a reader of Markdown does: what is hostile stands within fences.
    var fence: Substring?
    for line in page.split(separator: "\n", omittingEmptySubsequences: false) {
      let ticks = line.prefix { $0 == "`" }
      if let open = fence {
        if ticks.count >= open.count, line.count == ticks.count { fence = nil }
      } else if ticks.count >= 3 {
        fence = ticks
      } else {
        #expect(!line.contains("<script"), "\(line)")
        #expect(line != "# heading")
      }
    }
    #expect(fence == nil)
  }

  @Test("Steps of a chain count together, and the last is shown")
  func chain() throws {
    let price = Price(input: Money(dollars: 1e-6), output: Money(dollars: 1e-6))
    let report = ComparisonReport(
      promptName: "p",
      entries: [
        .init(
          name: "A",
          steps: [try run("0", "outline", price: price), try run("1", "answer", price: price)])
      ])
    #expect(report.columns[0].answer.text == "answer")
    #expect(report.columns[0].figures.usage.outputTokens == 40)
    #expect(report.columns[0].figures.cost?.amount == Money(dollars: 6e-5))
  }
}
