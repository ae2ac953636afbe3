import Core
import Evaluation

@testable import Playground

// Evaluations to try things on.

extension EvaluationRecord {
  /// Cases with variants, and what came of each: by case, then variant, a sign for each time it was
  /// asked. `+` passes, `-` fails, `~` fails with half the score, `!` could not be measured, `.` was not
  /// asked.
  static func sample(_ rows: [[String]], id: String = "e1") -> EvaluationRecord {
    let repeats = rows.first?.first?.count ?? 1
    var record = EvaluationRecord(
      id: id, name: "sample", path: "/evals/sample.yaml", startedAt: 1000, datasetHash: "hash",
      cases: rows.indices.map { place in
        EvaluationCase(
          id: "case-\(place)", inputs: ["question": .string("Question \(place)?")],
          expected: "Answer", tags: place % 2 == 0 ? ["even"] : ["odd"])
      },
      variants: (rows.first ?? []).indices.map { place in
        EvaluationVariant(
          name: "v\(place)", promptText: "Prompt \(place): {{question}}",
          asked: Variant(.sample(place), context: .none))
      }, repeatCount: repeats)
    record.results = rows.enumerated().flatMap { testCase, cells in
      cells.enumerated().flatMap { variant, signs in
        signs.enumerated().compactMap { time, sign in
          .sample(sign, record.cases[testCase].id, record.variants[variant].name, time + 1)
        }
      }
    }
    return record
  }

  /// A larger one than there is room for, with something for each filter.
  static func large(cases: Int = 100, variants: Int = 8) -> EvaluationRecord {
    sample(
      (0..<cases).map { place in
        (0..<variants).map { ["++", "+-", "--", "!!", "~~"][(place * 3 + $0) % 5] }
      })
  }
}

extension EvaluationResult {
  static func sample(
    _ sign: Character, _ testCase: String, _ variant: String, _ repetition: Int = 1
  ) -> EvaluationResult? {
    var result = EvaluationResult(
      caseID: testCase, variant: variant, repetition: repetition,
      output: "Line\n" + String(repeating: "word ", count: 300) + "of \(testCase)",
      finishReason: .stop)
    func grade(_ passed: Bool, _ score: Double) -> Grade {
      let reason = passed ? "It is there." : "It is not there."
      return Grade(
        passed: passed, score: score,
        assertions: [
          AssertionResult(type: "contains", passed: passed, score: score, reason: reason)
        ])
    }
    switch sign {
    case "+": result.grade = grade(true, 1)
    case "-": result.grade = grade(false, 0)
    case "~": result.grade = grade(false, 0.5)
    case "!":
      result.error = "The server said no."
      result.output = ""
      result.finishReason = nil
    default: return nil
    }
    return result
  }
}

extension State {
  /// A playground with an evaluation's grid open.
  static func inGrid(
    _ record: EvaluationRecord, size: Size = Size(width: 105, height: 30)
  ) -> State {
    var state = State.settled(size: size)
    let row = EvaluationRow(EvaluationSummary(record), started: "today")
    _ = update(&state, .input(.key(Key("E", .alt))))
    _ = update(&state, .evaluations(.listed([row])))
    _ = update(&state, .input(.key(Key(.enter))))
    _ = update(&state, .evaluations(.read(record)))
    return state
  }

  /// A page about evaluations in the middle of everything.
  static func evaluating(_ scope: Scope) -> State {
    let record = EvaluationRecord.large()
    var state = State.inGrid(record)
    state.evaluations.running = RunningEvaluation(
      id: record.id, name: "sample", progress: EvaluationProgress(total: 10))
    switch scope {
    case .evaluations:
      state.press("escape")
      let rows = (0..<60).map { place in
        var summary = EvaluationSummary(record)
        summary.id = "e\(place)"
        return EvaluationRow(summary, started: "today")
      }
      _ = update(&state, .evaluations(.listed(rows)))
      state.selectEvaluation(30)
    case .evaluationPlan:
      var plan = EvaluationPlan(name: "p", cases: record.cases, variants: record.variants)
      plan.omissions = (0..<60).map { "Thing \($0) is not carried out." }
      state.evaluations.running = nil
      _ = update(&state, .evaluations(.planned(plan)))
      state.press("down down")
    case .ladder:
      let record = EvaluationRecord.sample(
        Array(repeating: Array(repeating: "+", count: 30), count: 2))
      if let ladder = try? Ladder([record]) { _ = update(&state, .evaluations(.ladder(ladder))) }
      state.press("down down")
    case .map:
      let placements = (0..<60).map { number in
        Placement(
          caseID: "case-\(number)", cause: .notRetrieved, knowledge: .notRetrieved,
          behaviour: .actsRight, evidence: [:], sentence: "It was not found.")
      }
      let report = DiagnosisReport(
        ground: DiagnosisReport.Ground(
          evaluation: "e", file: "eval.yaml", variant: "a", datasetHash: "h"),
        madeAt: 0, caseCount: 100, placements: placements)
      let page = MapPage(report, map: DiagnosisMap(report) { _ in "today" })
      _ = update(&state, .evaluations(.map(page)))
      state.press("down down")
    default:
      state.evaluations.grid?.find("case")
      state.selectCell(51, 3)
      state.press("J J")
    }
    return state
  }
}

extension EvaluationSummary {
  init(_ record: EvaluationRecord) {
    let graded = record.results.compactMap(\.grade)
    self.init(
      id: record.id, name: record.name, startedAt: record.startedAt,
      datasetHash: record.datasetHash, variants: record.variants.map(\.name),
      total: record.cellCount, graded: graded.count, passed: graded.count { $0.passed },
      unmeasured: record.results.count - graded.count)
  }
}
