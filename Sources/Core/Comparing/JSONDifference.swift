// Two JSON values compared by what they mean: the order of members and the spelling of numbers are
// no difference. Items of arrays are laid beside each other as they fit best.

/// What changed from one JSON value to another, by paths.
public struct JSONDifference: Hashable, Sendable {
  /// Members in the order of their names, items in that of their places.
  public private(set) var changes: [Change] = []

  /// A value that is new, gone, or another one.
  public struct Change: Hashable, Sendable {
    /// Where it stands, as jq writes paths: `.items[2].name`, `."two words"`; the whole is `.`.
    /// An item of an array has its place in the new one, or in the old one where it is gone.
    public var path: String
    /// Nil for what is new.
    public var old: JSON?
    /// Nil for what is gone.
    public var new: JSON?
  }

  /// Equal items of arrays stay together in their order; the others are compared one by one with
  /// those that stand between the same equal ones, and what is left over is new or gone. Of arrays
  /// that differ too much for this, items are compared by their places.
  public init(from old: JSON, to new: JSON) {
    var budget = DiffBudget.standard
    compare(old.normalized, new.normalized, at: "", budget: &budget)
  }

  public var isEmpty: Bool { changes.isEmpty }

  private mutating func compare(
    _ old: JSON, _ new: JSON, at path: String, budget: inout DiffBudget
  ) {
    guard !old.isSame(as: new) else { return }
    switch (old, new) {
    case (.object(let old), .object(let new)): compare(old, new, at: path, budget: &budget)
    case (.array(let old), .array(let new)): compare(old, new, at: path, budget: &budget)
    default: note(old, new, at: path)
    }
  }

  private mutating func note(_ old: JSON?, _ new: JSON?, at path: String) {
    changes.append(Change(path: path.isEmpty ? "." : path, old: old, new: new))
  }

  // MARK: Objects

  /// Both with their members sorted by name, each name once.
  private mutating func compare(
    _ old: JSON.Object, _ new: JSON.Object, at path: String, budget: inout DiffBudget
  ) {
    var removed = old.members[...]
    for member in new.members {
      while let first = removed.first, first.name.precedes(member.name) {
        note(first.value, nil, at: path + Self.step(to: first.name))
        removed.removeFirst()
      }
      let path = path + Self.step(to: member.name)
      if let first = removed.first, first.name.hasSameBytes(as: member.name) {
        removed.removeFirst()
        compare(first.value, member.value, at: path, budget: &budget)
      } else {
        note(nil, member.value, at: path)
      }
    }
    for member in removed { note(member.value, nil, at: path + Self.step(to: member.name)) }
  }

  private static func step(to name: String) -> String {
    let isPlain =
      name.utf8.first.map { !(UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) } == true
      && name.unicodeScalars.allSatisfy {
        $0 == "_" || ($0.isASCII && $0.properties.isAlphabetic)
          || ("0"..."9").contains($0)
      }
    return isPlain ? ".\(name)" : "." + JSON.string(name).text
  }

  // MARK: Arrays

  private mutating func compare(
    _ old: [JSON], _ new: [JSON], at path: String, budget: inout DiffBudget
  ) {
    var (oldPlace, newPlace) = (0, 0)
    let end = Myers.Match(old: old.count, new: new.count, count: 0)
    for match in Self.matches(old, new, budget: &budget) + [end] {
      let paired = min(match.old - oldPlace, match.new - newPlace)
      for offset in 0..<paired {
        compare(
          old[oldPlace + offset], new[newPlace + offset], at: "\(path)[\(newPlace + offset)]",
          budget: &budget)
      }
      for place in oldPlace + paired..<match.old { note(old[place], nil, at: "\(path)[\(place)]") }
      for place in newPlace + paired..<match.new { note(nil, new[place], at: "\(path)[\(place)]") }
      (oldPlace, newPlace) = (match.old + match.count, match.new + match.count)
    }
  }

  /// The items that are the same in both; none where that is too much work to find out.
  private static func matches(
    _ old: [JSON], _ new: [JSON], budget: inout DiffBudget
  ) -> [Myers.Match] {
    let texts = [old, new].map { $0.map { $0.text[...] } }
    budget.steps -= texts.reduce(0) { $0 + $1.reduce(0) { $0 + $1.utf8.count } }
    guard budget.steps > 0 else { return [] }
    var names = DiffTokens.Names()
    return Myers.matches(names.of(texts[0]), names.of(texts[1]), budget: &budget) ?? []
  }
}

extension JSON {
  /// The value with numbers in one spelling, members sorted by name, and of a repeated name the last.
  fileprivate var normalized: JSON {
    switch self {
    case .number(let value): return Int(exactly: value).map(JSON.integer) ?? self
    case .array(let items): return .array(items.map(\.normalized))
    case .object(let object):
      // By place too: a name that comes again wins.
      let sorted = object.members.enumerated().sorted { a, b in
        a.element.name.precedes(b.element.name)
          || (a.element.name.hasSameBytes(as: b.element.name) && a.offset < b.offset)
      }.map(\.element)
      var members: [Object.Member] = []
      for member in sorted {
        if members.last?.name.hasSameBytes(as: member.name) == true { members.removeLast() }
        members.append(Object.Member(name: member.name, value: member.value.normalized))
      }
      return .object(Object(members))
    default: return self
    }
  }

  /// Whether two normalized values are the same; unlike `==`, not for two spellings of one character.
  fileprivate func isSame(as other: JSON) -> Bool {
    self == other && text.hasSameBytes(as: other.text)
  }
}

extension String {
  /// The order of their bytes: that of Swift takes two spellings of one character for the same.
  fileprivate func precedes(_ other: String) -> Bool {
    utf8.lexicographicallyPrecedes(other.utf8)
  }
}
