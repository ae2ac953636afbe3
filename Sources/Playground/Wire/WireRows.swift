import Core

// A run may have a hundred thousand wire events: only those that are in sight, or on the way to
// there, are ever laid out. A place among the rows is therefore no number of rows from the top.

/// A row among those of a run's wire events.
public struct WirePosition: Hashable, Comparable, Sendable {
  /// The event's place among those of the run, from 0.
  public var event: Int
  /// A row of that event, from 0.
  public var row: Int

  public init(event: Int, row: Int) {
    self.event = event
    self.row = row
  }

  public static let start = WirePosition(event: 0, row: 0)

  public static func < (a: Self, b: Self) -> Bool { (a.event, a.row) < (b.event, b.row) }
}

/// The rows of a run's wire events at one width.
public struct WireRows {
  private let events: [TimedWireEvent]
  private let width: Int

  /// - Parameter width: cells, without those of the times; at least 4 are taken.
  public init(_ events: [TimedWireEvent], width: Int) {
    self.events = events
    self.width = max(4, width)
  }

  /// The rows from a position on, as far as there are any.
  public func rows(from top: WirePosition, height: Int) -> [WireRow] {
    var shown: [WireRow] = []
    var firstRow = max(0, top.row)
    for (event, timed) in events.enumerated().dropFirst(top.event) {
      guard shown.count < height else { break }
      let rows = EventRows(of: timed.event, width: width)
      for row in (firstRow..<max(firstRow, rows.count)).prefix(height - shown.count) {
        shown.append(
          WireRow(
            event: event, time: row == 0 ? timed.time : nil, pieces: rows.pieces(ofRow: row)))
      }
      firstRow = 0
    }
    return shown
  }

  /// The position so many rows further down, or up when negative; no further than the rows go.
  public func position(_ position: WirePosition, movedBy rows: Int) -> WirePosition {
    guard !events.isEmpty else { return .start }
    var event = max(0, min(position.event, events.count - 1))
    var row = min(position.row, rowCount(of: event) - 1) + rows
    while row < 0, event > 0 {
      event -= 1
      row += rowCount(of: event)
    }
    while event < events.count - 1, row >= 0 {
      let count = rowCount(of: event)
      guard row >= count else { break }
      row -= count
      event += 1
    }
    return WirePosition(event: event, row: max(0, min(row, rowCount(of: event) - 1)))
  }

  /// The position from which the last rows fill a pane.
  public func end(height: Int) -> WirePosition {
    guard let last = events.indices.last else { return .start }
    return position(
      WirePosition(event: last, row: rowCount(of: last) - 1), movedBy: 1 - max(1, height))
  }

  private func rowCount(of event: Int) -> Int {
    EventRows(of: events[event].event, width: width).count
  }
}

/// One event, cut into rows.
private enum EventRows {
  case bytes([UInt8], rows: [Range<Int>])
  case sentence(WrappedText, WireRow.Kind)

  init(of event: WireEvent, width: Int) {
    func sentence(_ text: String, _ kind: WireRow.Kind) -> EventRows {
      .sentence(WrappedText(text, width: width), kind)
    }
    switch event {
    case .request(let request): self = sentence("→ \(request.method) \(request.url)", .exchange)
    case .head(let status, let contentType):
      let type = contentType.isEmpty ? "" : " · \(contentType)"
      self = sentence(
        "← HTTP \(status)\(type)", (200..<300).contains(status) ? .exchange : .warning)
    case .body(let bytes): self = .bytes(bytes, rows: RawBytes.rows(of: bytes, width: width))
    case .retry(let retry):
      self = sentence(
        "↻ Try \(retry.attempt) of \(retry.attemptLimit) failed: \(retry.reason) "
          + "The next follows after \(WireTime.span(retry.delay)).", .warning)
    case .end(.complete): self = sentence("■ The response ended in good order.", .success)
    case .end(.cancelled): self = sentence("■ Cancelled.", .warning)
    case .end(.failed(let reason)): self = sentence("■ \(reason)", .failure)
    }
  }

  var count: Int {
    switch self {
    case .bytes(_, let rows): rows.count
    case .sentence(let text, _): text.rows.count
    }
  }

  func pieces(ofRow row: Int) -> [WireRow.Piece] {
    switch self {
    case .bytes(let bytes, let rows): RawBytes.pieces(of: rows[row], in: bytes)
    case .sentence(let text, let kind):
      [WireRow.Piece(text: String(text.text(of: text.rows[row])), kind: kind)]
    }
  }
}
