import Core
import Evaluation
import Testing

@Suite struct PairedVerdictTests {
  /// An evaluation in which variants pass the cases that they are given, each asked so often.
  private func record(
    _ count: Int, _ passing: [String: (Int) -> Bool], repeats: Int = 1, hash: String = "a"
  ) -> EvaluationRecord {
    let cases = (0..<count).map { EvaluationCase(id: "case-\($0)", inputs: [:]) }
    var record = EvaluationRecord(
      id: "E", name: "test", startedAt: 0, datasetHash: hash, cases: cases,
      variants: passing.keys.sorted().map {
        EvaluationVariant(name: $0, promptText: "", asked: Variant(.echo))
      }, repeatCount: repeats)
    for (name, passes) in passing {
      for number in 0..<count {
        for repetition in 1...repeats {
          let score = passes(number) ? 1.0 : 0
          record.results.append(
            EvaluationResult(
              caseID: "case-\(number)", variant: name, repetition: repetition,
              grade: Grade(passed: passes(number), score: score, assertions: [])))
        }
      }
    }
    return record
  }

  @Test func `many more passes are better, many fewer worse`() throws {
    let record = record(100, ["a": { $0 < 40 }, "b": { $0 < 70 }])
    let better = try PairedVerdict(of: "b", in: record, against: "a")
    #expect(better.kind == .better)
    #expect(better.gained.count == 30)
    #expect(better.lost.isEmpty)
    #expect(better.sentence.hasPrefix("better by 30 points ("))
    let worse = try PairedVerdict(of: "a", in: record, against: "b")
    #expect(worse.kind == .worse)
    #expect(worse.sentence.hasPrefix("worse by 30 points ("))
  }

  @Test func `a few more passes tell nothing yet, but how many cases would`() throws {
    let record = record(40, ["a": { $0 < 20 }, "b": { $0 < 22 }])
    let verdict = try PairedVerdict(of: "b", in: record, against: "a")
    guard case .cannotTell(let more?) = verdict.kind else {
      Issue.record("\(verdict.kind)")
      return
    }
    #expect(more > 0)
    #expect(verdict.sentence.contains("more cases needed"))
    let same = try PairedVerdict(of: "a", in: record, against: "a")
    #expect(same.kind == .cannotTell(moreCases: nil))
  }

  @Test func `repeats of a case are no further cases`() throws {
    let once = record(6, ["a": { $0 < 1 }, "b": { $0 < 5 }])
    let often = record(6, ["a": { $0 < 1 }, "b": { $0 < 5 }], repeats: 50)
    #expect(try PairedVerdict(of: "b", in: once, against: "a").kind != .better)
    #expect(try PairedVerdict(of: "b", in: often, against: "a").kind != .better)
    #expect(try PairedVerdict(of: "b", in: often, against: "a").cases == 6)
  }

  @Test func `a changed dataset is no ground to compare on`() {
    let (one, other) = (
      record(10, ["a": { _ in true }]), record(10, ["a": { _ in true }], hash: "b")
    )
    #expect(throws: ComparisonRefusal.self) {
      try PairedVerdict(of: "a", in: one, against: "a", in: other)
    }
    #expect(throws: ComparisonRefusal.self) { try Ladder([one, other]) }
  }

  @Test func `what could not be measured counts for neither`() throws {
    var record = record(30, ["a": { _ in false }, "b": { $0 < 20 }])
    for index in record.results.indices where record.results[index].caseID == "case-3" {
      record.results[index].grade = nil
      record.results[index].error = "The server was busy."
    }
    let verdict = try PairedVerdict(of: "b", in: record, against: "a")
    #expect(verdict.cases == 29)
    let figures = VariantFigures(of: "b", in: record)
    #expect(figures.unmeasured == 1)
    #expect(figures.passed == 19)
    #expect(figures.measured == 29)
  }

  @Test func `a gate fails what is worse, and can't decide on what is missing`() throws {
    let record = record(100, ["a": { $0 < 70 }, "b": { $0 < 40 }, "c": { $0 < 71 }])
    func decision(_ name: String, _ rule: FailureRule) throws -> Int32 {
      Gate(rule).decision(
        on: VariantFigures(of: name, in: record),
        verdict: try PairedVerdict(of: name, in: record, against: "a"),
        baseline: VariantFigures(of: "a", in: record)
      ).exitStatus
    }
    #expect(try decision("b", .worse) == 1)
    #expect(try decision("c", .worse) == 0)
    #expect(try decision("c", .notBetter) == 1)
    #expect(try decision("c", .below(0.8)) == 1)
    #expect(try decision("c", .below(0.7)) == 0)
    var broken = record
    broken.results = broken.results.map { result in
      var result = result
      if result.caseID.hasSuffix("1") { result.grade = nil }
      return result
    }
    #expect(
      Gate(.worse).decision(
        on: VariantFigures(of: "b", in: broken), verdict: nil, baseline: nil
      ).exitStatus == 3)
    #expect(FailureRule("below:1.2") == nil)
    #expect(FailureRule("below:0.8") == .below(0.8))
  }

  @Test func `figures of repeats are by case`() {
    let record = record(10, ["a": { $0 < 5 }], repeats: 4)
    let figures = VariantFigures(of: "a", in: record)
    #expect(figures.passRate?.mean == 0.5)
    #expect(figures.allPass.count == 4)
    #expect(figures.allPass.allSatisfy { $0 == 0.5 })
    let alone = VariantFigures(of: "a", in: self.record(10, ["a": { $0 < 5 }]))
    let width = { (one: VariantFigures) in
      (one.passRate?.interval.upperBound ?? 0) - (one.passRate?.interval.lowerBound ?? 0)
    }
    #expect(width(figures) > width(alone) * 0.9)
  }

  @Test func `a ladder puts steps in their order, beside the first and the one before`() throws {
    var record = record(60, ["x": { $0 < 20 }, "y": { $0 < 50 }, "z": { $0 < 35 }])
    record.variants[0].kind = "baseline"
    record.variants[1].kind = "combined"
    record.variants[2].kind = "few-shot"
    let ladder = try Ladder([record])
    #expect(ladder.rows.map(\.name) == ["x", "z", "y"])
    #expect(ladder.rows[0].overBaseline == nil)
    #expect(ladder.rows[2].overPrevious?.baseline == "z")
    #expect(ladder.rows[2].overBaseline?.kind == .better)
    let rows = LadderChart(ladder).rows(width: 100)
    #expect(rows.count == 4)
    #expect(rows.allSatisfy { row in DisplayText.width(of: row.map(\.text).joined()) <= 100 })
    #expect(rows[2].contains { $0.role == .better })
  }
}
