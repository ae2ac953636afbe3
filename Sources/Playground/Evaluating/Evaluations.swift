import Core
import Evaluation

// All that the playground knows of evaluations. It outlives the pages that show it: an evaluation goes
// on while nobody looks.

/// The list of evaluations, the one that is looked at, and the one that runs.
public struct Evaluations: Hashable, Sendable {
  public internal(set) var list = EvaluationList()
  /// The one that was opened last.
  public internal(set) var grid: EvaluationGrid?
  public internal(set) var running: RunningEvaluation?
  /// A plan that waits for a person's word.
  public internal(set) var plan: EvaluationPlan?
  /// The first row of it in sight.
  public internal(set) var planTop = 0
  /// The evaluation that is being read, with what came of it meanwhile.
  var pending: PendingEvaluation?
  /// The answer that the panes were opened with.
  var opened: OpenedCase?
  /// The file that was run last.
  var lastPath = ""
  /// The dataset that cases are added to.
  var casePath: String?
}

/// An evaluation on its way.
public struct RunningEvaluation: Hashable, Sendable {
  public var id: Identifier
  public var name: String
  public var progress: EvaluationProgress
  /// Whether it was told to stop.
  public var isStopping = false
}

/// An evaluation that is being read from the store.
struct PendingEvaluation: Hashable, Sendable {
  var id: Identifier
  var results: [PlacedResult] = []
}

/// Where the answer comes from that the panes were opened with.
struct OpenedCase: Hashable, Sendable {
  var evaluation: Identifier
  /// The place of the variant.
  var variant: Int
}

/// The evaluations that were made, newest first.
public struct EvaluationList: Hashable, Sendable {
  public private(set) var rows: [EvaluationRow] = []
  /// The place of the selected row.
  public private(set) var selection = 0
  /// The first row in sight.
  public private(set) var top = 0
  /// Whether they have come.
  public private(set) var isRead = false

  public var selected: EvaluationRow? {
    rows.indices.contains(selection) ? rows[selection] : nil
  }

  /// - Parameter height: the rows of the list.
  mutating func take(_ rows: [EvaluationRow], height: Int) {
    let id = selected?.summary.id
    self.rows = rows
    isRead = true
    select(rows.firstIndex { $0.summary.id == id } ?? 0, height: height)
  }

  mutating func select(_ place: Int, height: Int) {
    selection = max(0, min(place, rows.count - 1))
    top = max(min(top, selection), selection - max(1, height) + 1)
  }
}

extension EvaluationPlan {
  /// What is to be known before anything is sent.
  public var lines: [ReportLine] {
    func count(_ number: Int, _ one: String, _ many: String) -> String {
      "\(Numbers.grouped(number)) \(number == 1 ? one : many)"
    }
    var lines = [
      ReportLine(
        .text,
        "\(count(cases.count, "case", "cases")) × \(count(variants.count, "variant", "variants"))"
          + (repeatCount > 1 ? " × \(repeatCount) times" : "")
          + " = \(count(cellCount, "answer", "answers"))"),
      ReportLine(.note, "What was answered before is not asked again."), ReportLine(.text, ""),
      ReportLine(.heading, "Variants"),
    ]
    for variant in variants.prefix(Self.mostListed) {
      lines.append(ReportLine(.text, "\(variant.name) · \(variant.asked.model)"))
    }
    if variants.count > Self.mostListed {
      lines.append(ReportLine(.note, "and \(variants.count - Self.mostListed) more"))
    }
    guard !omissions.isEmpty else { return lines }
    lines += [ReportLine(.text, ""), ReportLine(.heading, "Not carried out")]
    return lines + omissions.map { ReportLine(.problem, $0) }
  }

  private static let mostListed = 50
}
