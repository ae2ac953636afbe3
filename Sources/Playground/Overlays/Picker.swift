import Core

// A list to choose from, narrowed by what is typed.

/// A list with a filter and a selected item.
public struct Picker: Hashable, Sendable {
  /// What choosing an item stands for.
  public enum Choice: Hashable, Sendable {
    case command(Command)
    case model(ModelReference, column: Int)
    case index(String?)
    case judge(ModelReference, JudgePrompt)
    /// A case of the dataset, from 0.
    case datasetCase(Int)
    case otherDataset, noDataset
    case lesson(Lesson)
    /// Go on with what is on the screen.
    case stay
    /// By its hash; nil for the text on the screen.
    case version(String?, column: Int)
    case leaveOut(PassageOrigin, column: Int)
    case technique(Technique)
    case examples(ExampleRequest)
    /// Ask for the file that examples are in.
    case exampleFile
    /// A column of this variant, like the one at that place but for what the title says.
    case sameBut(Variant, title: String, column: Int)
    case columnSet(ColumnSet)
    case newColumnSet
    /// Something that was found in the prompt.
    case finding(LintFinding)
    case resolveConflict(ConflictChoice)
  }

  /// One row of the list.
  public struct Item: Hashable, Sendable {
    public var title: String
    /// Stands at the right, and is searched too.
    public var detail: String
    /// Another name that is searched, and not shown.
    public var alias: String
    public var choice: Choice

    public init(_ title: String, detail: String = "", alias: String = "", choice: Choice) {
      self.title = title
      self.detail = detail
      self.alias = alias
      self.choice = choice
    }
  }

  /// What is listed.
  public enum Kind: Hashable, Sendable {
    case start, commands, indexes, rerun
    case cases, techniques, examples
    case models(column: Int)
    case versions(column: Int)
    case leaveOut(column: Int)
    case sameBut(column: Int)
    case columnSets, judges
    case findings
    /// Ways out, by the name of the prompt that was changed here and outside.
    case conflict(String)
  }

  public var kind: Kind
  /// What was typed to narrow the list.
  public var filter = Editor()
  /// The place of the selected item among those that are shown, from 0.
  public private(set) var selection = 0
  /// The place of the first item in sight, among those that are shown.
  public private(set) var top = 0
  /// All items, those that the filter hides included.
  public private(set) var items: [Item]
  /// Shown in place of the items while there are none.
  public var emptyText: String

  public init(_ kind: Kind, items: [Item], emptyText: String = "Nothing fits.") {
    self.kind = kind
    self.items = items
    self.emptyText = emptyText
  }

  public var title: String {
    switch kind {
    case .start: "whet"
    case .rerun: "Run it again with"
    case .commands: "Commands"
    case .models(let column): "Model of \(Column.letter(of: column))"
    case .indexes: "Index"
    case .cases: "Cases"
    case .versions(let column): "Version that \(Column.letter(of: column)) runs"
    case .sameBut(let column): "The same as \(Column.letter(of: column)), but"
    case .columnSets: "Sets of columns"
    case .leaveOut(let column): "The same as \(Column.letter(of: column)), but without"
    case .judges: "Model that compares the columns"
    case .techniques: "Techniques"
    case .examples: "Examples"
    case .findings: "Mistakes"
    case .conflict(let name): "\(name) changed outside, too"
    }
  }

  /// The keys that do something with the selected item, for the hint line.
  public var hints: [(key: String, word: String)] {
    switch kind {
    case .start, .commands, .techniques: [("Enter", "do it"), ("Esc", "close")]
    case .models, .indexes, .cases, .versions, .leaveOut, .examples, .conflict, .rerun:
      [("Enter", "choose"), ("Esc", "close")]
    case .judges: [("Enter", "ask it"), ("Esc", "close")]
    case .sameBut: [("Enter", "add the column"), ("Esc", "close")]
    case .columnSets: [("Enter", "bring back"), ("M-x", "delete"), ("Esc", "close")]
    case .findings: [("Enter", "go there"), ("Esc", "close")]
    }
  }

  /// The items that hold every word of the filter, whatever its case; of what can be done, those
  /// whose title or name begins with it come first.
  public var shown: [Item] {
    let filter = filter.text.lowercased()
    let words = filter.split(separator: " ")
    guard !words.isEmpty else { return items }
    let found = items.filter { item in
      let text = "\(item.title) \(item.detail) \(item.alias)".lowercased()
      return words.allSatisfy { text.contains($0) }
    }
    // The order of the others, by time or by place, says something.
    guard kind == .commands || kind == .techniques else { return found }
    let begins = { (item: Item) in
      item.title.lowercased().hasPrefix(filter) || item.alias.hasPrefix(filter)
    }
    return found.filter(begins) + found.filter { !begins($0) }
  }

  /// The selected item; nil while none is shown.
  public var selected: Item? {
    let shown = shown
    return shown.indices.contains(selection) ? shown[selection] : nil
  }

  /// Puts in other items and keeps to the selected one, where it is still there.
  public mutating func replaceItems(_ items: [Item], height: Int) {
    let choice = selected?.choice
    self.items = items
    select(shown.firstIndex { $0.choice == choice } ?? 0, height: height)
  }

  /// - Parameter height: the rows in which items are shown.
  public mutating func select(_ place: Int, height: Int) {
    selection = max(0, min(place, shown.count - 1))
    top = max(min(top, selection), selection - max(1, height) + 1)
  }
}

extension Column {
  /// The letter by which a column goes: A for the first.
  public static func letter(of index: Int) -> String {
    String(Character(Unicode.Scalar(UInt8(ascii: "A") + UInt8(clamping: index))))
  }
}
