// The work of finishing an index. Whatever the examples are, it stays near linear: what is the same is
// sorted, and in a bucket of near ones each is compared with a few others only.

struct LikenessSearch {
  private let index: LikenessIndex
  /// What was found of each example: the other's place, and how; `none` for nothing.
  private var others: [UInt32]
  private var kinds: [UInt8]
  private var similarities: [UInt8]

  private static let none = UInt8.max
  private static let kindList = LikenessMatch.Kind.allCases

  init(_ index: LikenessIndex) {
    self.index = index
    others = Array(repeating: 0, count: index.count)
    kinds = Array(repeating: Self.none, count: index.count)
    similarities = Array(repeating: 0, count: index.count)
  }

  private mutating func set(
    _ place: Int, _ kind: LikenessMatch.Kind, _ other: Int, _ similarity: Double = 1
  ) {
    others[place] = UInt32(other)
    kinds[place] = UInt8(Self.kindList.firstIndex(of: kind) ?? 0)
    similarities[place] = UInt8((similarity * 200).rounded())
  }

  func give(_ take: (LikenessMatch) -> Void) {
    for place in 0..<index.count where kinds[place] != Self.none {
      let other = Int(others[place])
      take(
        LikenessMatch(
          kind: Self.kindList[Int(kinds[place])], line: Int(index[place].line),
          group: index[place].group, other: Int(index[other].line),
          otherGroup: index[other].group, similarity: Double(similarities[place]) / 200))
    }
  }

  // MARK: The same

  /// Duplicates, contradictions and leaks: all have the same input as another one.
  mutating func findSame() {
    var keys = (0..<index.count).map {
      index[$0].fingerprint.input & ~0xFFFF_FFFF | UInt64($0)
    }
    keys.sort()
    Self.forEachRun(of: keys) { run in
      // Half of the hash is in the key.
      let places = run.map { Int($0 & 0xFFFF_FFFF) }.sorted { a, b in
        let (first, second) = (index[a].fingerprint, index[b].fingerprint)
        if first.input != second.input { return first.input < second.input }
        if first.answer != second.answer { return first.answer < second.answer }
        return a < b
      }
      var start = 0
      while start < places.count {
        let input = index[places[start]].fingerprint.input
        var end = start + 1
        while end < places.count, index[places[end]].fingerprint.input == input { end += 1 }
        if end - start > 1 { compare(places[start..<end]) }
        start = end
      }
    }
  }

  /// Examples of one input, those of one answer beside each other.
  private mutating func compare(_ places: ArraySlice<Int>) {
    // The first of each group, and the first of each group and system prompt.
    var firsts: [Int?] = [nil, nil, nil]
    var inContext: [Context: Int] = [:]
    for place in places {
      let group = index[place].group.place
      firsts[group] = min(firsts[group] ?? place, place)
      let context = Context(group: group, hash: index[place].fingerprint.context)
      inContext[context] = min(inContext[context] ?? place, place)
    }
    var sameAnswer: [Int?] = [nil, nil, nil]
    var answer: UInt64?
    for place in places {
      let entry = index[place]
      let group = entry.group.place
      if entry.fingerprint.answer != answer {
        answer = entry.fingerprint.answer
        sameAnswer = [nil, nil, nil]
      }
      let context = Context(group: group, hash: entry.fingerprint.context)
      if let other = firsts[..<group].compactMap({ $0 }).first {
        set(place, .leak, other)
      } else if let other = sameAnswer[group] {
        set(place, .duplicate, other)
      } else if let other = inContext[context], other != place {
        set(place, .contradiction, other)
      }
      if sameAnswer[group] == nil { sameAnswer[group] = place }
    }
  }

  private struct Context: Hashable {
    var group: Int
    var hash: UInt32
  }

  // MARK: Near

  /// Near duplicates by all that is said, near leaks by what is asked.
  mutating func findNear() {
    let hasGroups = (0..<index.count).contains { index[$0].group != index[0].group }
    if hasGroups { findNear(.nearLeak) { $0.inputSignature } }
    findNear(.nearDuplicate) { $0.signature }
  }

  private mutating func findNear(
    _ kind: LikenessMatch.Kind, _ signature: (ExampleFingerprint) -> LikenessSignature
  ) {
    // Copies would make a rare text a common one.
    let places = (0..<index.count).filter { place in
      (kinds[place] == Self.none || kind == .nearLeak && kinds[place] == Self.contradiction)
        && !signature(index[place].fingerprint).isEmpty
    }
    guard places.count > 1 else { return }
    var rarity = LikenessRarity(count: places.count)
    for place in places { rarity.add(signature(index[place].fingerprint)) }
    var keys: [UInt64] = []
    keys.reserveCapacity(places.count)
    for band in 0..<LikenessBands.count {
      keys.removeAll(keepingCapacity: true)
      for place in places {
        let key = signature(index[place].fingerprint).withBins { LikenessBands.key(band, $0) }
        keys.append(UInt64(key) << 32 | UInt64(place))
      }
      keys.sort()
      Self.forEachRun(of: keys) { run in
        compare(run, kind: kind, rarity: rarity, signature)
      }
    }
  }

  /// The first ones of a bucket, and those before: how many each is compared with at most.
  private static let mostAnchors = 6
  private static let mostBefore = 6
  private static let contradiction = UInt8(kindList.firstIndex(of: .contradiction) ?? 0)

  private mutating func compare(
    _ run: ArraySlice<UInt64>, kind: LikenessMatch.Kind, rarity: LikenessRarity,
    _ signature: (ExampleFingerprint) -> LikenessSignature
  ) {
    var seen: [[Int]] = [[], [], []]
    // A leak goes from an earlier group to a later one, in whatever order they were added.
    for group in 0..<3 {
      for key in run {
        let place = Int(key & 0xFFFF_FFFF)
        guard index[place].group.place == group else { continue }
        let own = signature(index[place].fingerprint)
        for candidates in kind == .nearLeak ? Array(seen[..<group]) : [seen[group]] {
          let before = candidates.dropFirst(Self.mostAnchors).suffix(Self.mostBefore)
          for other in candidates.prefix(Self.mostAnchors) + before {
            let nearness = rarity.nearness(
              own, signature(index[other].fingerprint), threshold: index.settings.threshold)
            guard let nearness, nearness > Double(similarities[place]) / 200 else { continue }
            set(place, kind, other, nearness)
          }
        }
        seen[group].append(place)
      }
    }
  }

  /// Gives the stretches of sorted keys that share their upper half, where there are at least two.
  private static func forEachRun(of keys: [UInt64], _ body: (ArraySlice<UInt64>) -> Void) {
    var start = 0
    while start < keys.count {
      var end = start + 1
      while end < keys.count, keys[end] >> 32 == keys[start] >> 32 { end += 1 }
      if end - start > 1 { body(keys[start..<end]) }
      start = end
    }
  }
}

/// Locality-sensitive hashing: texts that share a band of three bins are worth comparing. Of texts with
/// a similarity of 0.75, 999 in 1,000 share one of 13, and of those with 0.65 still 98 in 100 (Leskovec, Rajaraman and Ullman, "Mining of Massive
/// Datasets", 3.4).
enum LikenessBands {
  static let count = 13

  /// Bins that nothing fell into borrow from another one (Shrivastava, "Optimal Densification for Fast
  /// and Accurate Minwise Hashing", ICML 2017).
  static func key(_ band: Int, _ bins: UnsafeBufferPointer<UInt16>) -> UInt32 {
    var hash = UInt64(band)
    for row in 0..<3 {
      var bin = band * 3 + row
      var attempt: UInt64 = 0
      while bins[bin] == 0, attempt < 400 {
        attempt += 1
        let mixed = FoldedText.finish(UInt64(band * 3 + row) << 32 | attempt)
        bin = Int(mixed % UInt64(LikenessSignature.binCount))
      }
      hash = FoldedText.finish(hash &* 0x9E37_79B9_7F4A_7C15 &+ UInt64(bins[bin]) &+ attempt << 20)
    }
    return UInt32(truncatingIfNeeded: hash >> 32)
  }
}
