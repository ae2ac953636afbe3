import Core
import Evaluation

// An evaluation as a grid: cases down, variants across. Which rows are shown follows from a filter, a
// tag, a text and an order.

/// Cases × variants, with a selected cell.
public struct EvaluationGrid: Hashable, Sendable {
  /// Its results are in the grid's own places.
  public let record: EvaluationRecord
  private var results: [EvaluationResult?]
  private var cells: [GridCell]
  public private(set) var counts: [VariantCounts]

  /// Whether variants are better than the baseline, as far as that was worked out.
  public private(set) var verdicts: [PairedVerdict?]
  /// The variant that the others are compared with.
  public private(set) var baseline = 0
  /// Variants that are opened together, and that filters are about; with none, all are.
  public private(set) var marked: Set<Int> = []
  public private(set) var filter = GridFilter.all
  public private(set) var tag: String?
  public private(set) var text = ""
  public private(set) var sortsByFailures = false

  /// The places of the cases that are shown.
  public private(set) var rows: [Int]
  /// Among `rows`.
  public private(set) var selection = 0
  /// The selected variant.
  public private(set) var column = 0
  /// The first row and the first variant in sight.
  public private(set) var top = 0
  public private(set) var left = 0
  /// Whether the panel of the selected cell takes the room of the grid.
  public internal(set) var showsPanel = false
  public internal(set) var panelTop = 0

  public init(_ record: EvaluationRecord) {
    var bare = record
    bare.results = []
    self.record = bare
    let repeats = max(1, record.repeatCount)
    results = Array(repeating: nil, count: record.cases.count * record.variants.count * repeats)
    cells = Array(repeating: GridCell([]), count: record.cases.count * record.variants.count)
    counts = Array(repeating: VariantCounts(), count: record.variants.count)
    verdicts = Array(repeating: nil, count: record.variants.count)
    rows = Array(record.cases.indices)
    take(record.placedResults)
  }

  private var repeats: Int { max(1, record.repeatCount) }

  public func cell(_ testCase: Int, _ variant: Int) -> GridCell {
    cells[testCase * record.variants.count + variant]
  }

  /// What came of a cell, by the times that it was asked.
  public func results(_ testCase: Int, _ variant: Int) -> [EvaluationResult?] {
    let start = (testCase * record.variants.count + variant) * repeats
    return Array(results[start..<start + repeats])
  }

  /// The place of the selected case; nil where none is shown.
  public var selectedCase: Int? { rows.indices.contains(selection) ? rows[selection] : nil }

  /// Takes in what came of some cells, and shows the rows that follow.
  mutating func take(_ news: [PlacedResult]) {
    for placed in news {
      let place = placed.place
      guard record.cases.indices.contains(place.testCase),
        record.variants.indices.contains(place.variant), 1...repeats ~= place.repetition
      else { continue }
      let cell = place.testCase * record.variants.count + place.variant
      results[cell * repeats + place.repetition - 1] = placed.result
      cells[cell] = GridCell(results[cell * repeats..<(cell + 1) * repeats])
    }
    count()
    showRows()
  }

  private mutating func count() {
    for variant in record.variants.indices {
      var sum = VariantCounts()
      var clusters: [(count: Int, total: Int)] = []
      for testCase in record.cases.indices {
        let cell = cell(testCase, variant)
        sum.passed += cell.passed
        sum.measured += cell.measured
        sum.unmeasured += cell.unmeasured
        clusters.append((cell.passed, cell.measured))
        guard variant != baseline else { continue }
        switch cell.change(from: self.cell(testCase, baseline)) {
        case .fixed: sum.fixed += 1
        case .broken: sum.broken += 1
        case nil: break
        }
      }
      if sum.measured > 0 { sum.interval = ProportionInterval.wilson(clusters: clusters) }
      counts[variant] = sum
    }
  }

  // MARK: Verdicts

  /// What is to be compared; nil where there is nothing to compare, or nothing was measured.
  var comparing: VariantComparing? {
    guard record.variants.count > 1, counts.contains(where: { $0.measured > 0 }) else { return nil }
    var record = record
    record.results = results.compactMap { $0 }
    return VariantComparing(record, baseline: baseline)
  }

  mutating func take(_ compared: ComparedVariants) {
    guard compared.evaluation == record.id, compared.baseline == baseline,
      compared.verdicts.count == verdicts.count
    else { return }
    verdicts = compared.verdicts
  }

  // MARK: Rows

  /// The tags that cases have, in the order of the alphabet.
  var tags: [String] { Set(record.cases.flatMap(\.tags)).sorted() }

  /// Shows a filter's cases; the same once more shows all.
  mutating func show(_ filter: GridFilter) {
    self.filter = self.filter == filter ? .all : filter
    showRows()
  }

  /// From all to those that changed, that were fixed, that were broken.
  mutating func showChanged() {
    let next: [GridFilter: GridFilter] = [.changed: .fixed, .fixed: .broken, .broken: .all]
    filter = next[filter] ?? .changed
    showRows()
  }

  /// The cases of the next tag; after the last, of any.
  mutating func showNextTag() {
    let tags = tags
    let place = tag.flatMap(tags.firstIndex).map { $0 + 1 } ?? 0
    tag = tags.indices.contains(place) ? tags[place] : nil
    showRows()
  }

  mutating func find(_ text: String) {
    self.text = text
    showRows()
  }

  mutating func showAll() {
    (filter, tag, text) = (.all, nil, "")
    showRows()
  }

  mutating func toggleOrder() {
    sortsByFailures.toggle()
    showRows()
  }

  mutating func toggleMark() {
    if marked.remove(column) == nil { marked.insert(column) }
    showRows()
  }

  mutating func compareWithSelected() {
    baseline = column
    verdicts = Array(repeating: nil, count: record.variants.count)
    count()
    showRows()
  }

  private var wanted: [Int] {
    marked.isEmpty ? Array(record.variants.indices) : marked.sorted()
  }

  private func fits(_ testCase: Int, _ wanted: [Int]) -> Bool {
    let matchesCell =
      switch filter {
      case .all: true
      case .failed: wanted.contains { cell(testCase, $0).failed > 0 }
      case .flaky: wanted.contains { cell(testCase, $0).verdict == .flaky }
      case .unmeasured: wanted.contains { cell(testCase, $0).unmeasured > 0 }
      case .changed, .fixed, .broken:
        wanted.contains { variant in
          guard let change = cell(testCase, variant).change(from: cell(testCase, baseline)) else {
            return false
          }
          return filter == .changed || (filter == .fixed) == (change == .fixed)
        }
      }
    guard matchesCell else { return false }
    if let tag, !record.cases[testCase].tags.contains(tag) { return false }
    return text.isEmpty || holds(text, testCase)
  }

  /// Whether a text is in the case or in one of its answers, in either case of letters.
  private func holds(_ text: String, _ testCase: Int) -> Bool {
    let word = text.lowercased()
    let item = record.cases[testCase]
    if item.id.lowercased().contains(word) || item.description.lowercased().contains(word)
      || item.inputs.members.contains(where: { $0.value.plainText.lowercased().contains(word) })
    {
      return true
    }
    return record.variants.indices.contains { variant in
      results(testCase, variant).contains { $0?.output.lowercased().contains(word) == true }
    }
  }

  /// Keeps to the selected case as far as it is still shown.
  private mutating func showRows() {
    let selected = selectedCase
    let wanted = wanted
    var rows = record.cases.indices.filter { fits($0, wanted) }
    if sortsByFailures {
      let failures = rows.map { row in wanted.reduce(0) { $0 + cell(row, $1).failed } }
      rows = rows.indices.sorted { (-failures[$0], $0) < (-failures[$1], $1) }.map { rows[$0] }
    }
    self.rows = rows
    if let selected, let place = rows.firstIndex(of: selected) {
      selection = place
    } else {
      selection = max(0, min(selection, rows.count - 1))
    }
  }

  /// Shows what another grid of the same cases shows, with the variant selected that it didn't have.
  mutating func keepPlace(of other: EvaluationGrid) {
    guard other.record.datasetHash == record.datasetHash,
      other.record.cases.count == record.cases.count
    else { return }
    (filter, tag, text, sortsByFailures) =
      (other.filter, other.tag, other.text, other.sortsByFailures)
    if record.variants.indices.contains(other.baseline) { baseline = other.baseline }
    let isNew = record.variants.count > other.record.variants.count
    column = isNew ? record.variants.count - 1 : min(other.column, record.variants.count - 1)
    count()
    showRows()
    if let selected = other.selectedCase, let place = rows.firstIndex(of: selected) {
      selection = place
    }
  }

  // MARK: Moving

  /// - Parameter room: what is in sight.
  mutating func select(_ row: Int, column: Int, in room: GridRoom) {
    let before = (selectedCase, self.column)
    selection = max(0, min(row, rows.count - 1))
    self.column = max(0, min(column, record.variants.count - 1))
    if before != (selectedCase, self.column) { panelTop = 0 }
    layOut(in: room)
  }

  mutating func layOut(in room: GridRoom) {
    let height = max(1, room.rows.height)
    top = max(min(top, selection), selection - height + 1)
    top = max(0, min(top, rows.count - height))
    let count = max(1, room.columnCount)
    left = max(min(left, column), column - count + 1)
    left = max(0, min(left, record.variants.count - count))
  }
}

extension JSON {
  /// A text as it is, anything else as JSON.
  var plainText: String { string ?? text }
}
