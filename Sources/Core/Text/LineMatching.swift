// Which lines of a text are still there in a later one: patience diff (Bram Cohen). Lines that come
// once in both are what people take for the same; what lies between them is matched likewise.

enum LineMatching {
  /// For each line of a text its place in another one, both growing; nil for a line that is gone.
  static func places(of old: [TextLine], in new: [TextLine]) -> [Int?] {
    var places = [Int?](repeating: nil, count: old.count)
    // A stack of its own: a hostile text must not be the one to say how deep this goes.
    var open = [(old.indices, new.indices)]
    while let (oldRange, newRange) = open.popLast() {
      var (low, high) = (oldRange, newRange)
      while let a = low.first, let b = high.first, old[a] == new[b] {
        places[a] = b
        (low, high) = (a + 1..<low.upperBound, b + 1..<high.upperBound)
      }
      while let a = low.last, let b = high.last, old[a] == new[b] {
        places[a] = b
        (low, high) = (low.lowerBound..<a, high.lowerBound..<b)
      }
      guard !low.isEmpty, !high.isEmpty else { continue }
      let anchors = anchors(old[low], new[high])
      var (a, b) = (low.lowerBound, high.lowerBound)
      for anchor in anchors {
        places[anchor.old] = anchor.new
        open.append((a..<anchor.old, b..<anchor.new))
        (a, b) = (anchor.old + 1, anchor.new + 1)
      }
      if !anchors.isEmpty { open.append((a..<low.upperBound, b..<high.upperBound)) }
    }
    return places
  }

  private typealias Anchor = (old: Int, new: Int)

  /// The longest run of lines, in the order of both, of those that each has once.
  private static func anchors(
    _ old: ArraySlice<TextLine>, _ new: ArraySlice<TextLine>
  ) -> [Anchor] {
    // Nil for a line that comes more than once.
    var newPlaces: [TextLine: Int?] = [:]
    for place in new.indices {
      newPlaces.updateValue(newPlaces[new[place]] == nil ? place : nil, forKey: new[place])
    }
    var oldCounts: [TextLine: Int] = [:]
    for line in old { oldCounts[line, default: 0] += 1 }
    let pairs = old.indices.compactMap { place -> Anchor? in
      guard oldCounts[old[place]] == 1, case .some(.some(let other)) = newPlaces[old[place]] else {
        return nil
      }
      return (place, other)
    }
    return longestRise(pairs)
  }

  /// The longest rising subsequence by the second place, of pairs that rise by the first.
  private static func longestRise(_ pairs: [Anchor]) -> [Anchor] {
    // The last pair of the best run of each length, and what came before each pair in its run.
    var ends: [Int] = []
    var previous = [Int?](repeating: nil, count: pairs.count)
    for (index, pair) in pairs.enumerated() {
      var (low, high) = (0, ends.count)
      while low < high {
        let middle = (low + high) / 2
        if pairs[ends[middle]].new < pair.new { low = middle + 1 } else { high = middle }
      }
      previous[index] = low > 0 ? ends[low - 1] : nil
      if low == ends.count { ends.append(index) } else { ends[low] = index }
    }
    var run: [Anchor] = []
    var place = ends.last
    while let index = place {
      run.append(pairs[index])
      place = previous[index]
    }
    return run.reversed()
  }
}
