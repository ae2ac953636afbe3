// Finds passages of the same words, whatever stands between them and however they are capitalized.

struct DuplicateCheck {
  private struct Group {
    var places: [PassagePlace]
    var count = 1
    var excerpt: String
  }

  private var firsts: [UInt64: PassagePlace] = [:]
  private var groups: [UInt64: Group] = [:]
  private var examined = 0

  /// Whether an earlier passage has the same words.
  mutating func take(_ passage: ExaminedPassage) -> Bool {
    examined += 1
    var hash: UInt64 = 0
    for word in HashedWords(passage.text) { hash = hash.hashed(with: word.hash) }
    guard let first = firsts[hash] else {
      firsts[hash] = passage.place
      return false
    }
    var group =
      groups[hash] ?? Group(places: [first], excerpt: passage.excerpt(from: passage.text))
    group.count += 1
    if group.places.count < 3 { group.places.append(passage.place) }
    groups[hash] = group
    return true
  }

  var finding: IndexFinding? {
    guard !groups.isEmpty else { return nil }
    let worst = groups.values.sorted {
      ($1.count, $0.places[0].passage) < ($0.count, $1.places[0].passage)
    }
    return IndexFinding(
      kind: .duplicate, count: groups.values.reduce(0) { $0 + $1.count - 1 }, examined: examined,
      examples: worst.prefix(10).map {
        .init(places: $0.places, figure: "\($0.count) times", excerpt: $0.excerpt)
      })
  }
}
