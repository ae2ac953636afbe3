// The shortest way from one sequence to another, by the greedy algorithm of Eugene Myers ("An O(ND)
// Difference Algorithm and Its Variations", Algorithmica 1, 1986). It knows nothing of texts.

/// How much work a comparison may still take, in compared elements and bytes.
struct DiffBudget {
  var steps: Int

  /// Enough for more than a thousand differences; takes 12 MB at most.
  static let standard = DiffBudget(steps: 1_500_000)
  /// For what is done while a person types.
  static let quick = DiffBudget(steps: 300_000)
}

enum Myers {
  /// A stretch that two sequences share.
  struct Match: Equatable {
    var old: Int
    var new: Int
    var count: Int
  }

  /// What two sequences have in common, in order; nil where the budget doesn't allow to find out.
  static func matches(_ old: [Int], _ new: [Int], budget: inout DiffBudget) -> [Match]? {
    var start = 0
    let shorter = min(old.count, new.count)
    while start < shorter, old[start] == new[start] { start += 1 }
    var end = 0
    while end < shorter - start, old[old.count - 1 - end] == new[new.count - 1 - end] { end += 1 }
    budget.steps -= start + end
    guard
      let middle = middle(
        old[start..<old.count - end], new[start..<new.count - end], budget: &budget)
    else { return nil }
    var matches: [Match] = []
    for match in [Match(old: 0, new: 0, count: start)] + middle
      + [Match(old: old.count - end, new: new.count - end, count: end)]
    {
      append(match, to: &matches)
    }
    return matches
  }

  private static func append(_ match: Match, to matches: inout [Match]) {
    guard match.count > 0 else { return }
    if let last = matches.last, last.old + last.count == match.old,
      last.new + last.count == match.new
    {
      matches[matches.count - 1].count += match.count
    } else {
      matches.append(match)
    }
  }

  /// The matches of sequences that differ at both of their ends.
  private static func middle(
    _ old: ArraySlice<Int>, _ new: ArraySlice<Int>, budget: inout DiffBudget
  ) -> [Match]? {
    guard !old.isEmpty, !new.isEmpty else { return [] }
    // Furthest places in `old` by diagonal, from -distance to distance, for each distance so far.
    var trace: [[Int]] = []
    var furthest = [0, 0, 0]
    for distance in 0...old.count + new.count {
      budget.steps -= 2 * distance + 1
      guard budget.steps > 0 else { return nil }
      var next = Array(repeating: 0, count: 2 * distance + 3)
      for diagonal in stride(from: -distance, through: distance, by: 2) {
        // Both arrays keep diagonal k at k + their own middle.
        let below = furthest[at: diagonal + 1, distance]
        let left = furthest[at: diagonal - 1, distance]
        let isDown = diagonal == -distance || (diagonal != distance && left < below)
        var x = isDown ? below : left + 1
        var y = x - diagonal
        while x < old.count, y < new.count, old[old.startIndex + x] == new[new.startIndex + y] {
          x += 1
          y += 1
          budget.steps -= 1
        }
        next[diagonal + distance + 1] = x
        if x >= old.count, y >= new.count {
          trace.append(next)
          return walkBack(trace, from: (old.count, new.count)).map {
            Match(old: $0.old + old.startIndex, new: $0.new + new.startIndex, count: $0.count)
          }
        }
      }
      trace.append(next)
      furthest = next
    }
    return nil
  }

  /// The matches on the way that a trace tells of, first to last.
  private static func walkBack(_ trace: [[Int]], from end: (x: Int, y: Int)) -> [Match] {
    var (x, y) = end
    var matches: [Match] = []
    for distance in trace.indices.reversed() {
      let diagonal = x - y
      let before = distance == 0 ? [0, 0, 0] : trace[distance - 1]
      let below = before[at: diagonal + 1, distance]
      let left = before[at: diagonal - 1, distance]
      let isDown = diagonal == -distance || (diagonal != distance && left < below)
      let start = distance == 0 ? 0 : isDown ? below : left + 1
      if x > start { matches.append(Match(old: start, new: start - diagonal, count: x - start)) }
      x = isDown ? start : start - 1
      y = x - (isDown ? diagonal + 1 : diagonal - 1)
    }
    return matches.reversed()
  }
}

extension [Int] {
  /// What the step before `distance` kept for a diagonal; -1 for one that it could not reach.
  fileprivate subscript(at diagonal: Int, distance: Int) -> Int {
    let place = diagonal + distance
    return indices.contains(place) ? self[place] : -1
  }
}
