import Core

// A judge model at work: every two columns, each in both orders.

/// A page that tells how far a judge has come, and what it said.
public struct JudgingPage: Hashable, Sendable {
  /// What the judge is asked about two answers, in one of their orders.
  struct Question: Hashable, Sendable {
    /// Which of the pairs it is about.
    let pair: Int
    /// Whether the first answer of the pair is answer 2.
    let isSwapped: Bool
    let plan: RunPlan
    var phase = Phase.waiting
    var answer = Core.Answer()

    enum Phase: Hashable, Sendable { case waiting, asked, ended }

    /// Nil while there is none, and where the judge didn't follow the rubric.
    var verdict: JudgeVerdict? {
      phase == .ended && answer.finishReason?.isSuccess == true
        ? JudgeVerdict(in: answer.text) : nil
    }
  }

  /// Two answers, and what they go by.
  struct Pair: Hashable, Sendable {
    let sides: [Preference.Side]
    let names: [String]
  }

  let model: ModelReference
  let judge: Preference.Judge
  let pairs: [Pair]
  var questions: [Question]
  /// The first row that is shown.
  public internal(set) var top = 0

  /// As many questions are under way at once.
  static let mostAsked = 2

  public var title: String { "Judge \(model)" }

  public var isDone: Bool { questions.allSatisfy { $0.phase == .ended } }

  /// The numbers of the runs that are under way.
  var runsUnderWay: [Int] { questions.filter { $0.phase == .asked }.map(\.plan.number) }

  /// The questions to be asked now.
  mutating func takeNext() -> [RunPlan] {
    var plans: [RunPlan] = []
    let room = Self.mostAsked - runsUnderWay.count
    for place in questions.indices where plans.count < room {
      guard questions[place].phase == .waiting else { continue }
      questions[place].phase = .asked
      plans.append(questions[place].plan)
    }
    return plans
  }

  /// Takes in what a stream said, and gives the preference that it completes; of a run that isn't one
  /// of its questions, nothing.
  mutating func take(_ update: StreamUpdate) -> Preference? {
    guard let place = questions.firstIndex(where: { $0.plan.number == update.number }) else {
      return nil
    }
    for event in update.events { questions[place].answer.apply(event, at: update.time) }
    guard case .end? = update.wire, questions[place].phase == .asked else { return nil }
    questions[place].phase = .ended
    return preference(ofPair: questions[place].pair)
  }

  /// What the judge says of a pair; nil until both orders were understood.
  private func preference(ofPair pair: Int) -> Preference? {
    let asked = questions.filter { $0.pair == pair }
    guard let forward = asked.first(where: { !$0.isSwapped })?.verdict,
      let backward = asked.first(where: \.isSwapped)?.verdict
    else { return nil }
    let (outcome, isConsistent) = JudgeVerdict.outcome(forward: forward, backward: backward)
    return Preference(
      first: pairs[pair].sides[0], second: pairs[pair].sides[1], outcome: outcome, judge: judge,
      isConsistent: isConsistent)
  }

  // MARK: Lines

  public var lines: [ReportLine] {
    let ended = questions.count { $0.phase == .ended }
    let progress =
      isDone
      ? "All \(questions.count) questions are answered; each two answers were shown in both orders."
      : "\(ended) of \(questions.count) questions answered; each two answers are shown in both orders."
    var lines = [ReportLine(.note, progress), ReportLine(.text, "")]
    for pair in pairs.indices { lines += self.lines(ofPair: pair) }
    let misread = questions.count { $0.phase == .ended && $0.verdict == nil }
    if misread > 0, isDone {
      lines += [
        ReportLine(.text, ""),
        ReportLine(
          .note,
          "A verdict counts where the answer ends with the line VERDICT: 1, 2 or TIE, and both orders "
            + "have one. Small models often can't keep to that: try a larger one, or a shorter rubric. "
            + "The judge's answers are among the session's runs."),
      ]
    }
    if isDone { lines.append(ReportLine(.note, "W shows the table of wins.")) }
    return lines
  }

  private func lines(ofPair pair: Int) -> [ReportLine] {
    let names = pairs[pair].names
    let heading = ReportLine(.text, "\(names[0]) and \(names[1])")
    let asked = questions.filter { $0.pair == pair }
    guard asked.allSatisfy({ $0.phase == .ended }) else {
      let isAsked = asked.contains { $0.phase != .waiting }
      return [heading, ReportLine(.note, isAsked ? "  asked…" : "  waiting")]
    }
    guard let preference = preference(ofPair: pair) else {
      return [heading, ReportLine(.problem, "  \(problem(with: asked))")]
    }
    guard preference.isConsistent else {
      return [
        heading,
        ReportLine(
          .problem, "  It disagrees with itself when their order changes: counts as a tie."),
      ]
    }
    let verdict =
      switch preference.outcome {
      case .first: "\(names[0]) is better."
      case .second: "\(names[1]) is better."
      case .tie, .bothBad: "Neither is better."
      }
    return [heading, ReportLine(.remedy, "  \(verdict)")]
  }

  /// Why there is no verdict on a pair.
  private func problem(with asked: [Question]) -> String {
    let failed = asked.first { $0.answer.finishReason?.isSuccess != true }
    if let failed {
      switch failed.answer.finishReason {
      case .cancelled: return "Cancelled."
      case .length: return "No verdict: the answer was cut off at the token limit."
      default: return "No verdict: \(failed.answer.error ?? "the answer broke off.")"
      }
    }
    let unread = asked.first { $0.verdict == nil }
    let words = (unread?.answer.text ?? "").split(whereSeparator: \.isWhitespace)
    let end = words.suffix(12).joined(separator: " ")
    return "No verdict: the answer doesn't end with one, but with “\(end)”."
  }
}
