// The lines before the rows of a tree, newest first, as `git log --graph` has them: one row a moment,
// a lane for each line of work, which ends where it was forked.

/// The graph of a tree: a text for each of its moments.
public struct TreeGraph: Hashable, Sendable {
  /// A row's lanes, two characters each but the last; the moment itself is `●`.
  public let rows: [String]
  /// Lanes beyond this one aren't drawn; a moment there is a `…`.
  public static let mostLanes = 12

  public init(_ tree: SessionTree) {
    // The moment that each lane leads down to; nil for a lane that is free.
    var lanes: [Identifier?] = []
    rows = tree.moments.map { moment in
      let ending = lanes.indices.filter { lanes[$0] == moment.id }
      let own = ending.first ?? lanes.firstIndex(of: nil) ?? lanes.count
      if own == lanes.count { lanes.append(nil) }
      let row = Self.row(own: own, ending: Set(ending.dropFirst()), lanes: lanes)
      for lane in ending { lanes[lane] = nil }
      lanes[own] = moment.parent
      while let last = lanes.last, last == nil { lanes.removeLast() }
      return row
    }
  }

  /// - Parameter ending: the other lanes that lead to the moment, all to the right of its own.
  private static func row(own: Int, ending: Set<Int>, lanes: [Identifier?]) -> String {
    let last = ending.max() ?? own
    var text = ""
    for lane in 0..<min(max(lanes.count, own + 1), mostLanes) {
      let isJoined = lane > own && lane <= last
      let isPassing = lane != own && !ending.contains(lane) && lanes[lane] != nil
      let sign: Character
      switch true {
      case lane == own: sign = "●"
      case ending.contains(lane): sign = lane == last ? "╯" : "┴"
      case isPassing: sign = isJoined ? "┼" : "│"
      default: sign = isJoined ? "─" : " "
      }
      text.append(sign)
      text.append(lane >= own && lane < last ? "─" : " ")
    }
    if own >= mostLanes { text.append("…") }
    while text.last == " " { text.removeLast() }
    return text
  }
}
