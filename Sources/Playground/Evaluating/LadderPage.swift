import Core
import Evaluation

// The ladder of a dataset: what was tried on it, step by step, as bars and as figures.

/// A page with a ladder.
public struct LadderPage: Hashable, Sendable {
  public let ladder: Ladder
  /// The first row in sight.
  public internal(set) var top = 0

  public init(_ ladder: Ladder) { self.ladder = ladder }

  /// The bars, and below them the figures, as many columns as there is room for.
  ///
  /// - Parameter width: in cells.
  public func rows(width: Int) -> [[ChartPiece]] {
    var rows = LadderChart(ladder).rows(width: width)
    rows.append([])
    let table = ladder.table
    let count = table.map(\.count).max() ?? 0
    let widths = (0..<count).map { column in
      table.map { column < $0.count ? DisplayText.width(of: $0[column]) : 0 }.max() ?? 0
    }
    for (place, cells) in table.enumerated() {
      var text = ""
      var used = 0
      for (column, cell) in cells.enumerated() {
        guard column == 0 || used + widths[column] <= width else { break }
        text += cell
        text += String(
          repeating: " ", count: widths[column] - DisplayText.width(of: cell) + 2)
        used += widths[column] + 2
      }
      rows.append([ChartPiece(text, place == 0 ? .muted : .label)])
    }
    return rows
  }
}

extension State {
  /// Asks for the ladder of the cases that the selected evaluation is of.
  func showLadder() -> [Effect] {
    let id = scope == .grid ? evaluations.grid?.record.id : evaluations.list.selected?.summary.id
    return id.map { [.evaluations(.ladder(of: $0))] } ?? []
  }

  mutating func show(_ ladder: Ladder) {
    overlays.removeAll { if case .ladder = $0 { true } else { false } }
    overlays.append(.ladder(LadderPage(ladder)))
  }

  mutating func scrollLadder(_ step: ScrollStep) {
    guard case .ladder(var page)? = overlays.last else { return }
    let area = Layout.inspectionText(size: size)
    page.top = step.top(
      from: page.top, of: page.rows(width: area.width).count, height: area.height)
    overlays[overlays.count - 1] = .ladder(page)
  }
}
