import Core

// What a person wishes of a training on a machine of their own.

/// Programs that train models on one's own machine.
public enum LocalTrainer: String, Hashable, Sendable, CaseIterable {
  /// Hugging Face's Transformer Reinforcement Learning.
  case trl
  case axolotl
  case llamaFactory = "llama-factory"
  case unsloth
  /// Apple's mlx-lm.
  case mlx

  /// The ways of training that it has.
  public var methods: [TrainingMethod] { self == .mlx ? [.supervised] : TrainingMethod.allCases }
}

/// Why there is no recipe, as a sentence.
public struct RecipeError: Error, Hashable, Sendable, CustomStringConvertible {
  public let description: String

  public init(_ description: String) { self.description = description }
}

/// What a recipe is made from; nil leaves a choice to the size of the set.
public struct RecipeSettings: Hashable, Sendable {
  public let trainer: LocalTrainer
  public let method: TrainingMethod
  /// A name of the hub, or a folder.
  public let model: String
  /// Where the result goes: a folder, seen from the recipe's.
  public let output: String
  public let epochs: Int?
  public let learningRate: Double?
  public let rank: Int?
  /// Tokens of an example that are trained on at most.
  public let sequenceLength: Int?
  /// The trainer's name of a chat template; nil for the tokenizer's own.
  public let template: String?
  public let seed: Int

  /// Throws `RecipeError` for what the trainer can't do, and for what would do harm in its files.
  public init(
    trainer: LocalTrainer, method: TrainingMethod = .supervised, model: String,
    output: String = "model", epochs: Int? = nil, learningRate: Double? = nil, rank: Int? = nil,
    sequenceLength: Int? = nil, template: String? = nil, seed: Int = 0
  ) throws(RecipeError) {
    guard trainer.methods.contains(method) else {
      throw RecipeError("\(trainer.rawValue) has no DPO: choose another trainer, or sft.")
    }
    if template != nil, ![.axolotl, .llamaFactory, .unsloth].contains(trainer) {
      throw RecipeError(
        "\(trainer.rawValue) takes the chat template of the tokenizer: leave the template out.")
    }
    for text in [model, output] + (template.map { [$0] } ?? []) {
      guard !text.allSatisfy(\.isWhitespace), text.utf8.count <= 1024,
        text.unicodeScalars.allSatisfy(Self.isShown)
      else {
        throw RecipeError(
          "The model, the template and the folder are names of 1 to 1,024 bytes without control "
            + "characters.")
      }
    }
    func check(_ name: String, _ value: Int?, _ range: ClosedRange<Int>) throws(RecipeError) {
      guard let value, !range.contains(value) else { return }
      throw RecipeError(
        "\(name) goes from \(range.lowerBound) to \(Numbers.grouped(range.upperBound)).")
    }
    try check("The number of epochs", epochs, 1...100)
    try check("The rank", rank, 1...1024)
    try check("The sequence length", sequenceLength, 32...1_048_576)
    try check("The seed", seed, 0...Int(Int32.max))
    if let learningRate, !(1e-9...1).contains(learningRate) {
      throw RecipeError("The learning rate is above 0 and at most 1, as in 0.0002.")
    }
    self.trainer = trainer
    self.method = method
    self.model = model
    self.output = output
    self.epochs = epochs
    self.learningRate = learningRate
    self.rank = rank
    self.sequenceLength = sequenceLength
    self.template = template
    self.seed = seed
  }

  /// Whether it is a character that YAML and Python take as it is.
  private static func isShown(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .privateUse,
      .unassigned:
      false
    default: true
    }
  }
}
