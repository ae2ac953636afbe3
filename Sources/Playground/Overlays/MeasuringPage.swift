import Core

// The settings as they were turned, measured by what was judged.

/// A page that tells how good the present settings are beside those that whet was started with.
public struct MeasuringPage: Hashable, Sendable {
  /// The number of the measuring.
  let number: Int
  public let index: String
  /// Searches that are done, of how many; nil before the first.
  public internal(set) var progress: Progress?
  public internal(set) var comparison: RetrievalComparison?
  public internal(set) var isDone = false
  /// Why there are no figures; nil where nothing went wrong.
  public internal(set) var problem: String?
  /// The first row that is shown.
  public internal(set) var top = 0

  /// How far it has come.
  public struct Progress: Hashable, Sendable {
    public var done: Int
    public var total: Int
  }

  init(number: Int, index: String) {
    self.number = number
    self.index = index
  }

  public var lines: [ReportLine] {
    if let problem { return [ReportLine(.problem, problem)] }
    if let comparison { return comparison.lines }
    guard isDone else {
      let counts = progress.map {
        " \(Numbers.grouped($0.done)) of \(Numbers.grouped($0.total)) searches"
      }
      return [ReportLine(.note, "Searching with every judged query…\(counts ?? "")")]
    }
    return [
      ReportLine(
        .text, "Nothing was judged for this index yet, so there is nothing to measure by."),
      ReportLine(.text, ""),
      ReportLine(.note, "r in the context pane marks a passage as relevant, n as not relevant."),
      ReportLine(.note, "whet index judge --index \(index) takes in files of judgments."),
    ]
  }
}
