// Training examples for the tests of the store.

import Core
import FineTuning

@testable import Sessions

extension TrainingExample {
  static func sample(_ question: String, _ answer: String, system: String? = nil) -> Self {
    var messages = [
      TrainingMessage(role: "user", text: question),
      TrainingMessage(role: "assistant", text: answer),
    ]
    if let system { messages.insert(TrainingMessage(role: "system", text: system), at: 0) }
    return TrainingExample(messages: messages)
  }
}

extension IncomingExample {
  /// The question and answer of a number; from a line of a file.
  static func numbered(_ number: Int, state: ExampleState = .pending) -> Self {
    IncomingExample(
      .sample("question \(number)", "answer \(number)"),
      lineage: ExampleLineage(source: .file("gold.jsonl", line: number), addedAt: 1000),
      state: state)
  }
}

extension SessionStore {
  @discardableResult
  func add(_ examples: [IncomingExample], to name: String) throws -> AppendReport {
    var left = examples[...]
    return try appendExamples(to: name) { left.popFirst() }
  }

  func examples(of name: String, _ filter: String = "") throws -> [StoredExample] {
    var all: [StoredExample] = []
    try forEachExample(set: name, filter: try ExampleFilter(filter)) {
      all.append($0)
      return true
    }
    return all
  }

  func numbers(of name: String, _ filter: String) throws -> [Int] {
    try exampleWindow(set: name, filter: try ExampleFilter(filter), offset: 0, limit: 10_000)
      .rows.map(\.number)
  }

  /// A set of four examples, one of which was approved.
  func makeSampleSet() throws {
    try add((1...4).map { .numbered($0) }, to: "gold")
    try perform(CurationAction(.filter("number:2"), .setState(.approved)), on: "gold")
  }
}
