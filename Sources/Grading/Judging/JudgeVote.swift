import Core
import Evaluation

// What a judge model said: read strictly, since a guess at what it meant would be a verdict of ours.
// A reply that can't be read is no verdict. One that holds several, because it quotes what it judged,
// is read only where they all say the same.

/// One vote of a judge.
struct JudgeVote: Hashable, Sendable {
  var passed: Bool
  /// From 0 to 1.
  var score: Double
  /// In the judge's words; empty for none.
  var reason: String

  /// The vote in a reply; nil where none can be read.
  ///
  /// - Parameters:
  ///   - kind: what the judge was asked.
  ///   - assertion: its threshold, and what each answer of `factuality` is worth.
  init?(in reply: String, of kind: AssertionKind, _ assertion: Assertion) {
    guard reply.utf8.count <= 1 << 20 else { return nil }
    let votes = Self.objects(in: reply).compactMap { Self.vote(of: $0, kind, assertion) }
    if let first = votes.first {
      guard votes.allSatisfy({ $0.passed == first.passed && $0.score == first.score }) else {
        return nil
      }
      self = votes[votes.count - 1]
    } else if let vote = Self.vote(inLastLineOf: reply, kind, assertion) {
      self = vote
    } else {
      return nil
    }
  }

  init(passed: Bool, score: Double, reason: String) {
    self.passed = passed
    self.score = score
    self.reason = reason
  }

  /// The reply itself where it is JSON, else the objects in it.
  private static func objects(in reply: String) -> [JSON] {
    if let whole = try? JSON(parsing: reply) { return [whole] }
    return JSONObjects.found(in: reply)
  }

  private static func vote(
    of json: JSON, _ kind: AssertionKind, _ assertion: Assertion
  ) -> JudgeVote? {
    let reason = json["reason"]?.string ?? ""
    let threshold = assertion.threshold
    switch kind {
    case .rubric:
      // A score alone passes from the threshold on, or from the middle.
      let score = json["score"]?.double
      let given = json["pass"].flatMap(Self.truth)
      guard let passed = given ?? score.map({ $0 >= threshold ?? 0.5 }) else { return nil }
      guard var vote = share(score ?? (passed ? 1 : 0), reason) else { return nil }
      vote.passed = passed && vote.score >= threshold ?? 0
      return vote
    case .closedQA:
      return (json["pass"] ?? json["answer"]).flatMap(Self.truth).map {
        JudgeVote(passed: $0, score: $0 ? 1 : 0, reason: reason)
      }
    case .factuality:
      return json["category"]?.string.flatMap { FactualityAnswer(letter: $0) }.map {
        $0.vote(assertion, reason)
      }
    case .answerRelevance:
      return json["score"]?.double.flatMap { share($0, reason) }?.held(to: threshold ?? 0)
    case .contextRecall, .contextRelevance, .contextFaithfulness:
      guard let statements = json["statements"]?.array else { return nil }
      let verdicts = statements.compactMap { $0["verdict"].flatMap(Self.truth) }
      guard verdicts.count == statements.count else { return nil }
      let held = verdicts.count { $0 }
      // An answer that claims nothing claims nothing false; a context without a sentence, or a right
      // answer without one, can't be judged.
      guard !verdicts.isEmpty || kind == .contextFaithfulness else { return nil }
      let score = verdicts.isEmpty ? 1 : Double(held) / Double(verdicts.count)
      let counted = "\(held) of \(verdicts.count) statements hold"
      return share(score, reason.isEmpty ? counted : "\(counted): \(reason)")?
        .held(to: threshold ?? 0)
    default: return nil
    }
  }

  /// The vote of a last line that is but a letter or a word, of the kinds that ask for one.
  private static func vote(
    inLastLineOf reply: String, _ kind: AssertionKind, _ assertion: Assertion
  ) -> JudgeVote? {
    let lines = reply.split(whereSeparator: \.isNewline)
    guard let last = lines.last(where: { !$0.allSatisfy(\.isWhitespace) }) else { return nil }
    let word = last.filter { $0.isLetter }
    guard last.allSatisfy({ $0.isLetter || " \t().*:\"'".contains($0) }) else { return nil }
    switch kind {
    case .closedQA:
      return truth(.string(String(word))).map {
        JudgeVote(passed: $0, score: $0 ? 1 : 0, reason: "")
      }
    case .factuality:
      return FactualityAnswer(letter: String(word)).map { $0.vote(assertion, "") }
    default: return nil
    }
  }

  /// `true`, or one of the words that models write for it.
  private static func truth(_ json: JSON) -> Bool? {
    switch json {
    case .bool(let value): value
    case .string(let word):
      switch word.lowercased() {
      case "true", "yes", "y", "pass": true
      case "false", "no", "n", "fail": false
      default: nil
      }
    default: nil
    }
  }

  private static func share(_ score: Double, _ reason: String) -> JudgeVote? {
    guard (0...1).contains(score) else { return nil }
    return JudgeVote(passed: true, score: score, reason: reason)
  }

  private func held(to threshold: Double) -> JudgeVote {
    JudgeVote(passed: score >= threshold - .ulpOfOne, score: score, reason: reason)
  }
}

/// How an answer stands to the right one: the five cases of OpenAI's evals, as in promptfoo.
private enum FactualityAnswer: String, CaseIterable {
  case subset = "A"
  case superset = "B"
  case agree = "C"
  case disagree = "D"
  case differButFactual = "E"

  /// Of `B`, `(B)` or `b`.
  init?(letter: String) {
    self.init(rawValue: letter.filter(\.isLetter).uppercased())
  }

  private var words: String {
    switch self {
    case .subset: "it says less than the right answer, and nothing else"
    case .superset: "it says more than the right answer, and that, too"
    case .agree: "it says the same as the right answer"
    case .disagree: "it contradicts the right answer"
    case .differButFactual: "it differs from the right answer in nothing that matters"
    }
  }

  /// Only a contradiction is worth nothing, unless `config` says otherwise by `subset`, `superset`,
  /// `agree`, `disagree` and `differButFactual`.
  func vote(_ assertion: Assertion, _ reason: String) -> JudgeVote {
    let score = assertion.config["\(self)"]?.double ?? (self == .disagree ? 0 : 1)
    return JudgeVote(
      passed: score > 0, score: min(max(score, 0), 1),
      reason: reason.isEmpty ? words : "\(words): \(reason)")
  }
}
