import FineTuning

// The examples of one set, of which there may be a million: only those around the place that is looked at
// are here. No key waits for them.

/// A set that is looked through.
public struct ExampleBrowser: Hashable, Sendable {
  public let set: String
  /// As it was typed; empty for all examples.
  public internal(set) var filter = ""
  /// How many examples fit, as far as is known.
  public private(set) var count = 0
  /// Whether all examples were looked at.
  public private(set) var isComplete = false
  /// The place of the selected example among those that fit, from 0.
  public private(set) var selection = 0
  /// The first one in sight.
  public private(set) var top = 0
  /// The selected example, whole; nil until it has come.
  public private(set) var detail: StoredExample?
  /// The first row of it in sight.
  public internal(set) var detailTop = 0
  /// Whether it is shown alone, where there is no room for both.
  public internal(set) var showsDetail = false
  /// What all that fit become when it is asked for once more.
  var isWarnedOf: ExampleState?

  /// The rows that have come, from the place `offset` on.
  private var rows: [ExampleRow] = []
  private var offset = 0
  /// The last question that was asked; older answers are dropped.
  private var asked = 0
  private var askedFor: Range<Int>?
  /// The place to go to once the examples have come.
  var goal: Int?

  init(set: String) { self.set = set }

  /// Rows asked for before and after those in sight.
  static let ahead = 300

  /// The example at a place; nil for one that hasn't come yet.
  public func row(at place: Int) -> ExampleRow? {
    rows.indices.contains(place - offset) ? rows[place - offset] : nil
  }

  public var selected: ExampleRow? { row(at: selection) }

  mutating func select(_ place: Int, height: Int) {
    let before = selection
    selection = max(0, min(place, count - 1))
    top = max(min(top, selection), selection - max(1, height) + 1)
    top = max(0, min(top, count - max(1, height)))
    if selection != before {
      detailTop = 0
      isWarnedOf = nil
    }
  }

  /// What is to be asked for, so that those in sight come; nil where they are here, or on their way.
  mutating func request(height: Int) -> TrainingRequest? {
    let end = isComplete ? min(top + height, count) : top + height
    let sight = top..<max(top, end)
    let known = offset..<offset + rows.count
    if isComplete, known.contains(sight) || sight.isEmpty { return nil }
    if let askedFor, askedFor.contains(sight) { return nil }
    return ask(height: height)
  }

  /// Asks anew for what is in sight.
  mutating func ask(height: Int) -> TrainingRequest {
    asked += 1
    let start = max(0, top - Self.ahead)
    let range = start..<top + height + Self.ahead
    askedFor = range
    return .window(
      ExampleQuestion(
        set: set, filter: filter, offset: start, limit: range.count, number: asked))
  }

  /// Begins with another filter, at its first example.
  mutating func show(_ filter: String, height: Int) -> TrainingRequest {
    self.filter = filter
    (count, isComplete, selection, top, offset, rows) = (0, false, 0, 0, 0, [])
    (detail, detailTop, isWarnedOf) = (nil, 0, nil)
    return ask(height: height)
  }

  /// Nil for an answer to an older question.
  mutating func take(_ window: ExampleWindow, number: Int, height: Int) {
    guard number == asked else { return }
    count = window.count
    isComplete = window.isComplete
    offset = window.offset
    rows = window.rows
    if isComplete { askedFor = nil }
    select(goal ?? selection, height: height)
    goal = nil
  }

  /// The example that is to be read for the detail; nil where it is there.
  var unread: Int? {
    guard let selected,
      detail?.number != selected.number || detail?.state != selected.state
        || detail?.tags != selected.tags
    else { return nil }
    return selected.number
  }

  mutating func take(_ example: StoredExample) {
    guard example.number == selected?.number else { return }
    detail = example
  }

  /// Shows at once what the store is being told.
  mutating func mark(_ state: ExampleState) {
    guard rows.indices.contains(selection - offset) else { return }
    rows[selection - offset].state = state
  }
}

extension Range<Int> {
  fileprivate func contains(_ other: Range<Int>) -> Bool {
    other.lowerBound >= lowerBound && other.upperBound <= upperBound
  }
}
