// What changed from one text to another, in words: first the lines that differ are found, then in
// these the words. Work is bounded: texts that differ too much are told apart by lines, or as wholes.

/// Two texts laid over each other.
///
/// The kept and the removed pieces, one after the other, are the old text to the byte; the kept and
/// the added ones are the new text.
public struct WordDiff: Hashable, Sendable {
  /// Adjacent pieces are of different kinds; what was removed comes before what was added.
  public private(set) var pieces: [Piece] = []

  public struct Piece: Hashable, Sendable {
    public enum Kind: Hashable, Sendable { case kept, removed, added }

    public var kind: Kind
    public var text: String
  }

  /// A difference that is known already; its pieces must be as `pieces` are.
  init(pieces: [Piece]) { self.pieces = pieces }

  public init(from old: String, to new: String) {
    var budget = DiffBudget.standard
    let (oldLines, newLines) = (DiffTokens.lines(of: old), DiffTokens.lines(of: new))
    for stretch in Self.stretches(oldLines, newLines, budget: &budget) {
      switch stretch {
      case .kept(let lines): append(.kept, lines.joined())
      case .changed(let removed, let added):
        compare(removed.joined(), added.joined(), budget: &budget)
      }
    }
  }

  /// Whether both texts are the same.
  public var isEmpty: Bool { pieces.allSatisfy { $0.kind == .kept } }

  // MARK: Words

  /// Compares lines that differ, word by word.
  private mutating func compare(_ old: String, _ new: String, budget: inout DiffBudget) {
    budget.steps -= old.utf8.count + new.utf8.count
    guard budget.steps > 0 else {
      append(.removed, old)
      append(.added, new)
      return
    }
    let (oldWords, newWords) = (DiffTokens.words(of: old), DiffTokens.words(of: new))
    let stretches = Self.withoutSpecks(Self.stretches(oldWords, newWords, budget: &budget))
    guard Self.areAlike(stretches) else {
      append(.removed, old)
      append(.added, new)
      return
    }
    for stretch in stretches {
      switch stretch {
      case .kept(let words): append(.kept, words.joined())
      case .changed(let removed, let added):
        append(.removed, removed.joined())
        append(.added, added.joined())
      }
    }
  }

  private mutating func append(_ kind: Piece.Kind, _ text: String) {
    guard !text.isEmpty else { return }
    if pieces.last?.kind == kind {
      pieces[pieces.count - 1].text += text
    } else {
      pieces.append(Piece(kind: kind, text: text))
    }
  }

  // MARK: Stretches

  private enum Stretch {
    case kept(ArraySlice<Substring>)
    case changed(removed: ArraySlice<Substring>, added: ArraySlice<Substring>)
  }

  private static func stretches(
    _ old: [Substring], _ new: [Substring], budget: inout DiffBudget
  ) -> [Stretch] {
    var names = DiffTokens.Names()
    let matches = Myers.matches(names.of(old), names.of(new), budget: &budget) ?? []
    var stretches: [Stretch] = []
    var (oldPlace, newPlace) = (0, 0)
    for match in matches + [Myers.Match(old: old.count, new: new.count, count: 0)] {
      if match.old > oldPlace || match.new > newPlace {
        stretches.append(
          .changed(removed: old[oldPlace..<match.old], added: new[newPlace..<match.new]))
      }
      (oldPlace, newPlace) = (match.old + match.count, match.new + match.count)
      if match.count > 0 { stretches.append(.kept(old[match.old..<oldPlace])) }
    }
    return stretches
  }

  /// Blanks alone between two changes are no landmark for a reader: they change along.
  private static func withoutSpecks(_ stretches: [Stretch]) -> [Stretch] {
    var joined: [Stretch] = []
    var speck: ArraySlice<Substring>?
    for stretch in stretches {
      switch (stretch, joined.last) {
      case (.kept(let words), .changed?) where words.allSatisfy(isBlank): speck = words
      case (.changed(let removed, let added), .changed(let removedBefore, let addedBefore)?):
        let between = Array(speck ?? [])
        joined[joined.count - 1] = .changed(
          removed: removedBefore + between + removed, added: addedBefore + between + added)
        speck = nil
      default: joined.append(stretch)
      }
    }
    if let speck { joined.append(.kept(speck)) }
    return joined
  }

  private static func isBlank(_ word: Substring) -> Bool {
    word.allSatisfy { $0 == " " || $0 == "\t" }
  }

  /// Whether enough is kept for the words of both to be read as one text.
  private static func areAlike(_ stretches: [Stretch]) -> Bool {
    var (kept, removed, added) = (0, 0, 0)
    for stretch in stretches {
      switch stretch {
      case .kept(let words): kept += size(of: words)
      case .changed(let old, let new):
        removed += size(of: old)
        added += size(of: new)
      }
    }
    return removed == 0 || added == 0 || kept * 3 >= min(removed, added)
  }

  /// Bytes of what isn't white space.
  private static func size(of words: ArraySlice<Substring>) -> Int {
    words.reduce(0) { $0 + ($1.allSatisfy(\.isWhitespace) ? 0 : $1.utf8.count) }
  }
}

extension WordDiff {
  /// How many lines differ between two texts that are given by their lines; what follows a last line
  /// end is none.
  ///
  /// What differs too much to be compared counts as changed from its first to its last line.
  public static func changedLines(from old: [String], to new: [String]) -> LineChange {
    let (old, new) = (withoutEmptyEnd(old), withoutEmptyEnd(new))
    // Before names are given to the lines: mostly, one place of a long text has changed.
    var start = 0
    let shorter = min(old.count, new.count)
    while start < shorter, old[start] == new[start] { start += 1 }
    var end = 0
    while end < shorter - start, old[old.count - 1 - end] == new[new.count - 1 - end] { end += 1 }
    let (oldRest, newRest) = (old[start..<old.count - end], new[start..<new.count - end])
    var names = DiffTokens.Names()
    var budget = DiffBudget.quick
    let matches =
      Myers.matches(
        names.of(oldRest.map { $0[...] }), names.of(newRest.map { $0[...] }), budget: &budget) ?? []
    let kept = matches.reduce(0) { $0 + $1.count }
    return LineChange(addedCount: newRest.count - kept, removedCount: oldRest.count - kept)
  }

  private static func withoutEmptyEnd(_ lines: [String]) -> ArraySlice<String> {
    lines.last?.isEmpty == true ? lines.dropLast() : lines[...]
  }
}

/// How many lines of a text are new, and how many are gone; a changed line is both.
public struct LineChange: Hashable, Sendable {
  public var addedCount: Int
  public var removedCount: Int

  public init(addedCount: Int = 0, removedCount: Int = 0) {
    self.addedCount = addedCount
    self.removedCount = removedCount
  }
}
