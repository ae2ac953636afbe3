import Core

// A ladder as bars with their intervals: rows of text for a terminal, in pieces that say what they are.

/// A piece of a drawn row.
public struct ChartPiece: Hashable, Sendable {
  public enum Role: Hashable, Sendable {
    case label, bar, interval, value, muted
    /// A verdict.
    case better, worse
  }

  public var text: String
  public var role: Role

  public init(_ text: String, _ role: Role) {
    self.text = text
    self.role = role
  }
}

/// Draws a ladder's pass rates.
public struct LadderChart: Hashable, Sendable {
  let ladder: Ladder

  public init(_ ladder: Ladder) { self.ladder = ladder }

  /// A row a step: its name, a bar as long as its rate with the interval around its end, the figures and
  /// the verdict. Below, the scale.
  ///
  /// - Parameter width: in cells, from 40.
  public func rows(width: Int) -> [[ChartPiece]] {
    let width = max(40, width)
    let names = ladder.rows.map { row in
      row.step.words == row.name ? row.name : "\(row.step.words) · \(row.name)"
    }
    let labelCells = min(
      width / 3, names.map { DisplayText.width(of: $0) }.max() ?? 0)
    let values = ladder.rows.map { $0.figures.passRate?.shareText ?? "–" }
    let verdicts = ladder.rows.map { $0.overBaseline?.word ?? "baseline" }
    let valueCells = values.map { DisplayText.width(of: $0) }.max() ?? 0
    let verdictCells = verdicts.map { DisplayText.width(of: $0) }.max() ?? 0
    let room = width - labelCells - valueCells - verdictCells - 3
    // Without room for all, the bar stays: the rest can be read elsewhere.
    let hasVerdict = room >= 12
    let barCells = max(8, hasVerdict ? room : room + verdictCells + 1)
    var rows: [[ChartPiece]] = []
    for (place, row) in ladder.rows.enumerated() {
      var pieces = [
        ChartPiece(Self.padded(names[place], to: labelCells) + " ", .label)
      ]
      pieces += Self.bar(row.figures.passRate, cells: barCells)
      pieces.append(ChartPiece(" " + Self.padded(values[place], to: valueCells), .value))
      if hasVerdict {
        let role: ChartPiece.Role =
          switch row.overBaseline?.kind {
          case .better: .better
          case .worse: .worse
          default: .muted
          }
        pieces.append(ChartPiece(" " + verdicts[place], role))
      }
      rows.append(pieces)
    }
    let scale = Self.padded("0", to: barCells - 5) + "100 %"
    rows.append([
      ChartPiece(String(repeating: " ", count: labelCells + 1) + scale, .muted)
    ])
    return rows
  }

  /// A bar to the rate; the interval lies over it, from end to end.
  private static func bar(_ rate: Estimate?, cells: Int) -> [ChartPiece] {
    guard let rate else { return [ChartPiece(String(repeating: "·", count: cells), .muted)] }
    func cell(_ share: Double) -> Int {
      min(cells - 1, max(0, Int((share * Double(cells)).rounded(.down))))
    }
    let (low, mean, high) = (
      cell(rate.interval.lowerBound), cell(rate.mean), cell(rate.interval.upperBound)
    )
    var pieces: [ChartPiece] = []
    func add(_ character: Character, _ role: ChartPiece.Role) {
      if pieces.last?.role == role {
        pieces[pieces.count - 1].text.append(character)
      } else {
        pieces.append(ChartPiece(String(character), role))
      }
    }
    for place in 0..<cells {
      if place == mean {
        add("●", .value)
      } else if place == low, low < mean {
        add("├", .interval)
      } else if place == high, high > mean {
        add("┤", .interval)
      } else if low < place, place < high {
        add("─", .interval)
      } else if place < low {
        add("━", .bar)
      } else {
        add(" ", .muted)
      }
    }
    return pieces
  }

  private static func padded(_ text: String, to cells: Int) -> String {
    var text = text
    while DisplayText.width(of: text) > max(1, cells) {
      text.removeLast()
      if DisplayText.width(of: text) < cells {
        text += "…"
        break
      }
    }
    return text + String(repeating: " ", count: max(0, cells - DisplayText.width(of: text)))
  }
}
