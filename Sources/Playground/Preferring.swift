import Core

// What the program asks of the store about answers that were compared, and what comes back.

/// A prompt whose preferences are to be told.
public struct PreferenceRequest: Hashable, Sendable {
  /// What they are wanted for.
  public enum Use: Hashable, Sendable {
    /// To show two answers without names.
    case blind
    /// To say how the two stand that were picked from last.
    case tally
    case wins
  }

  /// What its draft is kept under.
  public var prompt: String
  /// The hashes of texts whose answers are meant, too, whatever prompt they belong to.
  public var versions: [String]
  public var use: Use
}

/// What was preferred so far.
public struct PreferenceReading: Hashable, Sendable {
  public var request: PreferenceRequest
  /// In the order of time.
  public var preferences: [RecordedPreference]
  /// How versions of the prompt are called, by their hashes.
  public var versionLabels: [String: String]
  /// By chance: which two come next, and which of them to the left.
  public var random: UInt64

  public init(
    request: PreferenceRequest, preferences: [RecordedPreference],
    versionLabels: [String: String], random: UInt64
  ) {
    self.request = request
    self.preferences = preferences
    self.versionLabels = versionLabels
    self.random = random
  }

  var report: WinReport { WinReport(preferences, versionLabels: versionLabels) }
}

extension Column {
  /// The answer that is shown, as one of two that are compared; nil while it can't be.
  var comparedSide: Preference.Side? {
    guard phase == .finished, !isRunning, !answer.text.isEmpty, let recordedRun, let plan,
      var variant = asked
    else { return nil }
    variant.version = ContentHash.of(plan.promptText)
    return Preference.Side(run: recordedRun, variant: variant)
  }
}

/// Two columns whose answers can be compared.
struct ComparablePair: Hashable, Sendable {
  var first: Place
  var second: Place

  struct Place: Hashable, Sendable {
    var column: Int
    var side: Preference.Side
  }

  /// Whether a preference is about these two answers.
  func isJudged(by preference: Preference) -> Bool {
    preference.outcome(of: first.side.run, against: second.side.run) != nil
  }

  /// Whether a preference is about these two variants, in whatever answers.
  func isOfSameVariants(as preference: Preference) -> Bool {
    Set([first, second].map(\.side.variant.identity))
      == Set([preference.first, preference.second].map(\.variant.identity))
  }
}

extension State {
  /// Every two columns of different variants that answered the same question.
  var comparablePairs: [ComparablePair] {
    let places = columns.indices.compactMap { index in
      columns[index].comparedSide.map { ComparablePair.Place(column: index, side: $0) }
    }
    return places.enumerated().flatMap { offset, first in
      places.dropFirst(offset + 1).compactMap { second in
        let differ = first.side.variant.identity != second.side.variant.identity
        guard differ, hasSameQuestion(first.column, second.column) else { return nil }
        return ComparablePair(first: first, second: second)
      }
    }
  }

  private func hasSameQuestion(_ first: Int, _ second: Int) -> Bool {
    guard let one = columns[first].plan, let other = columns[second].plan else { return false }
    return one.request.question == other.request.question && one.inputs == other.inputs
  }

  /// Says what is missing where nothing can be compared.
  mutating func refuseToCompare() {
    notice = Notice(
      .information,
      "Nothing to compare yet: it takes two columns that differ and have answered the same question. "
        + "S adds one, ^R runs them.")
  }

  func preferenceRequest(for use: PreferenceRequest.Use) -> PreferenceRequest {
    PreferenceRequest(
      prompt: prompt.draftName,
      versions: Set(columns.compactMap { $0.comparedSide?.variant.version }).sorted(), use: use)
  }

  mutating func take(_ reading: PreferenceReading) {
    switch reading.request.use {
    case .blind: showBlind(reading)
    case .tally: updateBlind(reading)
    case .wins: overlays.append(.wins(WinsPage(reading.report)))
    }
  }

  /// Before a pick is made, the table could tell whose answers are shown.
  mutating func showWins() -> [Effect] {
    if case .blind(let page)? = overlays.last, page.outcome == nil { return [] }
    return [.readPreferences(preferenceRequest(for: .wins))]
  }
}
