// A key as the hand pressed it, and its name in scripts, help and hints.

/// A key with the modifiers that were held down.
public struct Key: Hashable, Sendable {
  /// The key itself, whatever was held down with it.
  public enum Code: Hashable, Sendable {
    /// A key that types this character.
    case character(Character)
    case enter, tab, escape, backspace, delete, insert
    case up, down, left, right, home, end, pageUp, pageDown
    /// F1 to F12.
    case function(Int)
  }

  /// The modifiers that were held down.
  public struct Modifiers: OptionSet, Hashable, Sendable {
    public let rawValue: UInt8
    public init(rawValue: UInt8) { self.rawValue = rawValue }

    public static let control = Modifiers(rawValue: 1)
    /// Also called Meta; sent as an escape before the key.
    public static let alt = Modifiers(rawValue: 2)
    /// Only beside keys that type nothing: a typed letter is itself upper or lower case.
    public static let shift = Modifiers(rawValue: 4)
  }

  public var code: Code
  public var modifiers: Modifiers

  public init(_ code: Code, _ modifiers: Modifiers = []) {
    self.code = code
    self.modifiers = modifiers
  }

  /// A key that types this character.
  public init(_ character: Character, _ modifiers: Modifiers = []) {
    self.init(.character(character), modifiers)
  }
}

extension Key {
  private static let names: [(name: String, code: Code, display: String)] =
    [
      ("enter", .enter, "Enter"), ("tab", .tab, "Tab"), ("escape", .escape, "Esc"),
      ("backspace", .backspace, "Backspace"), ("delete", .delete, "Del"),
      ("insert", .insert, "Ins"), ("up", .up, "↑"), ("down", .down, "↓"), ("left", .left, "←"),
      ("right", .right, "→"), ("home", .home, "Home"), ("end", .end, "End"),
      ("page-up", .pageUp, "PgUp"), ("page-down", .pageDown, "PgDn"),
      ("space", .character(" "), "Space"), ("minus", .character("-"), "-"),
    ] + (1...12).map { ("f\($0)", .function($0), "F\($0)") }

  /// The key of a name such as `ctrl-r`, `alt-x`, `shift-tab`, `page-up`, `f1` or `a`; nil for a
  /// name that is none.
  public init?(name: String) {
    var rest = Substring(name)
    var modifiers: Modifiers = []
    let prefixes: [(String, Modifiers)] = [
      ("ctrl-", .control), ("alt-", .alt), ("shift-", .shift),
    ]
    while let (prefix, modifier) = prefixes.first(where: { rest.hasPrefix($0.0) }) {
      rest.removeFirst(prefix.count)
      modifiers.insert(modifier)
    }
    if let named = Self.names.first(where: { $0.name == rest }) {
      self.init(named.code, modifiers)
    } else if rest.count == 1, let character = rest.first {
      self.init(character, modifiers)
    } else {
      return nil
    }
  }

  /// The name that `init(name:)` reads.
  public var name: String {
    let base: String
    if let named = Self.names.first(where: { $0.code == code }) {
      base = named.name
    } else if case .character(let character) = code {
      base = String(character)
    } else {
      base = "?"
    }
    return (modifiers.contains(.control) ? "ctrl-" : "") + (modifiers.contains(.alt) ? "alt-" : "")
      + (modifiers.contains(.shift) ? "shift-" : "") + base
  }

  /// How help and hints show it: `^R`, `M-x`, `⇧Tab`, `PgUp`.
  public var display: String {
    let base: String
    if case .character(let character) = code, character != " " {
      base = modifiers.contains(.control) ? character.uppercased() : String(character)
    } else {
      base = Self.names.first { $0.code == code }?.display ?? "?"
    }
    return (modifiers.contains(.alt) ? "M-" : "") + (modifiers.contains(.control) ? "^" : "")
      + (modifiers.contains(.shift) ? "⇧" : "") + base
  }
}
