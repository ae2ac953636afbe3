import Core
import Evaluation

// What has to be asked to know whether training brought anything: an evaluation's variants, each of the
// model as it was and of the model as it is. Pure; the evaluation's own pipeline asks.

/// Two variants of an evaluation that differ in what is to be proved.
public struct ProofPair: Hashable, Sendable {
  public enum Kind: String, Hashable, Sendable {
    /// The same prompt and passages: only the model differs.
    case sameAsking = "same"
    /// The tuned model has a prompt of its own, which says less.
    case shorterPrompt = "shorter-prompt"
  }

  public var kind: Kind
  /// The names of the variants.
  public var base: String
  public var tuned: String
  /// Whether they are given passages.
  public var hasPassages: Bool
}

/// Why nothing can be proved, in a sentence that says what to do.
public struct ProofError: Error, Hashable, Sendable, CustomStringConvertible {
  public let description: String

  public init(_ description: String) { self.description = description }
}

/// An evaluation in which each variant is asked of the base model and of the tuned one.
public struct ProofPlan: Hashable, Sendable {
  public private(set) var plan: EvaluationPlan
  /// In the order of the variants; those with a shorter prompt come last.
  public private(set) var pairs: [ProofPair] = []
  public let base: ModelReference
  public let tuned: TunedModel

  /// A prompt that the tuned model can do with.
  public struct ShortPrompt: Hashable, Sendable {
    public var text: String
    /// From the root.
    public var path: String?

    public init(text: String, path: String? = nil) {
      self.text = text
      self.path = path
    }
  }

  /// Variants that differ in their model alone count once.
  ///
  /// Throws where the two models are the same, or the evaluation has no variant.
  ///
  /// - Parameters:
  ///   - tuned: with what it was made of.
  ///   - short: is asked of the tuned model beside the others; nil for none.
  public init(
    _ plan: EvaluationPlan, base: ModelReference, tuned: TunedModel, short: ShortPrompt? = nil
  ) throws(ProofError) {
    guard base != tuned.model else {
      throw ProofError(
        "The base and the tuned model are both \(base): name two with --base, --tuned.")
    }
    self.plan = plan
    self.base = base
    self.tuned = tuned
    var asked: [EvaluationVariant] = []
    for variant in plan.variants where !asked.contains(where: { $0.asksAlike(variant) }) {
      asked.append(variant)
    }
    guard !asked.isEmpty else { throw ProofError("The evaluation has no variant to ask.") }
    self.plan.variants = []
    for (place, variant) in asked.enumerated() {
      var before = variant
      before.asked.model = base
      before.name = Self.name(variant, base)
      if place == 0, before.kind == nil { before.kind = LadderStep.baseline.rawValue }
      var after = variant
      after.asked.model = tuned.model
      after.name = Self.name(variant, tuned.model)
      after.kind = Self.step(of: variant, from: asked[0]).rawValue
      self.plan.variants += [before, after]
      pairs.append(
        ProofPair(
          kind: .sameAsking, base: before.name, tuned: after.name,
          hasPassages: variant.asked.context != .none))
    }
    if let short { add(short, to: asked) }
  }

  /// The short prompt with the passages of each variant; without, where it has no place for any.
  private mutating func add(_ short: ShortPrompt, to asked: [EvaluationVariant]) {
    let takesPassages = short.text.contains("passages")
    var contexts: [Variant.Context] = []
    for variant in asked {
      let context = takesPassages ? variant.asked.context : .none
      guard !contexts.contains(context), variant.promptText != short.text else { continue }
      contexts.append(context)
      let partner = asked.first { $0.asked.context == context } ?? variant
      var shorter = partner
      shorter.promptText = short.text
      shorter.promptPath = short.path
      shorter.asked.model = tuned.model
      shorter.asked.context = context
      let name = "short prompt · \(tuned.model)"
      shorter.name = contexts.count > 1 ? "\(name) (\(contexts.count))" : name
      shorter.kind = Self.step(of: partner, from: asked[0]).rawValue
      plan.variants.append(shorter)
      pairs.append(
        ProofPair(
          kind: .shorterPrompt, base: Self.name(partner, base), tuned: shorter.name,
          hasPassages: context != .none))
    }
  }

  /// With the variant's own name even where there is one only: a ladder of several evaluations goes by it.
  private static func name(_ variant: EvaluationVariant, _ model: ModelReference) -> String {
    "\(variant.name) · \(model)"
  }

  /// Which step the tuned model is on the ladder: what it is given besides makes it a combined one.
  private static func step(
    of variant: EvaluationVariant, from first: EvaluationVariant
  ) -> LadderStep {
    variant.asked.context == first.asked.context ? .fineTuned : .combined
  }
}

extension EvaluationVariant {
  /// Whether another one asks the same of any model.
  fileprivate func asksAlike(_ other: EvaluationVariant) -> Bool {
    promptText == other.promptText && promptPath == other.promptPath
      && asked.parameters == other.asked.parameters && asked.context == other.asked.context
  }
}
