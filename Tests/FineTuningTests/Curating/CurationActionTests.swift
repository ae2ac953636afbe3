// Actions as values: what each makes of an example, and how they are written down.

import Core
import FineTuning
import Testing

@Suite struct CurationActionTests {
  private static let stored = StoredExample(
    number: 3,
    example: TrainingExample(messages: [
      TrainingMessage(role: "developer", text: "old"),
      TrainingMessage(role: "user", text: "say cat"),
      TrainingMessage(role: "assistant", text: "a cat"),
      TrainingMessage(role: "user", text: "again, cat"),
      TrainingMessage(
        role: "assistant",
        content: [["type": "text", "text": "cat, cat"], ["type": "refusal", "refusal": "cat"]]),
    ]), tags: ["b"],
    lineage: ExampleLineage(source: .file("f", line: 1), addedAt: 1), tokens: 10)

  @Test func `a text is replaced in what assistants say, and nowhere else`() throws {
    let changed = try #require(
      Self.stored.applying(.replaceInAnswers("cat", with: "dog"), by: "ann"))
    #expect(
      changed.example.messages.map(\.text) == ["old", "say cat", "a dog", "again, cat", "dog, dog"])
    #expect(changed.example.answer[0].content?[1]?["refusal"] == "cat")
    #expect(changed.lineage.editor == "ann")
    #expect(changed.tokens == changed.example.tokenEstimate)
    #expect(changed.example.hash != Self.stored.example.hash)
    #expect(Self.stored.applying(.replaceInAnswers("horse", with: "dog"), by: "ann") == nil)
    #expect(Self.stored.applying(.replaceInAnswers("", with: "dog"), by: "ann") == nil)
  }

  @Test func `a preference's other side stays as it was`() throws {
    var pair = Self.stored
    pair.example.rejected = [TrainingMessage(role: "assistant", text: "no cat")]
    let changed = try #require(pair.applying(.replaceInAnswers("cat", with: "dog"), by: nil))
    #expect(changed.example.rejected?[0].text == "no cat")
    #expect(changed.lineage.editor == nil)
  }

  @Test func `the system's turn is set, made and taken away`() throws {
    let set = try #require(Self.stored.applying(.setSystem("new"), by: nil))
    #expect(set.example.input.map(\.role).first == "developer")
    #expect(set.example.input[0].text == "new" && set.example.input.count == 4)
    let without = try #require(set.applying(.setSystem(""), by: nil))
    #expect(without.example.input.map(\.role) == ["user", "assistant", "user"])
    let made = try #require(without.applying(.setSystem("x"), by: nil))
    #expect(made.example.input[0] == TrainingMessage(role: "system", text: "x"))
    #expect(made.applying(.setSystem("x"), by: nil) == nil)
  }

  @Test func `tags are in the order of the alphabet, each once`() throws {
    let tagged = try #require(Self.stored.applying(.addTag("a"), by: "ann"))
    #expect(tagged.tags == ["a", "b"] && tagged.lineage.editor == nil)
    #expect(tagged.applying(.addTag("b"), by: nil) == nil)
    #expect(try #require(tagged.applying(.removeTag("b"), by: nil)).tags == ["a"])
    #expect(tagged.applying(.removeTag("c"), by: nil) == nil)
    #expect(Self.stored.applying(.setState(.pending), by: nil) == nil)
  }

  private static let actions = [
    CurationAction(.filter("state:pending \"x\""), .setState(.approved)),
    CurationAction(.examples(["a", "b"]), .addTag("t")),
    CurationAction(.filter(""), .removeTag("t")),
    CurationAction(.examples(["a"]), .edit(to: stored.example)),
    CurationAction(.filter("x"), .replaceInAnswers("a\n", with: "")),
    CurationAction(.filter("x"), .setSystem("")),
  ]

  @Test func `actions and lineages come back from their JSON`() throws {
    for action in Self.actions {
      #expect(CurationAction(json: try JSON(parsing: action.json.text)) == action)
    }
    let sources: [ExampleLineage.Source] = [
      .run("R", session: "s"), .correction(run: "R", session: ""),
      .preference(preferred: "A", rejected: "B", session: "s"),
      .evaluation(id: "E", caseName: "c", variant: "v"), .file("f.jsonl", line: 3),
    ]
    for source in sources {
      for lineage in [
        ExampleLineage(source: source, addedAt: 1.5),
        ExampleLineage(
          source: source, promptVersion: "abc", model: "m/n", editor: "ann", addedAt: 2),
      ] {
        #expect(ExampleLineage(json: try JSON(parsing: lineage.json.text)) == lineage)
      }
    }
  }

  @Test(arguments: [
    "{}", "[]", #"{"filter":"x"}"#, #"{"state":"approved"}"#, #"{"filter":"x","state":"good"}"#,
    #"{"filter":"x","state":"approved","tag":"t"}"#, #"{"filter":"x","examples":[],"tag":"t"}"#,
    #"{"examples":[1],"tag":"t"}"#, #"{"filter":"x","edit":{"messages":3}}"#,
    #"{"filter":"x","replace":"a"}"#,
  ])
  func `what is no action is none`(text: String) throws {
    #expect(CurationAction(json: try JSON(parsing: text)) == nil)
  }

  @Test func `a log is read back without what was undone, and refused whole where a line is wrong`()
    throws
  {
    let lines = Self.actions.enumerated().map { place, action in
      LoggedAction(
        number: place + 1, action: action, editor: "ann", madeAt: 1, affected: 2,
        standing: place == 1 ? .undone : place == 2 ? .dropped : .done
      ).json.text
    }
    let read = try CurationAction.read(log: lines.joined(separator: "\n") + "\n\n")
    #expect(read == [Self.actions[0]] + Self.actions[3...])
    for (line, number) in [("{", 7), (#"{"action":{}}"#, 7), (#"{"filter":"(","tag":"x"}"#, 7)] {
      do {
        _ = try CurationAction.read(log: (lines + [line]).joined(separator: "\n"))
        Issue.record("\(line) was read")
      } catch {
        #expect(error.line == number)
      }
    }
    #expect(try CurationAction.read(log: #"{"filter":"x","tag":"t"}"#).count == 1)
  }
}
