import Core
import Evaluation
import Foundation
import Sessions
import Testing

// An evaluation that was made before a script begins, with times that are always the same.

/// What `# evaluation FILE` names: `{"name", "repeats", "variants": {name: prompt}, "cases": [{"id",
/// "description", "inputs", "expected", "tags"}], "cells": [[signs]]}`, a list of signs a case, one a
/// variant: `+` passes, `-` fails, `~` fails by half, `!` could not be measured, `.` was not asked; as
/// many as there are repeats. `"diagnoses": [{"variant", "failures": {id: [cause, knowledge, behaviour]}}]`
/// are a day apart, the last one being of today.
struct KeptEvaluation {
  private let json: JSON

  init(path: String) throws {
    json = try JSON(parsing: try String(contentsOfFile: path, encoding: .utf8))
  }

  func keep(in store: SessionStore) throws {
    let cases = try #require(json["cases"]?.array?.compactMap { EvaluationCase(json: $0) })
    let variants = try #require(json["variants"]?.object).members.map { member in
      EvaluationVariant(
        name: member.name, promptText: member.value.string ?? "",
        asked: Variant(.echo, context: .none))
    }
    let name = json["name"]?.string ?? "evaluation"
    let record = EvaluationRecord(
      id: "01EVALUATION0000000000000\(name.count % 10)", name: name, path: "/evals/\(name).yaml",
      startedAt: 1_700_000_000, datasetHash: DatasetHash.of(cases), cases: cases,
      variants: variants, repeatCount: json["repeats"]?.integer ?? 1)
    try store.begin(record, planHash: name)
    var answers: [KeptAnswer] = []
    var results: [StoredResult] = []
    for (testCase, row) in (json["cells"]?.array ?? []).enumerated() {
      for (variant, signs) in (row.array ?? []).enumerated() {
        for (time, sign) in (signs.string ?? "").enumerated() where sign != "." {
          let place = EvaluationPlan.Place(
            testCase: testCase, variant: variant, repetition: time + 1)
          let (result, answer) = try made(sign, at: place, cases[testCase], variants[variant])
          results.append(result)
          answer.map { answers.append($0) }
        }
      }
    }
    try store.keep(answers, results, of: record.id, at: 1_700_000_000)
    for (day, diagnosis) in (json["diagnoses"]?.array ?? []).enumerated() {
      try store.keep(
        DiagnosisReport(
          ground: .init(
            evaluation: record.id, file: record.path,
            variant: try #require(diagnosis["variant"]?.string), datasetHash: record.datasetHash),
          madeAt: 1_700_000_000 + Double(day) * 86_400, caseCount: cases.count,
          placements: try (diagnosis["failures"]?.object?.members ?? []).map { member in
            let words = (member.value.array ?? []).compactMap(\.string)
            try #require(words.count == 3)
            return Placement(
              caseID: member.name, cause: try #require(FailureCause(rawValue: words[0])),
              knowledge: KnowledgeNeed(rawValue: words[1]),
              behaviour: BehaviourNeed(rawValue: words[2]),
              evidence: [.retrieved: ExperimentTally(passed: 0, failed: 1)],
              sentence: "It is as it was planted.")
          }))
    }
  }

  private func made(
    _ sign: Character, at place: EvaluationPlan.Place, _ testCase: EvaluationCase,
    _ variant: EvaluationVariant
  ) throws -> (StoredResult, KeptAnswer?) {
    guard sign != "!" else {
      return (StoredResult(place, error: "The server is busy (429): it was asked 5 times."), nil)
    }
    let prompt = try PromptFile(parsing: variant.promptText, name: variant.name, partials: [:])
    let values = testCase.inputs.members.reduce(into: [:]) { $0[$1.name] = $1.value }
    let filled = try prompt.messages(values: values, passages: [])
    let request = CompletionRequest(
      model: .echo, messages: filled.messages, question: prompt.question(values: values))
    var answer = Answer(estimatedInputTokens: 12)
    let expected = testCase.expected?.string ?? ""
    answer.apply(.text(sign == "+" ? expected : "I don't know.\nAsk the shop."), at: 40)
    answer.apply(.finish(.stop), at: 120)
    let score = sign == "+" ? 1 : sign == "~" ? 0.5 : 0
    let contains = AssertionResult(
      type: "icontains", passed: sign == "+", score: sign == "+" ? 1 : 0,
      reason: sign == "+" ? "It holds '\(expected)'." : "It doesn't hold '\(expected)'.")
    let latency = AssertionResult(
      type: "latency", passed: true, score: 1, reason: "It took 120 ms of 1,000 ms.")
    let grade = Grade(
      passed: sign == "+", score: score,
      assertions: [contains] + (sign == "~" ? [latency] : []))
    return (
      StoredResult(place, request: request.exactHash, grade: grade),
      KeptAnswer(
        request: request, repetition: place.repetition, answer: answer, cost: nil)
    )
  }
}
