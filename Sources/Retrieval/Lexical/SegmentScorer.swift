// Scores the passages of a segment, window by window. Terms whose bounds together can't lift a passage
// over the threshold are not gone through: they are only looked up for passages that the others have
// brought near it (MaxScore, with bounds by block). What is left out can't matter, so the result is that of
// scoring everything.

enum SegmentScorer {
  /// Passages of a window.
  private static let window: UInt32 = 4096

  /// Gives the passages of a segment that score above the collector's threshold to it, in order.
  ///
  /// `isCancelled` is asked for each window; throws `CancellationError` once it says so.
  static func score(
    _ terms: [TermScorer], of segment: Segment, into collector: inout some ScoreCollector,
    isCancelled: () -> Bool
  ) throws {
    var terms = terms
    let scores = UnsafeMutablePointer<UInt32>.allocate(capacity: Int(window))
    scores.initialize(repeating: 0, count: Int(window))
    let marks = UnsafeMutablePointer<UInt64>.allocate(capacity: Int(window) / 64)
    marks.initialize(repeating: 0, count: Int(window) / 64)
    defer {
      scores.deallocate()
      marks.deallocate()
    }
    var bounds = terms.indices.map { (term: $0, bound: UInt32(0)) }
    for start in stride(from: 0, to: segment.span, by: Int(window)) {
      if isCancelled() { throw CancellationError() }
      let start = UInt32(start)
      let end = min(start + window, UInt32(segment.span))
      for term in terms.indices {
        bounds[term] = (term, try terms[term].bound(from: start, upTo: end))
      }
      bounds.sort { $0.bound < $1.bound }
      // Those before `essential` can't do it alone.
      var essential = 0
      var rest: UInt32 = 0
      while essential < bounds.count, rest + bounds[essential].bound <= collector.threshold {
        rest += bounds[essential].bound
        essential += 1
      }
      guard essential < bounds.count else { continue }
      for (term, bound) in bounds[essential...] where bound > 0 {
        try terms[term].add(from: start, upTo: end, to: scores, marks: marks)
      }
      for word in 0..<Int(window) / 64 where marks[word] != 0 {
        var bits = marks[word]
        marks[word] = 0
        while bits != 0 {
          let offset = word * 64 + bits.trailingZeroBitCount
          bits &= bits - 1
          var score = scores[offset]
          scores[offset] = 0
          var rest = rest
          var next = essential
          while next > 0, score + rest > collector.threshold {
            next -= 1
            rest -= bounds[next].bound
            if bounds[next].bound > 0 {
              score += try terms[bounds[next].term].contribution(to: start + UInt32(offset))
            }
          }
          if next == 0, score > collector.threshold {
            try collector.take(segment.firstPassage + Int64(start) + Int64(offset), score: score)
          }
        }
      }
    }
  }
}
