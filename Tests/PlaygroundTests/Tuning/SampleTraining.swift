import Core
import FineTuning

@testable import Playground

// Training sets to try things on.

extension StoredExample {
  static func sample(_ number: Int, state: ExampleState = .pending) -> StoredExample {
    StoredExample(
      number: number,
      example: TrainingExample(messages: [
        TrainingMessage(role: "system", text: "Be brief."),
        TrainingMessage(role: "user", text: "Question \(number)?"),
        TrainingMessage(
          role: "assistant",
          text: (0..<60).map { "line \($0) of answer \(number)" }.joined(separator: "\n")),
      ]), state: state, tags: ["sample"],
      lineage: ExampleLineage(source: .file("a.jsonl", line: number), addedAt: 0), tokens: 300)
  }

  var row: ExampleRow {
    ExampleRow(
      number: number, state: state, tags: tags, question: example.input.last?.text ?? "",
      answer: "line 0", tokens: tokens, isPreference: false)
  }
}

extension ExampleWindow {
  /// What a store with so many examples answers.
  static func sample(_ question: ExampleQuestion, of count: Int) -> ExampleWindow {
    let end = min(count, question.offset + question.limit)
    return ExampleWindow(
      count: count, isComplete: true, offset: question.offset,
      rows: question.offset < end
        ? (question.offset..<end).map { StoredExample.sample($0 + 1).row } : [])
  }
}

extension [Effect] {
  /// The question for rows among them; nil for none.
  var question: ExampleQuestion? {
    for case .training(.window(let question)) in self { return question }
    return nil
  }
}

extension State {
  /// A playground that looks through a set.
  static func browsing(
    _ count: Int = 1000, size: Size = Size(width: 105, height: 30)
  ) -> State {
    var state = State.settled(size: size)
    state.press("alt-T")
    let summary = TrainingSetSummary(
      name: "support", count: count, approved: 2, rejected: 1, tokens: 300 * count, changedAt: 0)
    _ = update(&state, .training(.sets([summary])))
    state.answer(state.press("enter"), of: count)
    return state
  }

  /// Answers what was asked for as a store would.
  mutating func answer(_ effects: [Effect], of count: Int = 1000) {
    var effects = effects
    while !effects.isEmpty {
      var next: [Effect] = []
      for case .training(let request) in effects {
        switch request {
        case .window(let question):
          next += update(
            &self,
            .training(.window(.sample(question, of: count), number: question.number)))
        case .example(let set, let number):
          next += update(&self, .training(.example(set: set, .sample(number))))
        default: break
        }
      }
      effects = next
    }
  }

  /// A page about training sets in the middle of everything.
  static func training(_ scope: Scope) -> State {
    var state = State.browsing()
    switch scope {
    case .trainingSets:
      state.press("escape")
      let rows = (0..<60).map {
        TrainingSetSummary(
          name: "set-\($0)", count: 10, approved: 1, rejected: 1, tokens: 100, changedAt: 0)
      }
      _ = update(&state, .training(.sets(rows)))
      state.selectTrainingSet(30)
    case .findings:
      var check = TrainingCheck()
      for _ in 0..<60 { check.take(Array("{}".utf8)) }
      _ = update(&state, .training(.checked(set: "support", check.finish())))
      state.selectFinding(30)
    default:
      state.selectExample(500)
      state.answer(state.lookAtExamples())
      state.press("J J")
    }
    return state
  }
}
