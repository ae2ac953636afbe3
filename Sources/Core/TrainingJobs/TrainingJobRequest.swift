// What is wished of a server that trains: the model, the way, and the settings. Which words a server
// has for it is its dialect's business.

/// How a model is trained.
public enum TrainingMethod: String, Hashable, Sendable, CaseIterable {
  /// On answers as they shall be.
  case supervised
  /// On pairs of a preferred and a rejected answer (direct preference optimization).
  case dpo
}

/// The settings of a training; nil leaves the choice to the server.
public struct TrainingHyperparameters: Hashable, Sendable {
  /// How often all examples are gone through.
  public var epochs: Int?
  /// Examples a step.
  public var batchSize: Int?
  /// As the server has it: OpenAI takes a multiplier of its own rate, others the rate itself.
  public var learningRate: Double?
  /// How much it costs to leave the base model; for `dpo` only.
  public var beta: Double?

  public init(
    epochs: Int? = nil, batchSize: Int? = nil, learningRate: Double? = nil, beta: Double? = nil
  ) {
    self.epochs = epochs
    self.batchSize = batchSize
    self.learningRate = learningRate
    self.beta = beta
  }
}

/// One training that a server is asked for.
public struct TrainingJobRequest: Hashable, Sendable {
  /// The base model by the server's name.
  public var model: String
  /// Becomes a part of the result's name.
  public var suffix: String?
  public var seed: Int?
  public var method: TrainingMethod
  public var hyperparameters: TrainingHyperparameters

  public init(
    model: String, suffix: String? = nil, seed: Int? = nil, method: TrainingMethod = .supervised,
    hyperparameters: TrainingHyperparameters = TrainingHyperparameters()
  ) {
    self.model = model
    self.suffix = suffix
    self.seed = seed
    self.method = method
    self.hyperparameters = hyperparameters
  }

  /// What no server would take, as a sentence; nil where all is within bounds.
  public var problem: String? {
    if TrainingText.name(model) == nil {
      return "A model's name has 1 to 512 characters, none of them a control character."
    }
    if let suffix, !(1...40).contains(suffix.utf8.count) || !suffix.utf8.allSatisfy(Self.isWord) {
      return "A suffix has 1 to 40 letters, digits, '-' and '_'."
    }
    if let seed, !(0...Int(Int32.max)).contains(seed) {
      return "A seed is a number from 0 to \(Int32.max)."
    }
    if let epochs = hyperparameters.epochs, !(1...1000).contains(epochs) {
      return "The number of epochs is from 1 to 1000."
    }
    if let size = hyperparameters.batchSize, !(1...1_000_000).contains(size) {
      return "A batch has 1 to 1,000,000 examples."
    }
    if let rate = hyperparameters.learningRate, !(rate > 0 && rate <= 1000) {
      return "The learning rate is above 0, and 1000 at most."
    }
    if let beta = hyperparameters.beta {
      if method != .dpo { return "Beta goes with the method dpo." }
      if !(beta >= 0 && beta <= 1000) { return "Beta is from 0 to 1000." }
    }
    return nil
  }

  private static func isWord(_ byte: UInt8) -> Bool {
    0x30...0x39 ~= byte || 0x41...0x5A ~= byte || 0x61...0x7A ~= byte || "-_".utf8.contains(byte)
  }
}

extension TrainingJobRequest {
  public var json: JSON {
    var object: JSON.Object = ["model": .string(model), "method": .string(method.rawValue)]
    if let suffix { object["suffix"] = .string(suffix) }
    if let seed { object["seed"] = .integer(seed) }
    if let epochs = hyperparameters.epochs { object["epochs"] = .integer(epochs) }
    if let size = hyperparameters.batchSize { object["batch_size"] = .integer(size) }
    if let rate = hyperparameters.learningRate { object["learning_rate"] = .number(rate) }
    if let beta = hyperparameters.beta { object["beta"] = .number(beta) }
    return .object(object)
  }

  /// Nil for what is no request.
  public init?(json: JSON) {
    guard let model = json["model"]?.string,
      let method = json["method"]?.string.flatMap(TrainingMethod.init)
    else { return nil }
    self.init(
      model: model, suffix: json["suffix"]?.string, seed: json["seed"]?.integer, method: method,
      hyperparameters: TrainingHyperparameters(
        epochs: json["epochs"]?.integer, batchSize: json["batch_size"]?.integer,
        learningRate: json["learning_rate"]?.double, beta: json["beta"]?.double))
    if problem != nil { return nil }
  }
}
