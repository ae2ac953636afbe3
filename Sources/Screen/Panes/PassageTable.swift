import Core
import Playground

// The figures of the passages as texts in columns, so that all rows agree on how wide each is.

/// What stands in the first row of each passage, and the widths of its columns in cells.
struct PassageTable {
  /// A sign that something is to be known of a passage.
  struct Mark {
    var text: String
    var role: StyleRole
  }

  /// What stands in the row of one passage.
  struct Row {
    /// Its number in the prompt; of one that isn't given, the next or none.
    var number: String
    var title: String
    /// Its page, if it has one, and its lines.
    var span: String
    var marks: [Mark]
    /// Empty for one that no leg found.
    var score: String
    var bar: String
    /// Where it stands in each leg.
    var legs: [String]
    var tokens: Int
    var state: CuratedPassages.State
  }

  private(set) var rows: [Row] = []
  private(set) var marksWidth = 0
  private(set) var scoreWidth = 5
  private(set) var legWidths: [Int] = []
  private(set) var tokensWidth = 4
  /// All columns behind the name; 0 where there is room for the name alone.
  private(set) var figuresWidth = 0

  static let barWidth = 6
  /// From this width on the scores of the legs stand beside the ranks.
  private static let roomForScores = 100

  init(of state: State, width: Int) {
    let context = state.context
    let entries = context.curated.entries
    var legs = context.legs
    // The score of the only leg is the passage's own.
    let hasScores = width >= Self.roomForScores && legs.count > 1
    // Else the fused score is the passage's own.
    if hasScores, legs.contains(.reranked) { legs = (legs + [.fused]).sorted() }
    let best = entries.map(\.passage.score).max() ?? 0
    let bestOfLegs = legs.map { leg in
      entries.compactMap { $0.passage.standings[leg]?.score }.max() ?? 0
    }
    var given = 0
    for (place, entry) in entries.enumerated() {
      let passage = entry.passage
      let isFound = !passage.standings.isEmpty || passage.score != 0
      if entry.state == .given { given += 1 }
      let number =
        switch entry.state {
        case .given: "\(given)"
        case .dropped: "–"
        case .cut: "\(place + 1)"
        }
      rows.append(
        Row(
          number: number, title: passage.title,
          span: (passage.page.map { " · p\($0)" } ?? "") + " · \(passage.lineSpan)",
          marks: Self.marks(of: entry.original, in: state),
          score: isFound ? Self.score(passage.score, besides: best) : "",
          bar: Numbers.bar(best > 0 ? passage.score / best : 0, cells: Self.barWidth),
          legs: zip(legs, bestOfLegs).map { leg, best in
            Self.standing(of: passage, in: leg, besides: hasScores ? best : nil)
          },
          tokens: passage.tokens, state: entry.state))
    }
    measure(legs: legs.count, width: width)
  }

  private mutating func measure(legs: Int, width: Int) {
    marksWidth = rows.map { $0.marks.reduce(0) { $0 + DisplayText.width(of: $1.text) } }.max() ?? 0
    scoreWidth = max(5, 1 + (rows.map { DisplayText.width(of: $0.score) }.max() ?? 0))
    legWidths = (0..<legs).map { leg in
      max(2, rows.map { DisplayText.width(of: $0.legs[leg]) }.max() ?? 0)
    }
    tokensWidth = max(4, rows.map { "\($0.tokens)".count }.max() ?? 0)
    // A blank more behind the bar, and one at the end.
    let all =
      marksWidth + scoreWidth + 1 + Self.barWidth + legWidths.reduce(0) { $0 + $1 + 1 }
      + 1 + tokensWidth + 2
    figuresWidth = width > all + 18 ? all : 0
  }

  private static func marks(of passage: Passage, in state: State) -> [Mark] {
    var marks: [Mark] = []
    let origin = passage.origin
    switch state.context.changes[origin] {
    case .entered: marks.append(Mark(text: "+", role: .success))
    case .movedUp(let places): marks.append(Mark(text: "↑\(places)", role: .success))
    case .movedDown(let places): marks.append(Mark(text: "↓\(places)", role: .warning))
    case nil: break
    }
    let curation = state.context.curation
    if curation.isPinned(origin) { marks.append(Mark(text: "◆", role: .accent)) }
    if curation.isMoved(origin) { marks.append(Mark(text: "↕", role: .accent)) }
    if curation.isEdited(origin) { marks.append(Mark(text: "✎", role: .accent)) }
    switch state.isRelevant(passage) {
    case true: marks.append(Mark(text: "✓", role: .success))
    case false: marks.append(Mark(text: "✗", role: .error))
    case nil: break
    }
    return marks
  }

  /// `b3`, `b–` where the leg didn't find it, `b3 20.1` with the score.
  ///
  /// - Parameter best: the best score in that leg; nil leaves scores out.
  private static func standing(
    of passage: Passage, in leg: Leg, besides best: Double?
  ) -> String {
    let letter = leg.rawValue.prefix(1)
    guard let standing = passage.standings[leg] else { return "\(letter)–" }
    return "\(letter)\(standing.rank)"
      + (best.map { " \(score(standing.score, besides: $0))" } ?? "")
  }

  /// `20.1`, `.82`, `.0164`: as many digits as tell scores of a scale apart.
  private static func score(_ score: Double, besides best: Double) -> String {
    guard score.isFinite else { return "" }
    guard score != 0 else { return "0" }
    let digits = abs(best) >= 10 ? 1 : abs(best) >= 0.1 ? 2 : 4
    let text = Numbers.fixed(score, digits: digits)
    return text.hasPrefix("0.") ? String(text.dropFirst()) : text.replacing("-0.", with: "-.")
  }
}
