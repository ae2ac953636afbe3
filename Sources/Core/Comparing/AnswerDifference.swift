// What differs between an answer and the one that it is compared with, in the words of the answer
// and, where both are JSON, by value. It is made on a worker thread: the work is bounded, but long.

/// An answer laid over a baseline.
public struct AnswerDifference: Hashable, Sendable {
  /// What is kept, removed and added on the way from the baseline to the answer; kept and added
  /// pieces are the answer to the byte.
  public let words: WordDiff
  /// Nil while the answer is still coming, and for texts that are too long to be compared so.
  public let agreement: Agreement?
  /// How the values differ of which both answers consist; nil where one isn't JSON, and while the
  /// answer is still coming.
  public let values: JSONDifference?

  /// - Parameter isComplete: false while the answer is still coming: then what the baseline has after
  ///   it isn't missing yet.
  public init(from baseline: String, to answer: String, isComplete: Bool = true) {
    var pieces = WordDiff(from: baseline, to: answer).pieces
    guard isComplete else {
      let end = pieces.suffix(2).lastIndex { $0.kind == .removed }
      if let end, pieces[end...].allSatisfy({ $0.kind != .kept }) { pieces.remove(at: end) }
      words = WordDiff(pieces: pieces)
      (agreement, values) = (nil, nil)
      return
    }
    words = WordDiff(pieces: pieces)
    agreement = Agreement(baseline, answer)
    values = JSON(ofAnswer: baseline).flatMap { old in
      JSON(ofAnswer: answer).map { JSONDifference(from: old, to: $0) }
    }
  }

  /// Whether both are the same text.
  public var isEmpty: Bool { words.isEmpty }

  /// What the answer has and the baseline hasn't: UTF-8 offsets in the answer, in order.
  public var additions: [Range<Int>] {
    var additions: [Range<Int>] = []
    walk { piece, offset in
      if piece.kind == .added { additions.append(offset..<offset + piece.text.utf8.count) }
    }
    return additions
  }

  /// The places at which something of the baseline is missing with nothing in its stead: UTF-8 offsets
  /// in the answer, in order.
  public var omissions: [Int] {
    var omissions: [Int] = []
    walk { piece, offset in
      if omissions.last == offset, piece.kind == .added { omissions.removeLast() }
      if piece.kind == .removed { omissions.append(offset) }
    }
    return omissions
  }

  /// Goes through the pieces, each with its place in the answer.
  private func walk(_ visit: (WordDiff.Piece, Int) -> Void) {
    var offset = 0
    for piece in words.pieces {
      visit(piece, offset)
      if piece.kind != .removed { offset += piece.text.utf8.count }
    }
  }
}
