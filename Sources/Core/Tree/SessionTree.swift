// A session as a tree of moments. Files can say anything of who is whose parent: one that isn't there is
// none, and circles are cut.

/// The moments of a session, newest first, with their branches.
public struct SessionTree: Hashable, Sendable {
  public let session: Session
  /// Newest first: each stands before the one that it was made from.
  public let moments: [Moment]
  public let branches: [Branch]
  /// How many moments are pruned, and not among the others.
  public let prunedCount: Int

  private let places: [Identifier: Int]
  /// The places of each moment's children, newest first, by its own.
  private let childPlaces: [Int: [Int]]
  /// The place of the moment of each run.
  private let placesOfRuns: [Identifier: Int]

  /// - Parameters:
  ///   - runs: oldest first; those of a moment needn't stand together.
  ///   - pruned: the moments that are not to be shown.
  public init(
    _ session: Session, runs: [Moment.Run], branches: [Branch] = [],
    pruned: Set<Identifier> = []
  ) {
    self.session = session
    var moments: [Moment] = []
    var places: [Identifier: Int] = [:]
    var momentOfRun: [Identifier: Identifier] = [:]
    var prunedSeen: Set<Identifier> = []
    for run in runs {
      guard !pruned.contains(run.batch) else {
        prunedSeen.insert(run.batch)
        continue
      }
      momentOfRun[run.id] = run.batch
      if let place = places[run.batch] {
        moments[place].runs.append(run)
      } else {
        places[run.batch] = moments.count
        moments.append(Moment(id: run.batch, parent: nil, runs: [run]))
      }
    }
    for place in moments.indices {
      moments[place].runs.sort { ($0.column, $0.step ?? 0) < ($1.column, $1.step ?? 0) }
      moments[place].parent = moments[place].runs.lazy
        .compactMap { $0.parent.flatMap { momentOfRun[$0] } }
        .first { $0 != moments[place].id }
    }
    moments = Self.newestFirst(moments, places)
    places = Dictionary(uniqueKeysWithValues: moments.enumerated().map { ($1.id, $0) })
    var children: [Int: [Int]] = [:]
    for (place, moment) in moments.enumerated() {
      if let parent = moment.parent, let above = places[parent] {
        children[above, default: []].append(place)
      }
    }
    self.moments = moments
    self.places = places
    childPlaces = children
    placesOfRuns = momentOfRun.compactMapValues { places[$0] }
    self.branches = branches.filter { places[$0.moment] != nil }
    prunedCount = prunedSeen.count
  }

  /// Sorts moments by time, each before the one that it was made from, whatever their clocks said.
  ///
  /// - Parameter places: of the moments by their ids.
  private static func newestFirst(
    _ moments: [Moment], _ places: [Identifier: Int]
  ) -> [Moment] {
    var moments = moments
    // When each is to stand, and how far from its root.
    var standings: [(time: Double, depth: Int)?] = Array(repeating: nil, count: moments.count)
    for start in moments.indices where standings[start] == nil {
      var path = [start]
      var isOnPath: Set<Int> = [start]
      while let above = path.last.flatMap({ moments[$0].parent }).flatMap({ places[$0] }),
        standings[above] == nil
      {
        guard isOnPath.insert(above).inserted else {
          moments[path[path.count - 1]].parent = nil
          break
        }
        path.append(above)
      }
      for place in path.reversed() {
        let parent = moments[place].parent.flatMap { places[$0] }.flatMap { standings[$0] }
        let time = max(moments[place].startedAt, parent?.time ?? 0)
        standings[place] = (time, (parent?.depth ?? -1) + 1)
      }
    }
    let order = moments.indices.sorted { a, b in
      let (one, other) = (standings[a] ?? (0, 0), standings[b] ?? (0, 0))
      return (one.time, one.depth, a) > (other.time, other.depth, b)
    }
    return order.map { moments[$0] }
  }

  /// The place of a moment among the others; nil where it isn't there, or pruned.
  public func place(of moment: Identifier) -> Int? { places[moment] }

  /// The place of the moment of a run.
  public func place(ofRun run: Identifier) -> Int? { placesOfRuns[run] }

  /// The place of the moment that one was made from.
  public func parent(of place: Int) -> Int? {
    moments.indices.contains(place) ? moments[place].parent.flatMap { places[$0] } : nil
  }

  /// The places of what was made from a moment, newest first.
  public func children(of place: Int) -> [Int] { childPlaces[place] ?? [] }

  /// The names of a moment.
  public func names(of place: Int) -> [String] {
    guard moments.indices.contains(place) else { return [] }
    return branches.filter { $0.moment == moments[place].id }.map(\.name)
  }

  /// A moment and all that was made from it, and from that.
  public func descent(of place: Int) -> [Identifier] {
    guard moments.indices.contains(place) else { return [] }
    var found = [place]
    var next = 0
    while next < found.count {
      found += children(of: found[next])
      next += 1
    }
    return found.map { moments[$0].id }
  }

  /// The next place, downwards from one and round, of a moment that has all of the words in its
  /// models, version, answers, notes, tags or names.
  public func place(after start: Int, holding text: String) -> Int? {
    let words = text.lowercased().split(separator: " ")
    guard !words.isEmpty, !moments.isEmpty else { return nil }
    return (1...moments.count).lazy.map { (start + $0) % moments.count }.first { place in
      let text = (moments[place].words + " " + names(of: place).joined(separator: " ")).lowercased()
      return words.allSatisfy { text.contains($0) }
    }
  }
}
