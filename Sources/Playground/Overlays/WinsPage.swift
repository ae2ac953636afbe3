import Core

// The table of wins, to be read.

/// A page that tells which variants of the prompt won.
public struct WinsPage: Hashable, Sendable {
  public let lines: [ReportLine]
  /// The first row that is shown.
  public internal(set) var top = 0

  init(_ report: WinReport) { lines = report.lines }
}
