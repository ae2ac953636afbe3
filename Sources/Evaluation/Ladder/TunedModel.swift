import Core

// A model that was trained on examples: what it is known to be made of. Its name tells nothing for sure.

/// A model with the one that it was before it was trained.
public struct TunedModel: Hashable, Sendable {
  public var model: ModelReference
  /// The model that it was made of; nil where nobody knows.
  public var base: ModelReference?
  /// What it was trained on, as a person calls it: a file, a set; nil where nobody knows.
  public var trainedOn: String?

  public init(_ model: ModelReference, of base: ModelReference? = nil, trainedOn: String? = nil) {
    self.model = model
    self.base = base
    self.trainedOn = trainedOn
  }

  public var json: JSON {
    [
      "model": .string(model.description), "base": JSON(base?.description),
      "trained_on": JSON(trainedOn),
    ]
  }
}
