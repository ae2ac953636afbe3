import Core

// Picking the better of two answers without knowing whose they are.

extension State {
  mutating func pickBlind() -> [Effect] {
    guard !comparablePairs.isEmpty else {
      refuseToCompare()
      return []
    }
    return [.readPreferences(preferenceRequest(for: .blind))]
  }

  /// The page, where it is on top.
  private var blindPage: BlindPage? {
    if case .blind(let page)? = overlays.last { page } else { nil }
  }

  mutating func showBlind(_ reading: PreferenceReading) {
    if blindPage == nil { showPair(reading, skipped: [], startsAgain: true) }
  }

  /// Shows two answers in place of the two before.
  ///
  /// - Parameter startsAgain: whether pairs that were picked from may come again when all were.
  private mutating func showPair(
    _ reading: PreferenceReading, skipped: [ComparablePair], startsAgain: Bool
  ) {
    let people = reading.preferences.ofPeople.last
    let open = comparablePairs.filter { pair in !people.contains(where: pair.isJudged) }
    let pairs = open.isEmpty && startsAgain ? comparablePairs : open
    // Those that were left for later come after all others, then those of variants that were compared
    // least.
    let ranked = pairs.map { pair in
      (pair, rank: (skipped.contains(pair) ? 1 : 0, people.count(where: pair.isOfSameVariants)))
    }
    guard let least = ranked.map(\.rank).min(by: <) else { return }
    let best = ranked.filter { $0.rank == least }.map(\.0)
    // One bit says which is to the left, the others which pair it is.
    let pair = best[Int((reading.random >> 1) % UInt64(best.count))]
    let places = reading.random & 1 == 0 ? [pair.first, pair.second] : [pair.second, pair.first]
    let comparison = variantComparison
    let rooms = Layout.blindAnswers(size: size)
    let answers = zip(places, rooms).map { place, room in
      let traits = comparison.differences[place.column].map(\.text).joined(separator: ", ")
      let name = [
        columns[place.column].variant.name, traits.isEmpty ? "\(place.side.variant.model)" : traits,
      ].filter { !$0.isEmpty }.joined(separator: ": ")
      return BlindPage.Answer(
        place: place, name: "\(Column.letter(of: place.column)) · \(name)",
        view: BlindPage.view(of: columns[place.column].answer.text, width: room.width))
    }
    let page = BlindPage(
      question: columns[places[0].column].plan?.request.question ?? "", answers: answers,
      pairsLeft: pairs.count - 1, reading: reading, skipped: skipped)
    if blindPage != nil { overlays.removeLast() }
    overlays.append(.blind(page))
  }

  mutating func prefer(_ outcome: Preference.Outcome) -> [Effect] {
    guard var page = blindPage, page.outcome == nil else { return [] }
    let preference = page.preference(outcome)
    page.outcome = outcome
    page.skipped.removeAll { $0.isJudged(by: preference) }
    overlays[overlays.count - 1] = .blind(page)
    return [
      .addPreferences([preference]),
      .readPreferences(preferenceRequest(for: .tally)),
    ]
  }

  /// Says how the two stand, with the pick that was just made.
  mutating func updateBlind(_ reading: PreferenceReading) {
    guard var page = blindPage, page.outcome != nil else { return }
    page.reading = reading
    let people = reading.preferences.ofPeople.last
    page.pairsLeft = comparablePairs.count { pair in !people.contains(where: pair.isJudged) }
    page.tally = page.standing(in: people)
    overlays[overlays.count - 1] = .blind(page)
  }

  /// Goes to the next two once a pick is made.
  mutating func showNextPair() {
    guard let page = blindPage, page.outcome != nil else { return }
    guard page.pairsLeft > 0 else {
      overlays.removeLast()
      return
    }
    showPair(page.reading, skipped: page.skipped, startsAgain: false)
  }

  /// Leaves the two for later.
  mutating func skipPair() {
    guard var page = blindPage, page.outcome == nil else { return }
    page.skipped.append(page.pair)
    // Chance is for one pair: the same bits would show the same sides again.
    page.reading.random =
      page.reading.random.multipliedReportingOverflow(by: 0x9E37_79B9_7F4A_7C15)
      .partialValue &>> 1
    guard comparablePairs.count > 1 else {
      overlays.removeLast()
      notice = Notice(.information, "There are no other two answers to compare.")
      return
    }
    showPair(page.reading, skipped: page.skipped, startsAgain: true)
  }

  mutating func scrollBlind(_ step: ScrollStep) {
    guard var page = blindPage else { return }
    let rows = page.answers.map(\.view.rowCount).max() ?? 0
    let height = Layout.blindAnswers(size: size).first?.height ?? 1
    page.top = step.top(from: page.top, of: rows, height: height)
    overlays[overlays.count - 1] = .blind(page)
  }

  mutating func layOutBlind() {
    guard var page = blindPage else { return }
    for (place, room) in Layout.blindAnswers(size: size).enumerated() {
      let column = page.answers[place].place.column
      guard columns.indices.contains(column) else { continue }
      page.answers[place].view = BlindPage.view(
        of: columns[column].answer.text, width: room.width)
    }
    overlays[overlays.count - 1] = .blind(page)
    scrollBlind(.rows(0))
  }
}

extension BlindPage {
  fileprivate var pair: ComparablePair {
    let places = answers.map(\.place).sorted { $0.column < $1.column }
    return ComparablePair(first: places[0], second: places[1])
  }

  fileprivate func preference(_ outcome: Preference.Outcome) -> Preference {
    Preference(first: answers[0].place.side, second: answers[1].place.side, outcome: outcome)
  }

  /// `So far: A won 3 times, B once, 1 tie.`
  fileprivate func standing(in people: [Preference]) -> String {
    let first = answers[0].place.side.variant
    var (wins, losses, ties) = (0, 0, 0)
    for preference in people where pair.isOfSameVariants(as: preference) {
      let isInOrder = preference.first.variant.identity == first.identity
      switch isInOrder ? preference.outcome : preference.outcome.reversed {
      case .first: wins += 1
      case .second: losses += 1
      case .tie, .bothBad: ties += 1
      }
    }
    return "These two so far: 1 won \(wins), 2 won \(losses), ties \(ties)."
  }
}
