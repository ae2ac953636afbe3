import Core
import Evaluation

// A proof for people: columns for a terminal, and sentences below them. Names of variants and cases come
// from files.

extension TuningProof {
  /// The columns of the table, and a row a variant. The rate on the cases that are not near the training
  /// set comes before that on all.
  public var table: [[String]] {
    var header = ["", "passed, not near", "", "near", "all"]
    header += ["tokens in", "out", "$/1,000"]
    return [header]
      + scores.map { score in
        func tokens(_ count: Double?) -> String {
          count.map { Numbers.grouped(Int($0.rounded())) } ?? "–"
        }
        return [
          score.variant, score.far.passRate?.shareText ?? "–", score.far.countText,
          near.isEmpty ? "–" : score.near.countText, score.all.passRate?.shareText ?? "–",
          tokens(score.cost.inputTokens), tokens(score.cost.outputTokens),
          score.cost.dollarsPerThousand.map { Numbers.money(Money(dollars: $0)) } ?? "unknown",
        ]
      }
  }

  /// How much of the evaluation is near the training set.
  public var nearSentence: String {
    let examples =
      "\(Numbers.grouped(exampleCount)) training \(exampleCount == 1 ? "example" : "examples")"
    guard !near.isEmpty else {
      return "None of \(Numbers.grouped(caseCount)) cases is near any of \(examples)."
    }
    let count = "\(Numbers.grouped(near.count)) of \(Numbers.grouped(caseCount)) cases "
    let share = "(\(Numbers.share(nearShare)))"
    let verb = near.count == 1 ? "is" : "are"
    guard near.count < caseCount else {
      return "\(count)\(share) are near one of \(examples): nothing is left to judge by. "
        + "Add cases that no training example is like."
    }
    return
      "\(count)\(share) \(verb) near one of \(examples); what a tuned model says to those, it may "
      + "know by heart."
  }

  /// The cases that are near, with the example that each is like; the likest first.
  public var nearLines: [String] {
    near.sorted { ($1.value.likeness, $0.key) < ($0.value.likeness, $1.key) }.map { id, example in
      "\(id) is like example \(Numbers.grouped(example.number)) "
        + "(\(Numbers.fixed(example.likeness, digits: 2)))"
    }
  }

  /// The verdicts, what is saved, and what could not be measured.
  public var notes: [String] {
    var lines: [String] = []
    for comparison in comparisons {
      lines.append("\(comparison.pair.words): \(comparison.far.sentence)")
      if !near.isEmpty { lines.append("  on all cases: \(comparison.all.sentence)") }
    }
    lines += [""] + comparisons.map { "\($0.pair.words): \($0.saving.sentence(trainingCost))" }
    for score in scores where score.all.unmeasured + score.all.missing > 0 {
      lines.append(
        "\(score.variant): \(Numbers.grouped(score.all.unmeasured + score.all.missing)) answers could "
          + "not be measured")
    }
    return lines
  }

  /// One line that says what came of it.
  public var verdict: String {
    guard let first = comparisons.first else { return "There is nothing to compare." }
    let word =
      switch first.far.kind {
      case .better: "better"
      case .worse: "worse"
      case .cannotTell: "can't tell"
      }
    return "\(tuned.model) beside \(base): \(word)"
  }
}

extension VariantFigures {
  /// `12/40`.
  fileprivate var countText: String { "\(Numbers.grouped(passed))/\(Numbers.grouped(measured))" }
}

extension ProofPair {
  fileprivate var words: String { "\(tuned) beside \(base)" }
}

extension TuningSaving {
  /// What 1,000 requests save, and after how many training is paid for.
  func sentence(_ trainingCost: Money?) -> String {
    guard let inputTokens, let outputTokens else {
      return "what it saves is not known: no answer says how many tokens it took"
    }
    func part(_ tokens: Int, _ verb: String) -> String? {
      guard tokens != 0 else { return nil }
      return "\(Numbers.grouped(tokens.magnitude.asCount)) tokens \(tokens > 0 ? "fewer" : "more") "
        + verb
    }
    let parts = [part(inputTokens, "read"), part(outputTokens, "written")].compactMap { $0 }
    let tokens = parts.isEmpty ? "as many tokens" : parts.joined(separator: ", ")
    let start = "1,000 requests have \(tokens)"
    guard let dollars else { return "\(start); what that costs is unknown: give both prices" }
    let money = Numbers.money(Money(dollars: dollars.magnitude))
    guard dollars > 0 else {
      return dollars == 0
        ? "\(start) and cost the same"
        : "\(start) and cost \(money) more: training is never paid back"
    }
    switch (breakEven, trainingCost) {
    case (.after(let requests), .some(let cost)):
      return
        "\(start) and cost \(money) less: the \(Numbers.money(cost)) of training are back after "
        + "\(Numbers.grouped(requests)) requests"
    default: return "\(start) and cost \(money) less; what training cost is unknown"
    }
  }
}

extension UInt {
  fileprivate var asCount: Int { Int(clamping: self) }
}
