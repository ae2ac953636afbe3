import Core

// Why a failure is placed where it is, each in a sentence. They hold no text of others.

enum DiagnosisSentence {
  static let limits =
    "Only limits of time, cost or tokens failed, which no context and no wording can mend."
  static let noAnswer = "Its failure was never graded: run it again with whet eval."
  static let noFailure = "It never failed, so there is nothing to place."
  static let lost = "It passes without any passage: those that it was given lead it astray."
  static let absent =
    "It has no labels, and no passage of the corpus holds the answer that is expected."
  static let noLabels = "Its labels name nothing: label the passages that it needs."

  static func flaky(_ tally: ExperimentTally) -> String {
    "Asked the very same, it passes \(tally.text) times."
  }

  static func errors(_ experiment: Experiment) -> String {
    "Asked \(experiment.words), it brought no answer that could be graded."
  }

  static func wrongForm(wasCut: Bool) -> String {
    "It passes with the same passages when the form is asked for more firmly."
      + (wasCut ? " The answer that failed was cut off at the limit of tokens." : "")
  }

  static func exceeds(_ budget: Int) -> String {
    "The passages that its labels name are more than the budget of \(Numbers.grouped(budget)) tokens "
      + "has room for, and with those that fit it fails: label the part that it needs."
  }

  static func missing(_ count: Int) -> String {
    count == 1
      ? "The corpus lacks a document that its labels name."
      : "The corpus lacks \(Numbers.grouped(count)) documents that its labels name."
  }

  static func notAble(_ failed: FailedCase) -> String {
    var text = "It fails even with the right passages alone"
    if failed.firmness != nil { text += " and a firm form" }
    if case .found = failed.right {
      text += "; they were found by their holding the answer: label them to be sure"
    }
    text += "."
    if failed.wasCut { text += " The answer that failed was cut off at the limit of tokens." }
    return text
  }

  static func notUsed(_ failed: FailedCase, _ behaviour: BehaviourNeed) -> String {
    let others = failed.given.count - failed.passages(for: .rightGiven).count
    return "It had the right passage, and passes when it is alone"
      + (others > 0 ? ", without \(Numbers.grouped(others)) others" : "") + firm(behaviour) + "."
  }

  static func rankedTooLow(
    _ rank: Int, _ cut: PassageStanding.Cut, _ behaviour: BehaviourNeed
  ) -> String {
    let reason =
      switch cut {
      case .limit: "k cuts it"
      case .budget: "the budget of tokens cuts it"
      case .step: "a minimum score, the diversity or the reranker leaves it out"
      }
    return "The right passage is number \(Numbers.grouped(rank)) of what was found, and \(reason);"
      + " with it, it passes\(firm(behaviour))."
  }

  static func notRetrieved(_ failed: FailedCase, _ behaviour: BehaviourNeed) -> String {
    let reason =
      failed.searches
      ? "the search doesn't find the right passage" : "the variant searches for no passages"
    return "The corpus holds it, and \(reason); with it, it passes\(firm(behaviour))."
  }

  private static func firm(_ behaviour: BehaviourNeed) -> String {
    behaviour == .wrongForm ? ", once the form is asked for firmly" : ""
  }
}
