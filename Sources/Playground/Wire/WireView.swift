import Core

// The wire view: what went over the wire for a column's run. It shows what the column keeps, and
// remembers only where the reader is.

/// The request, the wire events and the stream doctor's findings of one column, over the panes.
public struct WireView: Hashable, Sendable {
  /// What is shown of it; one at a time.
  public enum Part: Int, Hashable, Sendable, CaseIterable {
    case request, events, findings

    public var title: String {
      switch self {
      case .request: "Request"
      case .events: "Events"
      case .findings: "Doctor"
      }
    }
  }

  /// The column's place, from 0.
  public let column: Int
  public internal(set) var part = Part.request
  /// Each request that was sent.
  public private(set) var requests = WireText(width: 1)
  public private(set) var findings = WireText(width: 1)
  /// The first row of `requests` that is shown.
  public private(set) var requestsTop = 0
  /// The first row of `findings` that is shown.
  public private(set) var findingsTop = 0
  /// The first row of the events that is shown; nil for the last rows, also while more come.
  public private(set) var eventsTop: WirePosition?

  /// - Parameter followsEnd: whether the events are read from their end, as they come.
  init(column: Int, followsEnd: Bool) {
    self.column = column
    eventsTop = followsEnd ? nil : .start
  }

  /// The rows of the events in an area of the screen.
  public func eventRows(of column: Column, in area: Rectangle) -> [WireRow] {
    let rows = WireRows(column.wire, width: Self.eventWidth(in: area))
    return rows.rows(from: eventsTop ?? rows.end(height: area.height), height: area.height)
  }

  /// The cells before an event, in which its time stands.
  public static let timeWidth = 10

  private static func eventWidth(in area: Rectangle) -> Int { area.width - timeWidth }

  // MARK: What it shows

  mutating func layOutRequests(of column: Column, in area: Rectangle) {
    requests = WireText(
      requestsIn: column.wire, isBuiltin: column.answeringModel.isBuiltin, width: area.width)
    requestsTop = ScrollStep.rows(0).top(
      from: requestsTop, of: requests.rows.count, height: area.height)
  }

  mutating func layOutFindings(of column: Column, in area: Rectangle) {
    findings = WireText(column.findings, width: area.width)
    findingsTop = ScrollStep.rows(0).top(
      from: findingsTop, of: findings.rows.count, height: area.height)
  }

  // MARK: Scrolling

  mutating func scroll(_ step: ScrollStep, over column: Column, in area: Rectangle) {
    switch part {
    case .request:
      requestsTop = step.top(from: requestsTop, of: requests.rows.count, height: area.height)
    case .findings:
      findingsTop = step.top(from: findingsTop, of: findings.rows.count, height: area.height)
    case .events: scrollEvents(step, over: column, in: area)
    }
  }

  private mutating func scrollEvents(_ step: ScrollStep, over column: Column, in area: Rectangle) {
    guard let count = step.rowCount(height: area.height) else {
      eventsTop = step == .start ? .start : nil
      return
    }
    let rows = WireRows(column.wire, width: Self.eventWidth(in: area))
    let end = rows.end(height: area.height)
    let top = rows.position(eventsTop ?? end, movedBy: count)
    eventsTop = top < end ? top : nil
  }
}
