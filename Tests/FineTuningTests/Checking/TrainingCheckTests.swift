import Core
import FineTuning
import Testing

// The whole check: what lines are to each other, to other sets, and what is in them.

@Suite struct TrainingCheckTests {
  private func example(_ question: String, _ answer: String) -> TrainingExample {
    TrainingExample(messages: [
      TrainingMessage(role: "user", text: question),
      TrainingMessage(role: "assistant", text: answer),
    ])
  }

  /// Examples that are nothing like each other.
  private func different(_ count: Int) -> [TrainingExample] {
    let places = ["harbour", "mill", "orchard", "bakery", "museum", "library", "theatre"]
    let things = ["ladders", "lanterns", "carpets", "kettles", "maps"]
    return (0..<count).map { number in
      let place = places[number % 7]
      let thing = things[number / 7 % 5]
      return example(
        "How many \(thing) does the \(place) of district \(number) need before winter \(number * 3)?",
        "The \(place) in \(number) asks for \(number + 12) \(thing), \(number * 7) nails and a \(place) key."
      )
    }
  }

  private func check(
    _ examples: [TrainingExample], _ prepare: (inout TrainingCheck) -> Void = { _ in }
  ) -> CheckReport {
    var check = TrainingCheck()
    prepare(&check)
    for example in examples { check.take(Array(example.json.text.utf8)) }
    return check.finish()
  }

  private func lines(_ code: String, of report: CheckReport) -> [Int] {
    report.findings.filter { $0.code == code }.flatMap(\.kept).compactMap(\.line)
  }

  @Test func `a copy and a contradiction are told at the later line`() {
    var examples = different(60)
    #expect(check(examples).findings.isEmpty)
    examples.append(examples[20])
    examples.append(
      example(examples[5].input[0].text, "Nobody has counted them in the valley yet."))
    let report = check(examples)
    #expect(lines("duplicate", of: report) == [61])
    #expect(lines("contradiction", of: report) == [62])
    #expect(report.score.lines[.warning] == 2)
  }

  @Test func `what another set shares is told at the line that has it, with its own place`() throws
  {
    let examples = different(60)
    let report = check(examples) { check in
      check.compare(with: "valid.jsonl", group: .validation)
      check.takeCompared(ExampleFingerprint(example("Is it late?", "Yes.")), number: 1)
      check.takeCompared(ExampleFingerprint(examples[10]), number: 4)
      check.compare(with: "eval.yaml", word: "case", group: .evaluation)
      check.takeCompared(ExampleFingerprint(input: examples[30].input[0].text), number: 2)
      // A leak between the other two is told as well.
      check.takeCompared(ExampleFingerprint(example("Is it late?", "")), number: 3)
      // A copy in another set is not this set's business.
      check.takeCompared(ExampleFingerprint(input: "What is it?"), number: 5)
      check.takeCompared(ExampleFingerprint(input: "What is it?"), number: 6)
    }
    let leaks = try #require(report.findings.first { $0.code == "leak" })
    #expect(leaks.severity == .error)
    #expect(leaks.kept.map(\.line) == [nil, 11, 31])
    #expect(
      leaks.kept.map(\.sentence) == [
        "Case 3 of eval.yaml asks the same as line 1 of valid.jsonl.",
        "It asks the same as line 4 of valid.jsonl.", "It asks the same as case 2 of eval.yaml.",
      ])
    #expect(report.counts == ["leak": 3])
  }

  @Test func `of a case with several texts the gravest likeness is told, once`() throws {
    let examples = different(60)
    let report = check(examples) { check in
      check.compare(with: "eval.yaml", word: "case", group: .evaluation)
      let question = examples[30].input[0].text
      check.takeCompared(
        ExampleFingerprint(input: question + "\nin the shortest words"), number: 1)
      check.takeCompared(ExampleFingerprint(input: question), number: 1)
    }
    #expect(report.counts == ["leak": 1])
  }

  @Test func `a secret is told without saying it`() throws {
    let key = "sk-proj-" + "a8Fk29dLqPz71xYw3MnB5vCtR6uJ"
    var examples = different(60)
    examples[7] = example("Which key does the mill use?", "It is \(key), and it never changes.")
    let report = check(examples)
    let found = try #require(report.findings.first { $0.code == "secret-key" })
    #expect(found.severity == .error)
    #expect(found.kept.map(\.line) == [8])
    #expect(!report.text().joined().contains(key.suffix(8)))
    #expect(!report.json.text.contains(key.suffix(8)))
  }

  @Test func `answers are held against the others, or against a sample that is right`() {
    var examples = different(60)
    examples[3] = example("Who guards the lantern?", "I'm sorry, but I can't help with that.")
    let alone = check(examples)
    #expect(lines("refusal", of: alone) == [4])
    #expect(alone.drift.drifted == 1)
    // Where right answers are JSON, all of these are strangers.
    var sample = StyleProfile()
    for number in 0..<50 { sample.add(AnswerTraits("{\"count\": \(number), \"of\": \"kettles\"}")) }
    let against = check(examples) { $0.sample = sample }
    #expect(against.counts["drift-format"] == 60)
  }

  @Test func `the cookbook's rules look for nothing else`() {
    var examples = different(60)
    examples.append(examples[0])
    var check = TrainingCheck(settings: CheckSettings(rules: .cookbook))
    for example in examples { check.take(Array(example.json.text.utf8)) }
    #expect(check.finish().findings.isEmpty)
  }
}
