// Examples out of what the store has: rated and corrected runs, picks, evaluations; and that tests don't
// get in by the way.

import Core
import Evaluation
import FineTuning
import Testing

@testable import Sessions

@Suite struct ExampleCollectionTests {
  let folder: TemporaryFolder
  let store: SessionStore
  let session: Session
  let all: RunQuery
  let good: RunQuery

  init() throws {
    all = try RunQuery(line: "", now: 0)
    good = try RunQuery(line: "rating:good", now: 0)
    folder = try TemporaryFolder()
    store = try SessionStore(path: folder.file("sessions.sqlite"))
    session = try store.createSession(name: "refunds")
  }

  private func answer(_ text: String, _ finish: FinishReason = .stop) -> Answer {
    var answer = Answer()
    answer.apply(.text(text), at: 1)
    answer.apply(.finish(finish), at: 2)
    return answer
  }

  private func record(
    _ id: Identifier, asks question: String = "hello", _ text: String,
    finish: FinishReason = .stop, inputs: [String: String] = [:], origin: RunOrigin? = nil
  ) throws {
    var run = Run.sample(id, session: session.id)
    run.inputs = inputs
    run.origin = origin
    run.request.messages[1] = Message(role: .user, text: question)
    try store.record(RecordedRun(run: run, events: [], answer: answer(text, finish)))
  }

  private func collect(_ collection: ExampleCollection) throws -> CollectionReport {
    try store.collect(collection, into: "gold", at: 5, by: "ann")
  }

  @Test func `good answers become examples with their lineage, corrections in their place`() throws
  {
    try record("A", "first")
    try record("B", asks: "other", "second")
    try record("C", asks: "third", "cut", finish: .length)
    try record("D", asks: "fourth", "bad")
    for id in ["A", "B", "C"] { try store.rate(id, .good) }
    try store.correct("B", Correction(text: "better", madeAt: 3))
    let report = try collect(.runs(good))
    #expect(report.appended.added == 2 && report.losses == [.unfinished: 1])
    let examples = try store.examples(of: "gold")
    #expect(examples.map(\.example.answer[0].text) == ["first", "better"])
    #expect(examples[0].lineage.source == .run("A", session: "refunds"))
    #expect(examples[0].lineage.model == "ollama/llama3.2:3b")
    #expect(
      examples[0].lineage.promptVersion
        == ContentHash.of(Run.sample("A", session: "s").promptText))
    #expect(examples[1].lineage.source == .correction(run: "B", session: "refunds"))
    #expect(examples[1].lineage.editor == "ann" && examples[0].lineage.editor == nil)
    // Once more brings nothing twice.
    #expect(try collect(.runs(good)).appended.duplicates == 2)
    #expect(try store.trainingSet("gold").count == 2)
  }

  @Test func `corrections become supervised examples, pairs or both`() throws {
    try record("A", "first")
    try record("B", asks: "other", "second")
    try store.correct("A", Correction(text: "better", madeAt: 3))
    try store.correct("A", Correction(text: "best", madeAt: 4))
    #expect(try collect(.corrections(all, as: .both)).appended.added == 2)
    let examples = try store.examples(of: "gold")
    #expect(examples.map(\.example.answer[0].text) == ["best", "best"])
    #expect(examples.map { $0.example.rejected?[0].text } == [nil, "first"])
    #expect(try store.numbers(of: "gold", "is:preference source:correction") == [2])
  }

  @Test func `picks become pairs where both answers are to the same request`() throws {
    try record("A", "one")
    try record("B", "two")
    try record("C", asks: "another", "three")
    func side(_ id: Identifier) -> Preference.Side {
      Preference.Side(run: id, variant: Variant(ModelReference(provider: "p", model: "m")))
    }
    let judge = Preference.Judge.model(ModelReference(provider: "j", model: "j"), rubric: "r")
    try store.add(
      [
        Preference(first: side("A"), second: side("B"), outcome: .second),
        Preference(first: side("A"), second: side("C"), outcome: .first),
        Preference(first: side("B"), second: side("A"), outcome: .tie),
        Preference(first: side("A"), second: side("gone"), outcome: .first),
        Preference(first: side("A"), second: side("B"), outcome: .first, judge: judge),
        Preference(
          first: side("A"), second: side("B"), outcome: .first, judge: judge, isConsistent: false),
      ], at: 6)
    let report = try collect(.preferences(all, byModels: false))
    #expect(report.appended.added == 1)
    #expect(report.losses == [.otherRequests: 1, .noPreference: 1, .runMissing: 1])
    let pair = try store.trainingExample(set: "gold", number: 1)
    #expect(pair.example.answer[0].text == "two" && pair.example.rejected?[0].text == "one")
    #expect(
      pair.lineage.source == .preference(preferred: "B", rejected: "A", session: "refunds"))
    let judged = try collect(.preferences(all, byModels: true))
    #expect(judged.appended.added == 1 && judged.losses[.noPreference] == 2)
  }

  // MARK: Evaluations

  /// An evaluation of two cases and two variants, of which the strong one passes both.
  private func makeEvaluation() throws -> Identifier {
    let model = ModelReference(provider: "p", model: "m")
    let cases = ["one", "two"].map { name in
      EvaluationCase(id: name, inputs: ["n": .string(name), "count": 3])
    }
    let variants = ["weak", "strong"].map {
      EvaluationVariant(name: $0, promptText: "say {{n}}", asked: Variant(model))
    }
    let record = EvaluationRecord(
      id: "E1", name: "gate", startedAt: 1, datasetHash: "d", cases: cases, variants: variants,
      repeatCount: 1)
    try store.begin(record, planHash: "p")
    var kept: [KeptAnswer] = []
    var results: [StoredResult] = []
    for (testCase, name) in ["one", "two"].enumerated() {
      for (variant, who) in ["weak", "strong"].enumerated() {
        let request = CompletionRequest(
          model: model, messages: [Message(role: .user, text: "\(who), say \(name)")])
        let one = KeptAnswer(
          request: request, repetition: 1, answer: answer("\(name) by \(who)"), cost: nil)
        kept.append(one)
        let passed = who == "strong" || name == "one"
        results.append(
          StoredResult(
            .init(testCase: testCase, variant: variant, repetition: 1), request: one.hash,
            grade: Grade(passed: passed, score: passed ? 1 : 0, assertions: [])))
      }
    }
    try store.keep(kept, results, of: "E1", at: 2)
    try store.end("E1", at: 3)
    return "E1"
  }

  @Test func `what a run asks that a test asks is left out, and told`() throws {
    _ = try makeEvaluation()
    try record("A", "x", inputs: ["n": "one", "count": "3"])
    try record("B", asks: "b", "y", inputs: ["n": "three", "count": "3"])
    try record(
      "C", asks: "c", "z", origin: RunOrigin(program: "whet eval", id: "one"))
    for id in ["A", "B", "C"] {
      try store.rate(id, .good)
      try store.correct(id, Correction(text: "corrected \(id)", madeAt: 3))
    }
    for collection in [
      ExampleCollection.runs(good), .corrections(all, as: .supervised),
      .corrections(all, as: .pairs),
    ] {
      let report = try collect(collection)
      #expect(report.losses == [.evaluationCase: 2])
    }
    let examples = try store.examples(of: "gold")
    #expect(examples.allSatisfy { $0.example.answer[0].text == "corrected B" })
  }

  @Test func `an evaluation that is named gives its passed answers, and they are marked`() throws {
    let id = try makeEvaluation()
    #expect(try collect(.evaluation(id, variant: nil, failedBy: nil)).appended.added == 3)
    let examples = try store.examples(of: "gold", "source:evaluation")
    #expect(
      examples.map(\.example.answer[0].text) == ["one by weak", "one by strong", "two by strong"])
    #expect(
      examples[0].lineage.source == .evaluation(id: id, caseName: "one", variant: "weak"))
    // A stronger model's answers, where the weak one failed.
    let report = try store.collect(
      .evaluation("E", variant: "strong", failedBy: "weak"), into: "help", at: 5)
    #expect(report.appended.added == 1)
    #expect(try store.examples(of: "help").map(\.example.answer[0].text) == ["two by strong"])
    #expect(
      sessionError {
        try store.collect(.evaluation("X", variant: nil, failedBy: nil), into: "a", at: 1)
      }
        == .noEvaluation(id: "X"))
    #expect(
      sessionError {
        try store.collect(.evaluation(id, variant: "none", failedBy: nil), into: "a", at: 1)
      } == .noVariant(named: "none", evaluation: id, variants: ["weak", "strong"]))
    #expect(try store.trainingSets().map(\.name) == ["gold", "help"])
  }
}
