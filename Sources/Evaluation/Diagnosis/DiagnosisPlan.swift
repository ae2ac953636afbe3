// Which lever one failing case asks for. The plan says what to ask next, takes what came of it, and
// ends with a placement; whoever runs it asks the models. Nothing is asked that couldn't change the
// outcome. In order, the first line that holds:
//
//   it was asked        what came of it            cause              knowledge      behaviour
//   ------------------  -------------------------  -----------------  -------------  -----------
//   as it was asked     only limits failed         unmeasured         -              -
//   the same again      passes now and then        flaky              as it was      unsteady
//   firmer form         passes                     wrong form         as it was      wrong form
//   no passages         passes                     lost by context    known          misled
//   right passages      passes, they were given    not used           given          misled
//                       passes, they were cut      ranked too low     ranked low     acts right
//                       passes, never found        not retrieved      not retrieved  acts right
//   right, firmer form  passes                     the same three     the same       wrong form
//                       fails, labels all there    not able           as it was      not able
//                       fails, some are missing    not in the corpus  not in corpus  -
//                       fails, not all had room    unmeasured         -              -
//   nothing: no right   the answer was looked for  not in the corpus  not in corpus  -
//   passages are there  nothing to look for        unmeasured         -              -
//
// - Form stands before knowledge: where the same passages pass with a firmer form, nothing else was
//   wrong. A form is only asked for where one is at stake, so that content is never mended by it.
// - Where right passages are both given, cut and never found, the smallest of these sets that passes
//   names the cause: two passages that each hold the answer differ from two halves of it.
// - An experiment is decided by a lead of votes: of two, unless the plan is told otherwise. An odd
//   answer makes it ask on.
// - What fails as it was asked must do so five times in all before anything is held against it, or a
//   case that is merely unsteady would be placed where chance has it. Each pass makes that four more;
//   two passes and a quarter make it flaky. Of cases that pass every other time this finds 92 %; of
//   those that pass one time of fifty it takes under 1 % for flaky, one time of twenty 4 %.
// - An experiment that can't be had leaves the case unmeasured. It is no failure.

/// Places one failing case, an experiment at a time.
public struct DiagnosisPlan: Hashable, Sendable {
  public enum Step: Hashable, Sendable {
    /// Ask so many times, each its own asking: no cache may answer.
    case ask(Experiment, times: Int)
    case placed(Placement)
  }

  /// What `lead` may be.
  public static let leads = 1...3

  public let failed: FailedCase
  let lead: Int
  private(set) var tallies: [Experiment: ExperimentTally]

  /// - Parameter lead: by how many answers of one kind an experiment is decided, within `leads`. 1 is
  ///   quick, and takes every answer for the model's last word.
  public init(_ failed: FailedCase, lead: Int = 2) {
    self.failed = failed
    self.lead = min(max(lead, Self.leads.lowerBound), Self.leads.upperBound)
    tallies = [.retrieved: failed.asked]
  }

  /// Takes what came of an asking.
  ///
  /// - Parameter passes: nil where no answer could be had or graded.
  public mutating func record(_ experiment: Experiment, _ passes: Bool?) {
    tallies[experiment, default: ExperimentTally()].count(passes)
  }

  /// What to do next. The same until something is recorded.
  public var step: Step {
    if failed.isOverLimits { return place(.unmeasured, DiagnosisSentence.limits) }
    if failed.asked.measured == 0 { return place(.unmeasured, DiagnosisSentence.noAnswer) }
    if failed.asked.failed == 0 { return place(.unmeasured, DiagnosisSentence.noFailure) }
    return unsteady(for: 2 * lead - 1) ?? form ?? known ?? knowledge
  }
}

// MARK: The lines of the table

extension DiagnosisPlan {
  /// The same again. Nil once it fails steadily.
  ///
  /// - Parameter askings: how often it must fail.
  private func unsteady(for askings: Int) -> Step? {
    let tally = tallies[.retrieved] ?? ExperimentTally()
    if tally.passed >= lead, tally.passed * 4 >= tally.measured {
      return place(.flaky, had, .unsteady, DiagnosisSentence.flaky(tally))
    }
    let wanted = min(askings + 4 * (lead - 1) * tally.passed, Self.mostAskings)
    guard tally.measured < wanted else { return nil }
    guard tally.errors - failed.asked.errors < Self.mostErrors else {
      return place(.unmeasured, DiagnosisSentence.errors(.retrieved))
    }
    return .ask(.retrieved, times: wanted - tally.measured)
  }

  /// It must fail so before anything is held against it.
  private var unsteady: Step? { unsteady(for: 4 * lead - 3) }

  /// A firmer form. Nil where it is not at stake, or doesn't help.
  private var form: Step? {
    guard failed.firmness != nil else { return nil }
    return when(.firmRetrieved) {
      place(.wrongForm, had, .wrongForm, DiagnosisSentence.wrongForm(wasCut: failed.wasCut))
    }
  }

  /// No passages. Nil where it had none, or doesn't know it without.
  private var known: Step? {
    when(.noContext) { place(.lostByContext, .known, .misled, DiagnosisSentence.lost) }
  }

  private var knowledge: Step {
    guard !failed.right.passages.isEmpty else { return withoutRightPassages }
    if let step = when(.right, { nearest(.actsRight) }) { return step }
    if failed.firmness != nil, let step = when(.firmRight, { nearest(.wrongForm) }) { return step }
    if !failed.right.missing.isEmpty {
      return place(
        .notInCorpus, .notInCorpus, nil, DiagnosisSentence.missing(failed.right.missing.count))
    }
    if failed.exceedsBudget { return place(.unmeasured, DiagnosisSentence.exceeds(failed.budget)) }
    return unsteady ?? place(.notAble, best.need, .notAble, DiagnosisSentence.notAble(failed))
  }

  private var withoutRightPassages: Step {
    switch failed.right {
    case .unknown(let reason): place(.unmeasured, reason)
    case .absent: place(.notInCorpus, .notInCorpus, nil, DiagnosisSentence.absent)
    case .labelled(_, let missing) where !missing.isEmpty:
      place(.notInCorpus, .notInCorpus, nil, DiagnosisSentence.missing(missing.count))
    case .labelled, .found: place(.unmeasured, DiagnosisSentence.noLabels)
    }
  }

  /// It passes with the right passages: how far the smallest set of them came that suffices.
  private func nearest(_ behaviour: BehaviourNeed) -> Step {
    let needs = Set(failed.right.passages.map(\.standing.need))
    var sufficient = needs.max() ?? .notRetrieved
    if behaviour == .actsRight {
      let sets: [(Experiment, KnowledgeNeed)] = [
        (.rightGiven, .given), (.rightFound, .rankedTooLow),
      ]
      for (experiment, need) in sets where needs.contains(need) && need < sufficient {
        switch outcome(of: experiment) {
        case .open(let step): return step
        case .passes: sufficient = need
        case .fails: continue
        }
      }
    } else {
      // With a firmer form they aren't told apart further: the nearest is the first to be mended.
      sufficient = needs.min() ?? sufficient
    }
    switch nearestStanding(sufficient) {
    case .given:
      return place(.notUsed, .given, .misled, DiagnosisSentence.notUsed(failed, behaviour))
    case .cut(let rank, let cut):
      return place(
        .rankedTooLow, .rankedTooLow, behaviour,
        DiagnosisSentence.rankedTooLow(rank, cut, behaviour))
    case .notFound:
      return place(
        .notRetrieved, .notRetrieved, behaviour, DiagnosisSentence.notRetrieved(failed, behaviour))
    }
  }
}

// MARK: Experiments

extension DiagnosisPlan {
  private enum Outcome {
    case open(Step)
    case passes, fails
  }

  /// What an experiment has come to. One that asks what another one asks has that one's outcome.
  private func outcome(of experiment: Experiment) -> Outcome {
    let experiment = failed.same(as: experiment)
    // It fails steadily, or nothing would be asked of it any more.
    if experiment == .retrieved { return .fails }
    let tally = tallies[experiment] ?? ExperimentTally()
    let difference = tally.passed - tally.failed
    // Where askings run out, most of them decide, and a tie is no success.
    let isOver = tally.measured >= Self.mostAskings
    if difference >= lead || (isOver && difference > 0) {
      return unsteady.map(Outcome.open) ?? .passes
    }
    if -difference >= lead || isOver { return .fails }
    guard tally.errors < Self.mostErrors else {
      return .open(place(.unmeasured, DiagnosisSentence.errors(experiment)))
    }
    return .open(.ask(experiment, times: lead - abs(difference)))
  }

  /// What to do because of an experiment: make it, or what follows if it passes; nil if it fails.
  private func when(_ experiment: Experiment, _ passes: () -> Step) -> Step? {
    switch outcome(of: experiment) {
    case .open(let step): step
    case .passes: passes()
    case .fails: nil
    }
  }

  /// Askings of one experiment that are graded, and that may come to nothing.
  private static let mostAskings = 13
  private static let mostErrors = 3

  // MARK: What it had

  /// The standing of the right passage that came nearest to being given.
  private var best: PassageStanding {
    failed.right.passages.map(\.standing).min(by: Self.isNearer) ?? .notFound
  }

  /// Of the passages that came so far and no further, the nearest.
  private func nearestStanding(_ need: KnowledgeNeed) -> PassageStanding {
    failed.right.passages.map(\.standing).filter { $0.need == need }.min(by: Self.isNearer)
      ?? .notFound
  }

  private static func isNearer(_ one: PassageStanding, _ other: PassageStanding) -> Bool {
    if case .cut(let rank, _) = one, case .cut(let otherRank, _) = other { return rank < otherRank }
    return one.need < other.need
  }

  /// What the model knew where nothing that it lacked was to be known.
  private var had: KnowledgeNeed {
    if failed.given.isEmpty { return .known }
    return failed.right.passages.isEmpty || best == .given ? .given : .known
  }

  private func place(_ cause: FailureCause, _ sentence: String) -> Step {
    place(cause, nil, nil, sentence)
  }

  private func place(
    _ cause: FailureCause, _ knowledge: KnowledgeNeed?, _ behaviour: BehaviourNeed?,
    _ sentence: String
  ) -> Step {
    let isSearch = cause == .notRetrieved || cause == .rankedTooLow
    return .placed(
      Placement(
        caseID: failed.id, cause: cause, knowledge: knowledge, behaviour: behaviour,
        evidence: tallies.filter { $0.value != ExperimentTally() }, sentence: sentence,
        search: isSearch ? missed(knowledge) : nil))
  }

  /// The nearest of the right passages that came so far and no further.
  private func missed(_ knowledge: KnowledgeNeed?) -> Placement.MissedSearch? {
    failed.right.passages.filter { $0.standing.need == knowledge }
      .min { Self.isNearer($0.standing, $1.standing) }
      .map { Placement.MissedSearch(question: failed.question, missing: $0) }
  }
}
