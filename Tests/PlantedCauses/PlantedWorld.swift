import Core
import Evaluation
import RandomSource

// A corpus and failing cases that fit it, made of random names: what a search finds is up to the
// search, and only the numbers of passages that are more like the question are planned.

/// Documents with cases that fail for known reasons.
public struct PlantedWorld: Sendable {
  public private(set) var documents: [PlantedDocument] = []
  public private(set) var cases: [PlantedCase] = []
  /// What the prompt is given of a search; the plan below fits these numbers.
  public static let settings = RetrievalSettings(limit: 5, budget: 4000)

  private var random: SeededRandom
  private var names: Set<String> = []

  /// - Parameter count: of cases; causes take turns, and every other case has labels.
  public init(seed: UInt64, count: Int = 200) {
    random = SeededRandom(seed: seed)
    for place in 0..<count {
      let plan = Plan.all[place % Plan.all.count]
      add(plan, named: "case-\(place)", isLabelled: place / Plan.all.count % 2 == 0)
    }
    documents.shuffle(using: &random)
  }

  // MARK: Plans

  /// How a cause comes about.
  private struct Plan {
    var cause: FailureCause
    var behaviour: BehaviourNeed?
    var nature = PlantedCase.Nature()
    /// Documents on the same matter that hold no answer.
    var distractors: ClosedRange<Int>
    /// Whether the right document is in the corpus, and whether all of those come before it.
    var hasRight = true
    var isFarDown = false
    /// Whether one of the others states a wrong answer.
    var hasRumour = false

    static let all: [Plan] = [
      Plan(cause: .notInCorpus, distractors: 3...8, hasRight: false),
      Plan(cause: .notRetrieved, behaviour: .actsRight, distractors: 52...58, isFarDown: true),
      Plan(cause: .rankedTooLow, behaviour: .actsRight, distractors: 8...25, isFarDown: true),
      Plan(
        cause: .notUsed, behaviour: .misled, nature: .init(mostPassages: 2), distractors: 8...12),
      Plan(
        cause: .lostByContext, behaviour: .misled, nature: .init(knows: true, mostPassages: 0),
        distractors: 3...8, hasRumour: true),
      Plan(
        cause: .wrongForm, behaviour: .wrongForm, nature: .init(chats: true), distractors: 2...8),
      Plan(cause: .notAble, behaviour: .notAble, nature: .init(isAble: false), distractors: 2...8),
      Plan(
        cause: .flaky, behaviour: .unsteady, nature: .init(unsteadiness: 0.5), distractors: 2...8),
      Plan(
        cause: .notRetrieved, behaviour: .wrongForm, nature: .init(chats: true),
        distractors: 52...58, isFarDown: true),
    ]
  }

  // MARK: Making

  private mutating func add(_ plan: Plan, named id: String, isLabelled: Bool) {
    let (thing, trait) = Self.subjects.randomElement(using: &random) ?? ("seal", "colour")
    let place = name()
    let answer = name()
    let question = "What is the \(trait) of the \(thing) of \(place)?"
    var rightID = "gone-\(id)"
    if plan.hasRight {
      // A search by words prefers the shorter of two texts that are alike.
      let filler = plan.isFarDown ? 8 : 0
      let fact = "The \(trait) of the \(thing) of \(place) is \(answer)."
      rightID = addDocument("\(words(filler)) \(fact) \(words(filler))")
    }
    for _ in 0..<Int.random(in: plan.distractors, using: &random) {
      let volume = Int.random(in: 1...900, using: &random)
      let tale = "Of the \(thing) of \(place), the \(trait) is told in volume \(volume)."
      addDocument("\(tale) \(words(plan.isFarDown ? 0 : 15))")
    }
    if plan.hasRumour {
      addDocument("Some say the \(trait) of the \(thing) of \(place) is \(name()).")
    }
    let form: [Assertion] =
      plan.nature.chats
      ? [Assertion("equals", value: .string(answer))]
      : [Assertion("icontains", value: .string(answer))]
    let labels =
      isLabelled ? [Judgment(query: id, document: rightID, grade: 1)] : []
    cases.append(
      PlantedCase(
        evaluated: EvaluationCase(
          id: id, inputs: ["question": .string(question)], assertions: form,
          expected: .string(answer), relevant: labels),
        question: question, answer: answer, cause: plan.cause, behaviour: plan.behaviour,
        nature: plan.nature))
  }

  @discardableResult
  private mutating func addDocument(_ text: String) -> String {
    let id = "note-\(documents.count)"
    documents.append(PlantedDocument(id: id, text: "\(PlantedModel.mark) \(text)"))
    return id
  }

  /// A word that stands nowhere else.
  private mutating func name() -> String {
    while true {
      let syllables = (0..<4).map { _ in Self.syllables.randomElement(using: &random) ?? "ba" }
      let name = syllables.joined()
      if names.insert(name).inserted { return name.prefix(1).uppercased() + name.dropFirst() }
    }
  }

  private mutating func words(_ count: Int) -> String {
    (0..<count).map { _ in Self.filler.randomElement(using: &random) ?? "and" }
      .joined(separator: " ")
  }

  private static let syllables = [
    "ba", "co", "di", "fe", "gu", "ha", "jo", "ki", "lu", "me", "no", "pa", "ri", "so", "tu", "ve",
  ]
  private static let subjects = [
    ("seal", "colour"), ("tower", "builder"), ("bridge", "material"), ("market", "patron"),
    ("archive", "keeper"), ("festival", "emblem"), ("harbour", "founder"), ("choir", "anthem"),
  ]
  private static let filler = [
    "later", "people", "travelled", "through", "valleys", "carrying", "bread", "letters", "while",
    "rain", "fell", "slowly", "upon", "fields", "where", "horses", "rested", "near", "wooden",
    "fences", "every", "winter", "brought", "snow", "songs", "quiet", "evenings", "spring", "came",
    "again", "rivers", "rose", "children", "played", "under", "oaks", "merchants", "counted",
    "coins",
  ]
}
