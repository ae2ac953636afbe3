import Core
import Evaluation
import Testing

@testable import Playground

@Suite struct EvaluationGridTests {
  private func texts(_ grid: EvaluationGrid, _ testCase: Int) -> [String] {
    grid.record.variants.indices.map {
      grid.cell(testCase, $0).text(repeatCount: grid.record.repeatCount)
    }
  }

  @Test func `a cell says by a sign what passed`() {
    let grid = EvaluationGrid(.sample([["+", "-", "~", "!", "."]]))
    #expect(texts(grid, 0) == ["✓", "✗", "✗ 0.50", "!", "·"])
  }

  @Test func `repeats are told as a share, and those that disagree are flaky`() {
    let grid = EvaluationGrid(.sample([["+++", "+-+", "---", "+!.", "..."]]))
    #expect(texts(grid, 0) == ["✓ 3/3", "± 2/3", "✗ 0/3", "✓ 1/1 !", "·"])
    #expect(grid.cell(0, 1).verdict == .flaky)
  }

  @Test func `a column counts what was measured, and what changed`() {
    let grid = EvaluationGrid(.sample([["+", "-"], ["-", "+"], ["-", "+"], ["!", "+"]]))
    #expect(grid.counts[0].passed == 1)
    #expect(grid.counts[0].measured == 3)
    #expect(grid.counts[0].unmeasured == 1)
    #expect((grid.counts[1].fixed, grid.counts[1].broken) == (2, 1))
    #expect(grid.counts[1].interval?.contains(0.75) == true)
  }

  @Test func `filters show the cases they say`() {
    var grid = EvaluationGrid(
      .sample([["++", "++"], ["--", "++"], ["++", "+-"], ["!!", "++"]]))
    grid.show(.failed)
    #expect(grid.rows == [1, 2])
    grid.show(.failed)
    #expect(grid.rows == [0, 1, 2, 3])
    grid.show(.flaky)
    #expect(grid.rows == [2])
    grid.show(.unmeasured)
    #expect(grid.rows == [3])
    grid.showAll()
    grid.showChanged()
    #expect(grid.rows == [1, 2])
    grid.showChanged()
    #expect(grid.filter == .fixed)
    #expect(grid.rows == [1])
    grid.showChanged()
    #expect(grid.rows == [2])
    grid.showAll()
    grid.showNextTag()
    #expect(grid.rows == [0, 2])
    grid.find("QUESTION 2")
    #expect(grid.rows == [2])
    grid.showAll()
    grid.toggleOrder()
    #expect(grid.rows == [1, 2, 0, 3])
  }

  @Test func `filters are about the variants that are marked`() {
    var grid = EvaluationGrid(.sample([["-", "+"], ["+", "-"]]))
    grid.toggleMark()
    grid.show(.failed)
    #expect(grid.rows == [0])
  }

  @Test func `results that come in time are taken, whatever else they name`() {
    let record = EvaluationRecord.sample([[".", "."], [".", "."]])
    var grid = EvaluationGrid(record)
    let results = ["+", "-"].compactMap { EvaluationResult.sample(Character($0), "case-1", "v1") }
    grid.take([
      PlacedResult(.init(testCase: 1, variant: 1, repetition: 1), results[0]),
      PlacedResult(.init(testCase: 7, variant: 1, repetition: 1), results[1]),
      PlacedResult(.init(testCase: 1, variant: 1, repetition: 9), results[1]),
      PlacedResult(.init(testCase: -1, variant: -1, repetition: 1), results[1]),
    ])
    #expect(grid.cell(1, 1).verdict == .passed)
    #expect(grid.counts.map(\.measured) == [0, 1])
  }

  @Test func `the selected case stays selected while rows come and go`() {
    var grid = EvaluationGrid(.sample([["+"], ["-"], ["-"]]))
    let room = Layout.gridRoom(size: Size(width: 105, height: 30), grid: grid)
    grid.select(2, column: 0, in: room)
    grid.show(.failed)
    #expect(grid.selectedCase == 2)
    grid.show(.unmeasured)
    #expect(grid.selectedCase == nil)
    #expect(grid.report.first?.text.contains("No case fits") == true)
  }

  @Test func `ten thousand cases are laid out as far as they are in sight`() {
    var grid = EvaluationGrid(.large(cases: 10_000, variants: 2))
    let room = Layout.gridRoom(size: Size(width: 60, height: 20), grid: grid)
    grid.select(9_999, column: 1, in: room)
    #expect(grid.top == 10_000 - room.rows.height)
    #expect(room.rows.height < 20)
  }

  @Test func `a report names the case, the verdict, the reasons and the answer`() {
    let grid = EvaluationGrid(.sample([["~"]]))
    let text = grid.report.map(\.text).joined(separator: "\n")
    for part in [
      "case-0", "✗ Failed", "contains 0.50: It is not there.", "of case-0", "question: Question 0?",
      "Answer",
    ] {
      #expect(text.contains(part), "\(part)")
    }
  }
}
