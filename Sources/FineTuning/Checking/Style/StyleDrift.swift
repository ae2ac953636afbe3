// Which answers are unlike the others, and in what.

/// A way in which an answer is unlike those of its profile.
public enum StyleDrift: String, Hashable, Sendable, CaseIterable {
  case format = "drift-format"
  case language = "drift-language"
  case length = "drift-length"
  case opening = "chatty-opening"
  case closing = "chatty-closing"
  case refusal
  case deferral
  case placeholder
  case cut = "truncated-answer"
  case empty = "empty-answer"

  /// What an answer has from which fewer than this share shy away is a stranger's.
  static let leastShare = 0.1
  /// A habit is the style's where so many have it.
  static let habitShare = 0.25
  /// A profile of fewer answers tells nothing of format, language and length.
  static let leastAnswers = 10

  /// The ways in which an answer drifts from a profile.
  public static func of(_ traits: AnswerTraits, from profile: StyleProfile) -> [StyleDrift] {
    let usual = profile.counts(for: traits.task)
    var drifts: [StyleDrift] = []
    if traits.format == .empty { return [.empty] }
    if usual.total >= leastAnswers {
      if usual.share(usual.formats[Int(traits.format.rawValue)]) < leastShare {
        drifts.append(.format)
      }
      let known = usual.total - usual.languages[0]
      let own = usual.languages[Int(traits.language.rawValue)]
      if traits.language != .unknown, known >= leastAnswers,
        Double(own) < leastShare * Double(known)
      {
        drifts.append(.language)
      }
      if isLengthStrange(traits, usual) { drifts.append(.length) }
    }
    func isStrange(_ habit: AnswerHabits) -> Bool {
      traits.habits.contains(habit)
        && (usual.total < leastAnswers || usual.share(of: habit) < habitShare)
    }
    if isStrange(.opening) { drifts.append(.opening) }
    if isStrange(.closing) { drifts.append(.closing) }
    if isStrange(.refusal) { drifts.append(.refusal) }
    if isStrange(.deferral) { drifts.append(.deferral) }
    if isStrange(.placeholder) { drifts.append(.placeholder) }
    if isStrange(.cut) || traits.format == .plain && isStrange(.openEnd) { drifts.append(.cut) }
    return drifts
  }

  /// More than twice as long as 95 of 100, or less than half as long as 95 of 100.
  private static func isLengthStrange(_ traits: AnswerTraits, _ usual: StyleProfile.Counts) -> Bool
  {
    guard usual.total >= StyleProfile.leastOfTask, traits.format != .calls else { return false }
    let step = StyleProfile.Counts.step(of: traits.words)
    return step > max(usual.length(at: 0.95) + 4, 8) || step + 4 < usual.length(at: 0.05)
  }

  public var severity: FindingSeverity {
    switch self {
    case .length: .note
    default: .warning
    }
  }

  /// The finding of an answer that drifts so.
  public func finding(_ traits: AnswerTraits, from profile: StyleProfile, line: Int?)
    -> TrainingFinding
  {
    let usual = profile.counts(for: traits.task)
    func found(_ sentence: String, _ remedy: String) -> TrainingFinding {
      TrainingFinding(
        code: rawValue, severity: severity, line: line, sentence: sentence, remedy: remedy)
    }
    switch self {
    case .format:
      let place = usual.formats.indices.max { usual.formats[$0] < usual.formats[$1] } ?? 0
      let most = AnswerFormat.allCases[place]
      return found(
        "The answer is \(traits.format.noun); most are \(most.noun).",
        "Write it as the others are, or say in the input what form it takes.")
    case .language:
      let place =
        usual.languages.indices.dropFirst().max { usual.languages[$0] < usual.languages[$1] } ?? 0
      let most = AnswerLanguage.allCases[place]
      return found(
        "The answer is in another language (\(traits.language)) than most (\(most)).",
        "Translate it, or leave it out if nobody asks in that language.")
    case .length:
      return found(
        "The answer has \(traits.words) words, far from what others have.",
        "Make it as long as a right answer is, or leave it out.")
    case .opening:
      return found(
        "The answer begins with a pleasantry.",
        "Begin with the answer: the model learns every word.")
    case .closing:
      return found(
        "The answer ends with a pleasantry.", "End with the answer: the model learns every word.")
    case .refusal:
      return found(
        "The answer refuses.",
        "Write what the model shall say, or leave it out if a refusal is wrong.")
    case .deferral:
      return found(
        "The answer puts off until later what it was asked for.", "Write the answer itself.")
    case .placeholder:
      return found("The answer has a gap to fill in.", "Fill it in.")
    case .cut:
      return found("The answer ends before it is done.", "Write its end, or leave it out.")
    case .empty:
      return found("The answer is empty.", "Write an answer, or leave it out.")
    }
  }
}

/// How far a set has drifted: how many answers in each way, and in any.
public struct DriftSummary: Hashable, Sendable {
  public private(set) var answers = 0
  public private(set) var drifted = 0
  public private(set) var counts: [StyleDrift: Int] = [:]

  public init() {}

  public mutating func add(_ drifts: [StyleDrift]) {
    answers += 1
    if !drifts.isEmpty { drifted += 1 }
    for drift in drifts { counts[drift, default: 0] += 1 }
  }

  /// From 0 to 1.
  public var share: Double { answers == 0 ? 0 : Double(drifted) / Double(answers) }
}
