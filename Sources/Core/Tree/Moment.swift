// What one key started in a session: a node of its tree, as a list shows it.

/// The runs of one batch, with the moment that they were made from.
public struct Moment: Hashable, Sendable {
  /// A run as the tree shows it: nothing of it needs the run's texts or its stream.
  public struct Run: Hashable, Sendable {
    public var id: Identifier
    /// The run that it was made from; it may be missing.
    public var parent: Identifier?
    /// The batch that it was started with: its moment's id.
    public var batch: Identifier
    /// Seconds since 1970.
    public var startedAt: Double
    /// From 0.
    public var column: Int
    /// From 1; nil for a prompt that has no steps.
    public var step: Int?
    public var model: ModelReference
    /// How the version of the prompt is called, such as `v3`; empty where that isn't known.
    public var version: String
    /// Nil while it streams.
    public var finishReason: FinishReason?
    /// The first line of its answer.
    public var beginning: String
    public var rating: Rating?
    public var remark: Remark
    public var cost: Cost

    public init(
      id: Identifier, parent: Identifier? = nil, batch: Identifier, startedAt: Double, column: Int,
      step: Int? = nil, model: ModelReference, version: String = "",
      finishReason: FinishReason? = nil, beginning: String = "", rating: Rating? = nil,
      remark: Remark = Remark(), cost: Cost = .zero
    ) {
      self.id = id
      self.parent = parent
      self.batch = batch
      self.startedAt = startedAt
      self.column = column
      self.step = step
      self.model = model
      self.version = version
      self.finishReason = finishReason
      self.beginning = beginning
      self.rating = rating
      self.remark = remark
      self.cost = cost
    }
  }

  public var id: Identifier
  /// The moment that it was made from; nil for a root.
  public internal(set) var parent: Identifier?
  /// In the order of their columns; at least one.
  public internal(set) var runs: [Run]

  /// When its first run began, in seconds since 1970.
  public var startedAt: Double { runs.map(\.startedAt).min() ?? 0 }

  public var cost: Cost { runs.map(\.cost).reduce(.zero, +) }

  /// The models that were asked, each once, from the left.
  public var models: [ModelReference] {
    runs.reduce(into: []) { models, run in
      if !models.contains(run.model) { models.append(run.model) }
    }
  }

  /// What is searched when a moment is looked for.
  var words: String {
    runs.map { run in
      "\(run.model) \(run.version) \(run.beginning) \(run.remark.note) "
        + run.remark.tags.joined(separator: " ")
    }.joined(separator: " ")
  }
}
