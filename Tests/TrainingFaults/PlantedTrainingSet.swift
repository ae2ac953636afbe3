import FineTuning
import RandomSource

// A training set with faults whose lines are known, and with much that only looks like them.

/// A seeded set of supervised examples in three groups.
public struct PlantedTrainingSet: Sendable {
  public struct Line: Sendable {
    public var example: TrainingExample
    public var group: ExampleGroup
  }

  /// Counted from 1, over all groups.
  public private(set) var lines: [Line] = []
  public private(set) var faults: Set<PlantedFault> = []

  private var text: FaultText
  private let phrases: FaultPhrases
  private let isHeldOut: Bool
  private var originals: [TaskExample] = []

  /// - Parameters:
  ///   - count: of examples that are right.
  ///   - perKind: how many faults of each kind are planted.
  ///   - isHeldOut: whether wordings and values are of the lists that detectors were not made with.
  public init(seed: UInt64, count: Int = 1600, perKind: Int = 20, isHeldOut: Bool = false) {
    text = FaultText(random: SeededRandom(seed: seed))
    phrases = isHeldOut ? .heldOut : .development
    self.isHeldOut = isHeldOut
    for number in 0..<count {
      var example = text.example(of: number % FaultText.taskCount)
      if text.chance(0.25), FaultText.proseTasks.contains(example.task) {
        let lookalike = text.lookalike(isHeldOut: isHeldOut)
        if text.chance(0.5) {
          example.question += " " + lookalike
        } else {
          example.answer = lookalike + " " + example.answer
        }
      }
      originals.append(example)
    }
    var entries: [(example: TaskExample, kind: FaultKind?, group: ExampleGroup)] = originals.map {
      ($0, nil, .training)
    }
    // Copies come from examples of which no other copy is made.
    var sources = originals.shuffled(using: &text.random)
    for kind in FaultKind.allCases {
      for _ in 0..<perKind {
        let (example, group) = planted(kind, &sources)
        entries.append((example, kind, group))
      }
    }
    for group in [ExampleGroup.validation, .evaluation] {
      for number in 0..<count / 10 {
        entries.append((text.example(of: number % FaultText.taskCount), nil, group))
      }
    }
    // A copy stands behind what it is a copy of.
    let head = entries.prefix(count)
    let tail = entries.dropFirst(count).shuffled(using: &text.random)
    for entry in Array(head) + tail {
      lines.append(Line(example: entry.example.example, group: entry.group))
      if let kind = entry.kind { faults.insert(PlantedFault(kind: kind, line: lines.count)) }
    }
  }

  // MARK: Planting

  private mutating func planted(
    _ kind: FaultKind, _ sources: inout [TaskExample]
  ) -> (TaskExample, ExampleGroup) {
    func take(_ fits: (TaskExample) -> Bool) -> TaskExample {
      let place = sources.firstIndex(where: fits) ?? 0
      return sources.remove(at: place)
    }
    let later = text.chance(0.5) ? ExampleGroup.validation : .evaluation
    switch kind {
    case .duplicate: return (respaced(take { _ in true }), .training)
    case .nearDuplicate:
      var copy = take {
        Self.words($0.question) + Self.words($0.answer) >= 40 && $0.task != 0 && $0.task != 7
      }
      copy.question = edited(copy.question)
      if text.chance(0.5), copy.task != 3 { copy.answer = edited(copy.answer) }
      return (copy, .training)
    case .contradiction:
      var copy = take { _ in true }
      copy = text.chance(0.5) ? respaced(copy) : copy
      copy.answer = contrary(to: copy)
      return (copy, .training)
    case .leak:
      var copy = respaced(take { _ in true })
      if text.chance(0.5) { copy.answer = contrary(to: copy) }
      return (copy, later)
    case .nearLeak:
      var copy = take { Self.words($0.question) >= 30 && $0.task != 0 }
      copy.question = edited(copy.question)
      copy.answer = text.example(of: copy.task).answer
      return (copy, later)
    default: return (spoiled(text.example(of: task(for: kind)), kind), .training)
    }
  }

  private mutating func task(for kind: FaultKind) -> Int {
    switch kind {
    case .opening, .closing, .refusal, .deferral, .placeholder:
      text.pick([1, 2, 4, 5, 6])
    case .cut: text.pick([0, 1, 2, 5, 6, 7])
    case .language, .length: text.pick(FaultText.proseTasks)
    case .format: text.number(0...6)
    default: text.pick(FaultText.proseTasks)
    }
  }

  private mutating func spoiled(_ source: TaskExample, _ kind: FaultKind) -> TaskExample {
    var example = source
    switch kind {
    case .opening: example.answer = text.pick(phrases.openings) + " " + example.answer
    case .closing: example.answer += (text.chance(0.5) ? "\n\n" : " ") + text.pick(phrases.closings)
    case .refusal:
      example.answer = text.pick(phrases.refusals)
      if text.chance(0.4) { example.answer += " " + text.sentence(language(of: example.task)) }
    case .deferral:
      let promise = text.pick(phrases.deferrals)
      example.answer =
        text.chance(0.5) ? promise : text.sentence(language(of: example.task)) + " " + promise
    case .placeholder:
      example.answer += " " + text.pick(phrases.placeholders)
    case .cut: example.answer = cut(example)
    case .language:
      let own = language(of: example.task)
      let others: [FaultText.Language] = [.english, .german, .french].filter { $0 != own }
      example.answer = text.prose(text.pick(others), text.number(2...4))
    case .length:
      example.answer = text.prose(language(of: example.task), text.number(22...40))
    case .format:
      switch example.task {
      case 0, 4: example.answer = text.prose(.english, 2)
      case 3: example.answer = "{\"label\": \"\(example.answer)\"}"
      default:
        example.answer =
          text.chance(0.5)
          ? "{\"answer\": \"\(example.answer)\"}"
          : "## Answer\n\n- " + example.answer.split(separator: ". ").joined(separator: ".\n- ")
      }
    default:
      let sentence = text.sentence(with: kind, isHeldOut: isHeldOut)
      if text.chance(0.6) {
        example.question += " " + sentence
      } else {
        example.answer = sentence + " " + example.answer
      }
    }
    return example
  }

  private func language(of task: Int) -> FaultText.Language {
    task == 2 ? .german : task == 5 ? .french : .english
  }

  /// An answer that ends somewhere in its second half.
  private mutating func cut(_ example: TaskExample) -> String {
    if example.task == 0 || example.task == 7 {
      return String(example.answer.dropLast(text.number(5...example.answer.count / 3)))
    }
    var words = (example.answer + " " + text.sentence(language(of: example.task))).split(
      separator: " ")
    words.removeLast(text.number(2...5))
    while words.last?.last.map({ ".!?:".contains($0) }) ?? false { words.removeLast() }
    return words.joined(separator: " ")
  }

  /// An answer to the same that says something else.
  private mutating func contrary(to example: TaskExample) -> String {
    if example.task == 3 {
      return ["positive": "negative", "negative": "neutral", "neutral": "positive"][
        example.answer.lowercased().filter(\.isLetter)] ?? "negative"
    }
    return text.example(of: example.task).answer
  }

  /// The same in other case and with other white space.
  private mutating func respaced(_ source: TaskExample) -> TaskExample {
    var copy = source
    switch text.number(0...3) {
    case 0: break
    case 1: copy.question = copy.question.uppercased()
    case 2: copy.question = copy.question.replacing(" ", with: "  ") + "\n"
    default: copy.question = " " + copy.question.lowercased()
    }
    return copy
  }

  private static func words(_ text: String) -> Int { text.split(separator: " ").count }

  /// Sentences in another order, or one word in 25 exchanged, and one at least.
  private mutating func edited(_ source: String) -> String {
    let sentences = source.split(separator: ". ")
    if text.chance(0.3), sentences.count > 2, source.last == "." {
      return
        (sentences.dropFirst().dropLast() + [sentences[sentences.count - 1].dropLast()]
        + sentences.prefix(1)).joined(separator: ". ") + "."
    }
    var words = source.split(separator: " ", omittingEmptySubsequences: false).map(String.init)
    for _ in 0..<max(1, words.count / 25) {
      let place = text.number(0...words.count - 2)
      words[place] = text.pick(["really", "maybe", text.name().lowercased(), "soon", "likely"])
    }
    return words.joined(separator: " ")
  }
}
