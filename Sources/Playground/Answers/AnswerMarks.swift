// What is marked in an answer's text: in layers, so that each concern sets and clears its own.

/// A stretch of an answer's text, and what there is to say of it.
public struct AnswerMark: Hashable, Sendable {
  public enum Kind: Hashable, Sendable {
    /// The beginning that the model was given, and went on from.
    case given
    /// Isn't in the baseline.
    case added
    /// Something of the baseline is missing before it.
    case omission
    /// A sentence that no passage supports.
    case unsupported
    /// A citation of a passage that doesn't say so, or isn't there.
    case citationMisfit
    /// Belongs to what is selected elsewhere.
    case lit
    /// How likely the model held it: 0 for hardly, 4 for nearly certain.
    case probability(level: Int)
    case match
    case currentMatch
    case selected
    /// The character at the cursor.
    case cursor
  }

  /// UTF-8 offsets in the answer's text.
  public var range: Range<Int>
  public var kind: Kind

  public init(_ range: Range<Int>, _ kind: Kind) {
    self.range = range
    self.kind = kind
  }
}

/// The marks of an answer.
public struct AnswerMarks: Hashable, Sendable {
  /// A concern that marks; later ones lie over earlier ones.
  public enum Layer: Int, Hashable, Sendable, CaseIterable {
    case given, probability, difference, support, lit, match, cursor
  }

  private var layers: [[AnswerMark]] = Array(repeating: [], count: Layer.allCases.count)

  public init() {}

  /// In the order of the text, and none over another.
  public subscript(layer: Layer) -> [AnswerMark] {
    get { layers[layer.rawValue] }
    set { layers[layer.rawValue] = newValue }
  }

  /// Puts marks in place of those of a layer that begin at a place of the text or behind it; costs
  /// by how many these are.
  mutating func replace(from start: Int, in layer: Layer, with marks: [AnswerMark]) {
    while let last = layers[layer.rawValue].last, last.range.lowerBound >= start {
      layers[layer.rawValue].removeLast()
    }
    layers[layer.rawValue] += marks
  }

  public var isEmpty: Bool { layers.allSatisfy(\.isEmpty) }

  /// The marks that touch a range: layer by layer, the uppermost last.
  public func touching(_ range: Range<Int>) -> [AnswerMark] {
    layers.flatMap { Self.touching(range, in: $0) }
  }

  private static func touching(_ range: Range<Int>, in marks: [AnswerMark]) -> ArraySlice<
    AnswerMark
  > {
    var (low, high) = (0, marks.count)
    while low < high {
      let middle = (low + high) / 2
      if marks[middle].range.upperBound <= range.lowerBound {
        low = middle + 1
      } else {
        high = middle
      }
    }
    let end = marks[low...].firstIndex { $0.range.lowerBound >= range.upperBound }
    return marks[low..<(end ?? marks.count)]
  }
}
