// One variant on one set of inputs, with everything that is needed to see it again.

/// The name of a run or a session: unique in the world, and sorted by the time it was made.
public typealias Identifier = String

/// A request that was sent to one model, with what it was made from; its answer is kept beside it.
public struct Run: Hashable, Sendable {
  public var id: Identifier
  public var session: Identifier
  /// The run that this one was made from; nil at the root of the session's tree.
  public var parent: Identifier?
  /// Names the runs that one key started together.
  public var batch: Identifier
  /// Seconds since 1970.
  public var startedAt: Double
  /// Which column it streamed into, from 0.
  public var column: Int
  /// The text of the prompt file, before it was filled in.
  public var promptText: String
  /// Where the prompt file is; nil for one that was never saved.
  public var promptPath: String?
  /// What the template's variables were filled with, passages apart.
  public var inputs: [String: String]
  /// What the model was given, filled in.
  public var request: CompletionRequest
  /// Which step of its prompt it is, from 1; nil for a prompt that has no steps.
  public var step: Int?
  /// What its column asked; nil for a run of no column, or of earlier times.
  public var variant: Variant?
  /// Which one it is of the runs of a variant that is repeated, from 1; nil where it isn't.
  public var repetition: Int?
  /// What its tokens cost at the time; nil when that was not known.
  public var price: Price?
  /// The program that it was imported from; nil for a run of whet's own.
  public var origin: RunOrigin?

  /// - Parameter batch: nil for a run that was started alone.
  public init(
    id: Identifier, session: Identifier, parent: Identifier? = nil, batch: Identifier? = nil,
    startedAt: Double, column: Int, promptText: String, promptPath: String? = nil,
    inputs: [String: String],
    request: CompletionRequest, step: Int? = nil, variant: Variant? = nil,
    repetition: Int? = nil, price: Price? = nil, origin: RunOrigin? = nil
  ) {
    self.id = id
    self.session = session
    self.parent = parent
    self.batch = batch ?? id
    self.startedAt = startedAt
    self.column = column
    self.promptText = promptText
    self.promptPath = promptPath
    self.inputs = inputs
    self.request = request
    self.step = step
    self.variant = variant
    self.repetition = repetition
    self.price = price
    self.origin = origin
  }
}

extension Run {
  /// What it asked; of a run that doesn't tell, what is known of it.
  public var asked: Variant { variant ?? Variant(request.model) }

  /// The price that was kept with it; built-in models cost nothing, and always did. Nil when it is
  /// unknown.
  public var knownPrice: Price? { price ?? (request.model.isBuiltin ? .free : nil) }
}

/// A run as it is stored and shared: with its raw stream, and what came of it.
public struct RecordedRun: Hashable, Sendable {
  public var run: Run
  /// The raw stream, in the order in which it came.
  public var events: [TimedWireEvent]
  /// What the stream came to; for a run that never ended, what had arrived.
  public var answer: Answer
  /// What a person thinks of it; nil for nothing.
  public var rating: Rating?
  /// What else a person says of it.
  public var remark: Remark
  /// What a person made of the answer, oldest first: the last one counts.
  public var corrections: [Correction]
  /// A correction that was begun and not kept yet; no part of what is shared.
  public var correctionDraft: String?

  public init(
    run: Run, events: [TimedWireEvent], answer: Answer, rating: Rating? = nil,
    remark: Remark = Remark(), corrections: [Correction] = [], correctionDraft: String? = nil
  ) {
    self.run = run
    self.events = events
    self.answer = answer
    self.rating = rating
    self.remark = remark
    self.corrections = corrections
    self.correctionDraft = correctionDraft
  }
}

/// A named set of runs, which is listed and shared as one.
public struct Session: Hashable, Sendable {
  public var id: Identifier
  public var name: String
  /// Seconds since 1970.
  public var createdAt: Double

  public init(id: Identifier, name: String, createdAt: Double) {
    self.id = id
    self.name = name
    self.createdAt = createdAt
  }
}
