import Testing

@testable import Core

// What is the same for all that is imported: names, times, and the prompt file.

@Suite struct ImportedAnswerTests {
  @Test func namesAreThoseOfULIDsAndHoldNoSecretOrder() {
    let id = ImportedIdentifier.of("llm", "a", "b")
    #expect(id.count == 26)
    #expect(id.allSatisfy { "0123456789ABCDEFGHJKMNPQRSTVWXYZ".contains($0) })
    #expect(id == ImportedIdentifier.of("llm", "a", "b"))
    #expect(id != ImportedIdentifier.of("llm", "ab"))
    #expect(id != ImportedIdentifier.of("llm", "b", "a"))
  }

  @Test func thePromptFileSaysWhatWasAsked() throws {
    var answer = ImportedAnswer(
      id: "r", origin: RunOrigin(program: "llm"), model: .named("m", of: "llm"))
    answer.messages = [
      Message(role: .system, text: "---\nBe {{brief}}."), Message(role: .user, text: "  \\{{x}} "),
      Message(role: .assistant, text: "{{role \"user\"}}"), Message(role: .user, text: "And?"),
    ]
    answer.parameters.temperature = 0.5
    answer.text = "No."
    let run = answer.recorded(in: "s", at: 3).run
    let file = try PromptFile(parsing: run.promptText, name: "x.prompt")
    #expect(file.parameters.temperature == 0.5)
    let rendered = try file.template.render([:]).messages
    #expect(rendered.map(\.text) == answer.messages.map(\.text))
    #expect(rendered.map(\.role) == answer.messages.map(\.role))
  }

  @Test func whatNobodyTimedHasNoTimes() {
    var answer = ImportedAnswer(
      id: "r", origin: RunOrigin(program: "chatgpt"), model: .named("m", of: "chatgpt"))
    answer.text = "A"
    let untimed = RunFigures(of: answer.recorded(in: "s", at: 3).answer, cost: nil)
    #expect(untimed.firstActivity == nil)
    #expect(untimed.firstText == nil)
    answer.duration = 900
    let timed = RunFigures(of: answer.recorded(in: "s", at: 3).answer, cost: nil)
    #expect(timed.firstText == 900)
    #expect(timed.rate == nil)
  }

  @Test func anOriginIsKeptInFiles() throws {
    var answer = ImportedAnswer(
      id: "r",
      origin: RunOrigin(program: "llm", id: "01hx", details: ["cached": true, "cost": 0.5]),
      model: .named(nil, of: "llm"))
    answer.text = "A"
    let run = answer.recorded(in: "s", at: 3).run
    #expect(Run(json: run.json) == run)
    #expect(run.origin?.words == "llm 01hx: cached true, cost 0.5")
  }

  @Test(arguments: [
    ("1970-01-01T00:00:00Z", 0.0), ("2026-03-01T10:00:00.000Z", 1_772_359_200),
    ("2026-03-01 10:00:00.5+00:00", 1_772_359_200.5), ("2026-03-01T11:30:00+0130", 1_772_359_200),
    ("2024-02-29", 1_709_164_800), ("2026-03-01T10:00:00", 1_772_359_200),
    ("2026-03-01T10:00Z", 1_772_359_200),
  ])
  func timesAreRead(_ text: String, _ seconds: Double) {
    #expect(UniversalTime.seconds(text) == seconds)
  }

  @Test(arguments: [
    "", "now", "2026", "2026-13-01", "2026-03-01T", "2026-03-01T25:00:00Z", "2026-03-01T10:00:00.Z",
    "2026-03-01T10:00:00+1", "2026-03-01T10:00:00Zz", "-026-03-01", "2026-03-01x10:00",
  ])
  func whatIsNoTimeIsNone(_ text: String) {
    #expect(UniversalTime.seconds(text) == nil)
  }

  @Test func timesInMillisecondsAreKnownByTheirSize() {
    #expect(JSON.integer(1_700_000_000_000).importedTime == 1_700_000_000)
    #expect(JSON.number(1_700_000_000.5).importedTime == 1_700_000_000.5)
    #expect(JSON.string("1700000000").importedTime == 1_700_000_000)
    #expect(JSON.number(1e300).importedTime == nil)
    #expect(JSON.integer(-1).importedTime == nil)
  }
}
