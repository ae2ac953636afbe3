import Core

// The versions of the prompt, newest first, and beside them the difference between two of them.

/// The list of versions with a selected one, and its difference to another.
public struct VersionsView: Hashable, Sendable {
  /// What one row stands for.
  public enum Entry: Hashable, Sendable {
    /// The text on the screen, which was not run yet.
    case now
    case version(VersionRow)

    var hash: String? {
      if case .version(let row) = self { row.summary.hash } else { nil }
    }

    /// How it is called beside others.
    public var label: String {
      switch self {
      case .now: "now"
      case .version(let row): row.summary.label
      }
    }
  }

  /// Newest first.
  public private(set) var entries: [Entry]
  /// The version that the text on the screen is; nil where it is an entry of its own.
  public private(set) var current: String?
  /// The version that the text on the screen was made from.
  let origin: String?
  public private(set) var selection = 0
  /// The first entry in sight.
  public private(set) var top = 0
  /// The entry that others are compared with; nil compares each with its parent.
  public private(set) var marked: Entry?
  /// Under which the difference will come; nil while none is awaited.
  var pendingNumber: Int?
  /// Nil until it has come.
  public private(set) var difference: WordDiff?
  public private(set) var rows = DifferenceText()
  /// The first row of the difference in sight.
  public private(set) var differenceTop = 0

  /// - Parameters:
  ///   - text: the text on the screen.
  ///   - origin: the hash of the version that it was made from.
  init(rows: [VersionRow], text: String, origin: String?) {
    entries = rows.map(Entry.version)
    self.origin = origin
    let hash = ContentHash.of(text)
    if rows.contains(where: { $0.summary.hash == hash }) {
      current = hash
    } else {
      entries.insert(.now, at: 0)
    }
  }

  /// The selected entry; nil only while there are none.
  public var selected: Entry? { entries.indices.contains(selection) ? entries[selection] : nil }

  /// Whether an entry is the text on the screen.
  public func isCurrent(_ entry: Entry) -> Bool { entry == .now || entry.hash == current }

  // MARK: What is compared

  /// The selected entry and the one that it is compared with, the older first; no older one stands
  /// for an empty text.
  public var compared: (old: Entry?, new: Entry)? {
    guard let selected else { return nil }
    if let marked, marked != selected, let place = entries.firstIndex(of: marked) {
      return place > selection ? (marked, selected) : (selected, marked)
    }
    let parent = selected == .now ? origin : parent(of: selected)
    return (parent.flatMap { hash in entries.first { $0.hash == hash } } ?? next, selected)
  }

  private func parent(of entry: Entry) -> String? {
    if case .version(let row) = entry { row.summary.parent } else { nil }
  }

  /// The entry before the selected one in time.
  private var next: Entry? {
    entries.indices.contains(selection + 1) ? entries[selection + 1] : nil
  }

  mutating func mark() { marked = marked == selected ? nil : selected }

  // MARK: Changing what is shown

  /// Takes in the list as it is now, and keeps to what was selected and marked.
  mutating func replace(rows: [VersionRow], height: Int) {
    let (selected, marked) = (selected?.hash, marked?.hash)
    let isNowMarked = self.marked == .now
    entries = (entries.first == .now ? [.now] : []) + rows.map(Entry.version)
    if !isNowMarked { self.marked = marked.flatMap { hash in entries.first { $0.hash == hash } } }
    select(entries.firstIndex { $0.hash == selected } ?? 0, height: height)
  }

  /// - Parameter height: the rows of the list.
  mutating func select(_ place: Int, height: Int) {
    selection = max(0, min(place, entries.count - 1))
    top = max(min(top, selection), selection - max(1, height) + 1)
  }

  mutating func show(_ difference: WordDiff, width: Int) {
    self.difference = difference
    pendingNumber = nil
    differenceTop = 0
    rows = DifferenceText(difference, width: width)
  }

  /// Lays everything out for another size.
  mutating func reflow(listHeight: Int, difference room: Rectangle) {
    select(selection, height: listHeight)
    guard let difference else { return }
    rows = DifferenceText(difference, width: room.width)
    scroll(.rows(0), height: room.height)
  }

  mutating func scroll(_ step: ScrollStep, height: Int) {
    differenceTop = step.top(from: differenceTop, of: rows.rows.count, height: height)
  }
}
