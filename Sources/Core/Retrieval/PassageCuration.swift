// What a person changes about the passages of a prompt by hand: pinned, dropped, moved, edited. It
// is about one prompt at one time; the index knows nothing of it.

/// A person's changes to what a prompt is given, which hold for every search.
///
/// A pinned passage is given whether or not a search finds it, and before all others where the budget
/// is short. A dropped one isn't given. One that was moved keeps its place in the order.
public struct PassageCuration: Hashable, Sendable {
  /// As they were when they were pinned, in that order.
  private var pinned: [Passage] = []
  private var dropped: Set<PassageOrigin> = []
  /// Texts in place of the passages' own.
  private var texts: [PassageOrigin: String] = [:]
  /// The places of those that were moved, from 0, in the order of all.
  private var places: [PassageOrigin: Int] = [:]

  public init() {}

  /// Whether nothing was changed.
  public var isEmpty: Bool { self == PassageCuration() }

  /// Whether anything was changed about a passage.
  public func isChanged(_ origin: PassageOrigin) -> Bool {
    isPinned(origin) || isDropped(origin) || isEdited(origin) || isMoved(origin)
  }

  public func isPinned(_ origin: PassageOrigin) -> Bool { pinned.contains { $0.origin == origin } }
  public func isDropped(_ origin: PassageOrigin) -> Bool { dropped.contains(origin) }
  public func isEdited(_ origin: PassageOrigin) -> Bool { texts[origin] != nil }
  public func isMoved(_ origin: PassageOrigin) -> Bool { places[origin] != nil }

  // MARK: Changing

  /// Pins a passage, or lets it go; one that was dropped comes back.
  ///
  /// - Parameter passage: as the search found it, not as it was edited.
  public mutating func togglePin(_ passage: Passage) {
    let origin = passage.origin
    if isPinned(origin) {
      pinned.removeAll { $0.origin == origin }
    } else {
      pinned.append(passage)
      dropped.remove(origin)
    }
  }

  /// Drops a passage, or takes it back; one that was pinned is no more.
  public mutating func toggleDrop(_ origin: PassageOrigin) {
    if dropped.remove(origin) == nil {
      dropped.insert(origin)
      pinned.removeAll { $0.origin == origin }
    }
  }

  /// Puts a text in place of a passage's; its own takes that back.
  public mutating func edit(_ passage: Passage, to text: String) {
    texts[passage.origin] = text == passage.text ? nil : text
  }

  /// Moves a passage to a place in the order of all that a search found.
  ///
  /// - Parameters:
  ///   - order: all of them, as they stand now.
  ///   - place: from 0.
  public mutating func move(_ origin: PassageOrigin, to place: Int, in order: [PassageOrigin]) {
    guard let before = order.firstIndex(of: origin), order.indices.contains(place) else { return }
    for other in places.keys {
      guard let fixed = places[other] else { continue }
      if fixed > before, fixed <= place { places[other] = fixed - 1 }
      if fixed < before, fixed >= place { places[other] = fixed + 1 }
    }
    places[origin] = place
  }

  /// Takes back what was changed about a passage.
  public mutating func undo(_ origin: PassageOrigin) {
    pinned.removeAll { $0.origin == origin }
    dropped.remove(origin)
    texts[origin] = nil
    places[origin] = nil
  }

  // MARK: Applying

  /// What a prompt is given of what a search found, and what it isn't.
  ///
  /// - Parameters:
  ///   - found: best first.
  ///   - budget: the tokens of what is given at most; nil for any number.
  public func applied(to found: [Passage], budget: Int?) -> CuratedPassages {
    let order = ordered(found)
    let wanted = order.filter { !isDropped($0.origin) }.map { ($0, edited($0)) }
    let first = wanted.filter { isPinned($0.0.origin) } + wanted.filter { !isPinned($0.0.origin) }
    let fitting = first.map(\.1).fitting(tokens: budget ?? .max)
    let given = Set(fitting.kept.map(\.origin))
    return CuratedPassages(
      order.map { passage in
        let origin = passage.origin
        return CuratedPassages.Entry(
          passage: edited(passage), original: passage,
          state: isDropped(origin) ? .dropped : given.contains(origin) ? .given : .cut)
      })
  }

  /// Those that were found, with those that are pinned though they weren't, all in their places.
  private func ordered(_ found: [Passage]) -> [Passage] {
    let origins = Set(found.map(\.origin))
    let missing = pinned.filter { !origins.contains($0.origin) }.map { passage in
      var passage = passage
      // How it once stood for another query says nothing here.
      passage.score = 0
      passage.standings = [:]
      passage.matches = []
      return passage
    }
    let all = found + missing
    var order = all.filter { !isMoved($0.origin) }
    let moved = all.compactMap { passage in places[passage.origin].map { (passage, $0) } }
    for (passage, place) in moved.sorted(by: { $0.1 < $1.1 }) {
      order.insert(passage, at: min(place, order.count))
    }
    return order
  }

  private func edited(_ passage: Passage) -> Passage {
    guard let text = texts[passage.origin] else { return passage }
    var passage = passage
    passage.text = text
    passage.matches = []
    passage.tokens = TokenEstimate.tokens(in: text)
    return passage
  }
}
