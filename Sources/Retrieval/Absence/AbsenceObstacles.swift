import Core

// At which step of a search a passage is lost: found by what happens where the step is left out.

struct AbsenceObstacles {
  let trials: SearchTrials
  let base: SearchTrials.Outcome
  let outcomes: [SearchTrials.Outcome]

  private var settings: RetrievalSettings { base.variant.settings }

  /// - Parameter chunking: the one that has the passage, where the one that is searched hasn't.
  func obstacles(
    for absent: AbsentPassage, foundIn chunking: Chunking?
  ) throws -> [AbsentPassage.Obstacle] {
    let passage = absent.passage
    var obstacles: [AbsentPassage.Obstacle] = []
    if let chunking {
      obstacles.append(
        .init(.chunking, "Only \(chunking.name) has such a passage, and that isn't searched."))
    }
    obstacles += try filters(keepingOut: passage)
    if let place = base.place(of: passage) {
      return obstacles + [late(passage, at: place)]
    }
    obstacles += legs(keepingOut: absent)
    for (change, kind) in [
      ("no minimum score", AbsentPassage.Obstacle.Kind.minimumScore), ("diversity=0", .diversity),
      ("no reranker", .reranker),
    ] {
      guard let without = outcomes.first(where: { $0.variant.changes == [change] }),
        let place = without.place(of: passage)
      else { continue }
      obstacles.append(.init(kind, sentence(kind, without.found[place - 1], place)))
    }
    return obstacles
  }

  private func sentence(
    _ kind: AbsentPassage.Obstacle.Kind, _ passage: Passage, _ place: Int
  ) -> String {
    switch kind {
    case .minimumScore:
      "Its score, \(Numbers.fixed(passage.score, digits: 2)), is under the minimum of "
        + "\(Numbers.fixed(settings.minimumScore ?? 0, digits: 2))."
    case .diversity:
      "It is too much like others that are taken: without diversity it is number \(Numbers.grouped(place))."
    default:
      "The reranker puts others before it: without it, it is number \(Numbers.grouped(place))."
    }
  }

  /// It was found, but isn't given.
  private func late(_ passage: Passage, at place: Int) -> AbsentPassage.Obstacle {
    if place > settings.limit {
      return .init(
        .limit,
        "k is \(settings.limit): the best \(settings.limit) are taken, and it is number \(Numbers.grouped(place))."
      )
    }
    let before = base.found.prefix(place - 1).fitting(tokens: settings.budget).kept
      .reduce(0) { $0 + $1.tokens }
    return .init(
      .budget,
      "The budget is \(Numbers.grouped(settings.budget)) tokens: those before it take "
        + "\(Numbers.grouped(before)), and it has \(Numbers.grouped(passage.tokens)).")
  }

  private func legs(keepingOut absent: AbsentPassage) -> [AbsentPassage.Obstacle] {
    let standings = absent.passage.standings
    let words = standings[.bm25]
    if base.method == .bm25, words == nil {
      return [.init(.words, "It holds no word of the query, and only words are searched for.")]
    }
    if base.method == .vector, standings[.vector] == nil {
      return [.init(.legs, "It has no vector: `whet index embed` gives it one.")]
    }
    if base.method == .hybrid, words?.rank ?? .max > Fusion.depth,
      standings[.vector]?.rank ?? .max > Fusion.depth
    {
      return [
        .init(
          .legs,
          "It is not among the best \(Fusion.depth) of either leg, which are all that is fused.")
      ]
    }
    let rank = (standings[.fused] ?? standings[base.method == .vector ? .vector : .bm25])?.rank
    guard let rank else { return [] }
    let shortlist = max(settings.limit, Retriever.shortlist)
    if settings.isShortlisted {
      guard rank > shortlist else { return [] }
      return [
        .init(
          .shortlist,
          "It is number \(Numbers.grouped(rank)), and only the best \(shortlist) are looked at again."
        )
      ]
    }
    guard rank > settings.limit else { return [] }
    return [
      .init(
        .limit,
        "k is \(settings.limit): the best \(settings.limit) are taken, and it is number \(Numbers.grouped(rank))."
      )
    ]
  }

  /// Which of the filter's parts don't let it through: it doesn't even find itself by its own words.
  private func filters(keepingOut passage: Passage) throws -> [AbsentPassage.Obstacle] {
    var open = RetrievalSettings(limit: Fusion.depth)
    open.method = .bm25
    open.chunking = settings.chunking
    let text = String(passage.text.prefix(1000))
    return try settings.filter.parts.enumerated().compactMap { place, part in
      var settings = open
      settings.filter = self.settings.filter
      for (other, otherPart) in settings.filter.parts.enumerated() where other != place {
        otherPart.drop(&settings.filter)
      }
      let isThere = try trials.search(text, settings).passages.place(of: passage) != nil
      return isThere ? nil : .init(.filter, "The filter \(part.name) doesn't let it through.")
    }
  }
}
