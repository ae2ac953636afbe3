import Core

// The names that could stand where a tag is being typed.

/// A list of names at the cursor.
public struct CompletionList: Hashable, Sendable {
  /// A name, and what it is.
  public struct Item: Hashable, Sendable {
    public var name: String
    public var detail: String
    /// Whether more of its tag follows: what a helper is given, or a member of an item.
    var isContinued: Bool

    init(_ name: String, _ detail: String, isContinued: Bool = false) {
      self.name = name
      self.detail = detail
      self.isContinued = isContinued
    }
  }

  /// At least one; each begins with what was typed.
  public let items: [Item]
  /// Where what was typed of the name stands.
  public let range: Range<TextPosition>
  /// What ends the tag when a name is taken that nothing follows; empty where it is ended.
  private let ending: String

  /// What the selected name brings along.
  var selectedEnding: String { items[selection].isContinued ? "" : ending }
  /// The selected item's place, from 0.
  public private(set) var selection = 0
  /// The first item in sight.
  public private(set) var top = 0

  /// More rows than this are scrolled.
  public static let mostRows = 6

  /// nil where there is nothing to choose: no name, or only what stands there already.
  init?(_ items: [Item], at cursor: TemplateCursor, ending: String) {
    var seen: Set<String> = []
    let matching = items.filter { item in
      item.name.hasPrefix(cursor.prefix) && seen.insert(item.name).inserted
    }
    guard !matching.isEmpty, !(matching.count == 1 && matching[0].name == cursor.prefix) else {
      return nil
    }
    self.items = matching
    range = cursor.range
    self.ending = ending
  }

  /// What stands there once the selected name is taken.
  var selectedText: String { items[selection].name + selectedEnding }

  /// Round the ends of the list.
  mutating func select(by step: Int) {
    selection = (selection + step + items.count) % items.count
    top = max(min(top, selection), selection - Self.mostRows + 1)
  }
}

/// The end of a tag that was put in with a name.
struct TagEnd: Hashable, Sendable {
  /// What of it was not typed yet.
  var rest: Substring
  /// The text with it, and the place after it.
  var revision: Int
  var cursor: TextPosition
}

/// The names of a prompt that a template can be written with.
struct CompletionNames {
  /// Each with what it is: its value's beginning, or where it comes from.
  var variables: [CompletionList.Item] = []
  var partials: [String] = []

  /// What could stand at a cursor.
  func items(at cursor: TemplateCursor) -> [CompletionList.Item] {
    switch cursor.expected {
    case .call: loopItems(of: cursor) + variables + helpers(openingBlocks: false)
    case .argument: loopItems(of: cursor) + variables
    case .block: helpers(openingBlocks: true) + variables
    case .closing(let name): name.map { [CompletionList.Item($0, "the open block")] } ?? []
    case .partial: partials.map { CompletionList.Item($0, "partial") }
    case .role: Template.roleNames.map { CompletionList.Item($0, "role") }
    case .loopData: Self.loopData
    }
  }

  private func helpers(openingBlocks: Bool) -> [CompletionList.Item] {
    Template.helperNames(openingBlocks: openingBlocks).map {
      CompletionList.Item($0, "helper", isContinued: true)
    }
  }

  private func loopItems(of cursor: TemplateCursor) -> [CompletionList.Item] {
    guard let loop = cursor.loops.last else { return [] }
    let parameters = cursor.loops.flatMap(\.parameters).map {
      CompletionList.Item($0, "named by its block")
    }
    let members =
      loop.list == "passages"
      ? ["text", "source", "label", "index", "headings"].map {
        CompletionList.Item($0, "of the passage")
      } : []
    return members + parameters + [
      CompletionList.Item("this", "the item itself", isContinued: true)
    ]
  }

  private static let loopData: [CompletionList.Item] = [
    CompletionList.Item("@index", "from 0"), CompletionList.Item("@first", "true for the first"),
    CompletionList.Item("@last", "true for the last"), CompletionList.Item("@key", "its name"),
    CompletionList.Item("@root", "the values of the prompt"),
  ]
}
