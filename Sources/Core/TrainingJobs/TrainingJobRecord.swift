// A training job as it is remembered: what was wished for, on what data, how far it is.

/// What a model is trained on.
public struct TrainingData: Hashable, Sendable {
  /// One file of examples.
  public struct File: Hashable, Sendable {
    /// From the root.
    public var path: String
    /// The SHA-256 of its bytes, in hexadecimal digits.
    public var hash: String
    public var bytes: Int
    public var examples: Int

    public init(path: String, hash: String, bytes: Int, examples: Int) {
      self.path = path
      self.hash = hash
      self.bytes = bytes
      self.examples = examples
    }
  }

  public var training: File
  public var validation: File?
  /// The sets that have examples of the training file, and how many.
  public var sets: [String: Int]
  /// Where those examples come from, and how many: `correction`, `evaluation`, `file`, …
  public var sources: [String: Int]

  public init(
    training: File, validation: File? = nil, sets: [String: Int] = [:],
    sources: [String: Int] = [:]
  ) {
    self.training = training
    self.validation = validation
    self.sets = sets
    self.sources = sources
  }

  /// The set that most of it is of, else the file's name.
  public var name: String {
    let most = sets.max { ($0.value, $1.key) < ($1.value, $0.key) }
    return most?.key ?? training.path.split(separator: "/").last.map(String.init) ?? ""
  }
}

/// A training job of this machine.
public struct TrainingJobRecord: Hashable, Sendable {
  /// Ours.
  public var name: String
  /// The server's name.
  public var provider: String
  /// Seconds since 1970.
  public var createdAt: Double
  public var request: TrainingJobRequest
  public var data: TrainingData
  public var journey: TrainingJobJourney
  /// What the server said last; nil before it said anything.
  public var state: TrainingJobState?
  public var isCancelRequested: Bool
  /// Seconds since 1970; nil while it goes on.
  public var endedAt: Double?

  public init(
    name: String, provider: String, createdAt: Double, request: TrainingJobRequest,
    data: TrainingData, journey: TrainingJobJourney, state: TrainingJobState? = nil,
    isCancelRequested: Bool = false, endedAt: Double? = nil
  ) {
    self.name = name
    self.provider = provider
    self.createdAt = createdAt
    self.request = request
    self.data = data
    self.journey = journey
    self.state = state
    self.isCancelRequested = isCancelRequested
    self.endedAt = endedAt
  }

  /// How it stands, in a word or two.
  public var status: String {
    switch journey.stage {
    case .ready(let files):
      files.training == nil
        ? "not sent yet"
        : journey.hasValidation && files.validation == nil ? "partly uploaded" : "uploaded"
    case .uploading: "uploading"
    case .creating: "asked for"
    case .created:
      isCancelRequested ? "being cancelled" : state.map { $0.status } ?? "created"
    case .ended(let state): state.status
    case .abandoned: "cancelled"
    }
  }

  /// The result; nil while there is none.
  public var model: ModelReference? {
    guard case .ended(let state) = journey.stage, state.phase == .succeeded else { return nil }
    return state.model.map { ModelReference(provider: provider, model: $0) }
  }
}

extension TrainingData.File {
  var json: JSON {
    [
      "path": .string(path), "hash": .string(hash), "bytes": .integer(bytes),
      "examples": .integer(examples),
    ]
  }

  init?(json: JSON?) {
    guard let path = json?["path"]?.string, let hash = json?["hash"]?.string,
      let bytes = json?["bytes"]?.integer, let examples = json?["examples"]?.integer
    else { return nil }
    self.init(path: path, hash: hash, bytes: bytes, examples: examples)
  }
}

extension TrainingData {
  public var json: JSON {
    var object: JSON.Object = ["training": training.json]
    if let validation { object["validation"] = validation.json }
    func counts(_ counts: [String: Int]) -> JSON {
      .object(
        JSON.Object(
          counts.sorted { $0.key < $1.key }.map { .init(name: $0.key, value: .integer($0.value)) }))
    }
    object["sets"] = counts(sets)
    object["sources"] = counts(sources)
    return .object(object)
  }

  /// Nil for what is none.
  public init?(json: JSON) {
    guard let training = File(json: json["training"]) else { return nil }
    func counts(_ json: JSON?) -> [String: Int] {
      (json?.object?.members ?? []).reduce(into: [:]) { $0[$1.name] = $1.value.integer }
    }
    self.init(
      training: training, validation: File(json: json["validation"]), sets: counts(json["sets"]),
      sources: counts(json["sources"]))
  }
}
