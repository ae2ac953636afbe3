// What another search, or another budget, made of the passages that a prompt is given.

/// How a list of passages differs from the one before it.
public struct PassageChanges: Hashable, Sendable {
  /// What became of one.
  public enum Change: Hashable, Sendable {
    case entered
    /// By so many places.
    case movedUp(Int)
    case movedDown(Int)
  }

  private var changes: [PassageOrigin: Change] = [:]
  /// Those that are no longer there, in the order they had.
  public private(set) var left: [Passage] = []

  /// No changes.
  public init() {}

  public init(from before: [Passage], to after: [Passage]) {
    let places = Dictionary(
      before.enumerated().map { ($1.origin, $0) }, uniquingKeysWith: { first, _ in first })
    for (place, passage) in after.enumerated() {
      guard let old = places[passage.origin] else {
        changes[passage.origin] = .entered
        continue
      }
      if old > place { changes[passage.origin] = .movedUp(old - place) }
      if old < place { changes[passage.origin] = .movedDown(place - old) }
    }
    let there = Set(after.map(\.origin))
    left = before.filter { !there.contains($0.origin) }
  }

  public var isEmpty: Bool { changes.isEmpty && left.isEmpty }

  /// Nil for a passage that stands where it stood.
  public subscript(origin: PassageOrigin) -> Change? { changes[origin] }
}
