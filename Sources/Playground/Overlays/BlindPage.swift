import Core

// Two answers side by side without names. Until one is picked, nothing that is shown of them may tell
// where they come from: neither names nor figures, nor thinking, nor how they ended, nor their order.

/// Two answers to pick the better one of.
public struct BlindPage: Hashable, Sendable {
  /// One of the two, as it is shown.
  public struct Answer: Hashable, Sendable {
    let place: ComparablePair.Place
    /// What it goes by once the pick is made.
    public let name: String
    public internal(set) var view: AnswerView
  }

  /// What they answer.
  public let question: String
  /// Two, from the left.
  public internal(set) var answers: [Answer]
  /// Which one was picked; nil while none is.
  public internal(set) var outcome: Preference.Outcome?
  /// How the two variants stand, once that is known.
  public internal(set) var tally = ""
  /// Pairs that are left after this one.
  public internal(set) var pairsLeft: Int
  /// The first row that is shown of both.
  public internal(set) var top = 0
  /// What was preferred so far, with chance for the next pair.
  var reading: PreferenceReading
  /// Pairs that were left for later.
  var skipped: [ComparablePair]

  /// What is shown of an answer: its text alone.
  static func view(of text: String, width: Int) -> AnswerView {
    var bare = Core.Answer()
    bare.apply(.text(text), at: 0)
    bare.apply(.finish(.stop), at: 0)
    var view = AnswerView(width: width)
    view.show(bare)
    return view
  }

  /// What there is to say under the answers: a few short lines.
  public var sentences: [String] {
    guard let outcome else {
      let question = question.split(whereSeparator: \.isWhitespace).joined(separator: " ")
      return ["To: \(question)", "Names are shown once you have picked."]
    }
    let picked =
      switch outcome {
      case .first: "1 is better."
      case .second: "2 is better."
      case .tie: "A tie."
      case .bothBad: "Both are bad."
      }
    let left =
      switch pairsLeft {
      case 0: "No pair is left: ^R makes new answers, W shows the table."
      case 1: "One pair is left: Enter shows it."
      default: "\(pairsLeft) pairs are left: Enter shows the next."
      }
    return [picked, tally, left].filter { !$0.isEmpty }
  }

  /// The keys that do something now, for the hint line.
  var hints: [(key: String, word: String)] {
    guard outcome != nil else { return CommandTable.hints(of: .blind) }
    return [("Enter", pairsLeft > 0 ? "next two" : "close"), ("W", "wins"), ("Esc", "leave")]
  }
}
