import Core

// What was asked once need not be asked again: an exact request and what came of it.

/// An answer with the request that it is to.
public struct KeptAnswer: Hashable, Sendable {
  public let request: CompletionRequest
  /// `exactHash` of the request.
  public let hash: String
  /// Which one it is of those that were asked the same, from 1.
  public var repetition: Int
  public var answer: Answer
  /// Nil where the price was not known.
  public var cost: Money?

  /// - Parameter hash: `exactHash` of the request, where that is known already.
  public init(
    request: CompletionRequest, hash: String? = nil, repetition: Int, answer: Answer, cost: Money?
  ) {
    self.request = request
    self.hash = hash ?? request.exactHash
    self.repetition = repetition
    self.answer = answer
    self.cost = cost
  }
}

extension CompletionRequest {
  /// The name of what a model is sent: its own, the messages and the parameters. What the passages were
  /// searched with, and where they came from, is told to built-in models only.
  public var exactHash: String {
    var parts: [JSON] = [
      .string(model.description), .array(messages.map(\.json)), .object(parameters.json),
    ]
    if model.isBuiltin { parts += [.string(question), .array(passages.map(\.json))] }
    return ContentHash.of(JSON.array(parts).text)
  }
}

/// What is kept of one answer of an evaluation.
public struct StoredResult: Hashable, Sendable {
  public var place: EvaluationPlan.Place
  /// The hash of the request that was asked; of a chain, that of its last step. Nil where nothing was.
  public var request: String?
  /// Nil where it could not be measured.
  public var grade: Grade?
  public var error: String?

  public init(
    _ place: EvaluationPlan.Place, request: String? = nil, grade: Grade? = nil,
    error: String? = nil
  ) {
    self.place = place
    self.request = request
    self.grade = grade
    self.error = error
  }
}

/// An evaluation as a list shows it.
public struct EvaluationSummary: Hashable, Sendable {
  public var id: Identifier
  public var name: String
  /// Seconds since 1970.
  public var startedAt: Double
  public var datasetHash: String
  public var variants: [String]
  /// Answers that there are to be, those that are graded, and those that passed.
  public var total: Int
  public var graded: Int
  public var passed: Int
  public var unmeasured: Int

  public init(
    id: Identifier, name: String, startedAt: Double, datasetHash: String, variants: [String],
    total: Int, graded: Int, passed: Int, unmeasured: Int
  ) {
    self.id = id
    self.name = name
    self.startedAt = startedAt
    self.datasetHash = datasetHash
    self.variants = variants
    self.total = total
    self.graded = graded
    self.passed = passed
    self.unmeasured = unmeasured
  }
}
