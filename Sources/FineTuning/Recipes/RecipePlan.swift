import Core

// The numbers of a recipe: as they were asked for, else from the size of the set, each with its reason.

/// What is known of the records of a recipe.
public struct RecipeMeasures: Hashable, Sendable {
  /// Estimated tokens of each record to train on.
  public var tokens = Distribution()
  /// How many records there are to validate with.
  public var validation = 0
  public var hasTools = false

  public init() {}

  public var train: Int { tokens.count }
}

/// The numbers of a training.
public struct RecipePlan: Hashable, Sendable {
  public let epochs: Int
  public let learningRate: Double
  public let rank: Int
  public let sequenceLength: Int
  /// Records that go through the model together.
  public let batch: Int
  /// Batches that make a step.
  public let accumulation: Int
  public let warmup: Int
  /// Records that are longer than the sequence length, as far as is estimated.
  public let tooLong: Int

  public init(_ settings: RecipeSettings, _ measures: RecipeMeasures) {
    let count = max(1, measures.train)
    let isDPO = settings.method == .dpo
    epochs =
      settings.epochs ?? (isDPO ? 1 : min(Self.mostEpochs, AutomaticEpochs.count(of: count)))
    learningRate =
      settings.learningRate ?? (settings.trainer == .mlx ? 1e-5 : isDPO ? 5e-6 : 2e-4)
    rank = settings.rank ?? (count < 200 ? 8 : count < 10_000 ? 16 : 32)
    let wished = Int((Double(measures.tokens.largest) * Self.margin).rounded(.up))
    sequenceLength =
      settings.sequenceLength ?? Self.lengths.first { $0 >= wished } ?? Self.lengths.last!
    tooLong = measures.tokens.count(in: (sequenceLength + 1)..<Int.max)
    // What goes through together must fit into memory, and into the smaller file.
    let fitting = sequenceLength <= 2048 ? 4 : sequenceLength <= 8192 ? 2 : 1
    let smallest = measures.validation > 0 ? min(count, measures.validation) : count
    batch = min(fitting, smallest)
    let step = count < 100 ? 4 : count < 1000 ? 8 : 16
    accumulation = max(1, step / batch)
    let records = max(1, count / (batch * accumulation)) * epochs
    warmup = (records + 19) / 20
  }

  /// Steps of the optimizer.
  public func steps(of records: Int) -> Int {
    (records + batch * accumulation - 1) / (batch * accumulation) * epochs
  }

  /// More make a small set learned by heart.
  private static let mostEpochs = 10
  /// Tokens are estimated before the model's own tokenizer has counted them.
  private static let margin = 1.25
  private static let lengths = [512, 1024, 2048, 4096, 8192, 16_384, 32_768]

  /// Why each number is what it is, as the comments of a file.
  func reason(_ name: KeyPath<RecipePlan, Int>, _ measures: RecipeMeasures) -> String {
    let records = "\(Numbers.grouped(measures.train)) records"
    return switch name {
    case \.epochs: "How often all \(records) are gone through: smaller sets need it more often."
    case \.rank: "How much an adapter can learn; larger sets bear a higher rank."
    case \.sequenceLength:
      "The longest record is about \(Numbers.grouped(measures.tokens.largest)) tokens, the median "
        + "\(Numbers.grouped(measures.tokens.median)); "
        + (tooLong == 0
          ? "none is longer than this." : "about \(Numbers.grouped(tooLong)) are longer than this.")
    case \.accumulation: "\(batch * accumulation) records make a step."
    default: ""
    }
  }
}
