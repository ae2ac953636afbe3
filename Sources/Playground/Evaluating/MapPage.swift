import Core
import Evaluation

// Where the failures of a variant are on two axes, and what that speaks for: the last diagnosis on a
// dataset, with the earlier ones as its trail.

/// A page with a diagnosis.
public struct MapPage: Hashable, Sendable {
  public let report: DiagnosisReport
  public let map: DiagnosisMap
  /// The first row in sight.
  public internal(set) var top = 0

  public init(_ report: DiagnosisReport, map: DiagnosisMap) {
    self.report = report
    self.map = map
  }

  /// A row of the page: one of the map, or one of the report.
  public enum Row: Hashable, Sendable {
    case map([DiagnosisMap.Piece])
    case line(ReportText.Row)
  }

  /// The map where it fits, and below it the report; where it doesn't, the map in a sentence.
  public func rows(width: Int, height: Int) -> [Row] {
    let drawn = map.rows(width: width, height: min(height, 40)).map(Row.map)
    var lines = drawn.isEmpty ? [ReportLine(.text, map.sentence)] : []
    lines.append(ReportLine(.text, ""))
    lines += report.lines
    lines.append(ReportLine(.text, ""))
    lines += report.placementLines
    return drawn + ReportText(lines, width: width).rows.map(Row.line)
  }
}

extension State {
  /// Asks for the last diagnosis on the cases of the selected evaluation.
  func showMap() -> [Effect] {
    let id = scope == .grid ? evaluations.grid?.record.id : evaluations.list.selected?.summary.id
    return id.map { [.evaluations(.map(of: $0))] } ?? []
  }

  mutating func show(_ page: MapPage) {
    overlays.removeAll { if case .map = $0 { true } else { false } }
    overlays.append(.map(page))
  }

  mutating func scrollMap(_ step: ScrollStep) {
    guard case .map(var page)? = overlays.last else { return }
    let area = Layout.inspectionText(size: size)
    let count = page.rows(width: area.width, height: area.height).count
    page.top = step.top(from: page.top, of: count, height: area.height)
    overlays[overlays.count - 1] = .map(page)
  }
}
