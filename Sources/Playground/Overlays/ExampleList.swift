import Core

// The examples that there are, for a person to mark those that are to be shown.

/// A list of examples with marks.
public struct ExampleList: Hashable, Sendable {
  public let examples: [Example]
  /// The places of those that are marked.
  public private(set) var marked: Set<Int> = []
  /// The place of the selected one, from 0.
  public private(set) var selection = 0
  /// The place of the first in sight.
  public private(set) var top = 0

  /// The rows of an example: what is asked, and what is answered.
  public static let rowsPerExample = 2

  public init(_ examples: [Example]) { self.examples = examples }

  /// The marked ones in the order of the list; the selected one while none is marked.
  public var chosen: [Example] {
    let places = marked.isEmpty ? [selection] : marked.sorted()
    return places.filter(examples.indices.contains).map { examples[$0] }
  }

  /// - Parameter height: the rows in which examples are shown.
  mutating func select(_ place: Int, height: Int) {
    selection = max(0, min(place, examples.count - 1))
    let inSight = max(1, height / Self.rowsPerExample)
    top = max(min(top, selection), selection - inSight + 1)
  }

  mutating func toggleMark() { marked.formSymmetricDifference([selection]) }
}
