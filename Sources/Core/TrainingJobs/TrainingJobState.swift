// What a server says of a training, in words that are the same for all servers.

/// How a job stands, as its server tells it.
public struct TrainingJobState: Hashable, Sendable {
  public enum Phase: String, Hashable, Sendable, CaseIterable {
    /// It was taken, and waits, or its files are looked at.
    case waiting
    case running
    case succeeded
    case failed
    case cancelled

    /// Whether nothing more comes.
    public var hasEnded: Bool { self == .succeeded || self == .failed || self == .cancelled }
  }

  /// The server's identifier of it.
  public let id: String
  public let phase: Phase
  /// The server's own word.
  public let status: String
  /// The result's name, by which it is asked; nil while there is none.
  public let model: String?
  public let trainedTokens: Int?
  /// When the server believes to be done, in seconds since 1970.
  public let estimatedFinish: Double?
  /// Why it failed, in the server's words.
  public let error: String?
  /// The server's files with figures of the training.
  public let resultFiles: [String]

  /// Nil where the identifier can be none. Texts are cut, and what is no name is left out.
  public init?(
    id: String, phase: Phase, status: String, model: String? = nil, trainedTokens: Int? = nil,
    estimatedFinish: Double? = nil, error: String? = nil, resultFiles: [String] = []
  ) {
    guard BatchState.isIdentifier(id) else { return nil }
    self.id = id
    self.phase = phase
    self.status = String(status.prefix(64))
    self.model = TrainingText.name(model)
    self.trainedTokens = trainedTokens.flatMap { $0 >= 0 ? $0 : nil }
    self.estimatedFinish = estimatedFinish
    self.error = TrainingText.sentence(error)
    self.resultFiles = resultFiles.prefix(16).filter(BatchState.isIdentifier)
  }

  public var hasEnded: Bool { phase.hasEnded }

  public var json: JSON {
    var object: JSON.Object = [
      "id": .string(id), "phase": .string(phase.rawValue), "status": .string(status),
    ]
    if let model { object["model"] = .string(model) }
    if let trainedTokens { object["trained_tokens"] = .integer(trainedTokens) }
    if let estimatedFinish { object["estimated_finish"] = .number(estimatedFinish) }
    if let error { object["error"] = .string(error) }
    if !resultFiles.isEmpty { object["result_files"] = .array(resultFiles.map(JSON.string)) }
    return .object(object)
  }

  /// What `json` wrote; nil for anything else.
  public init?(json: JSON) {
    guard let id = json["id"]?.string, let phase = json["phase"]?.string.flatMap(Phase.init)
    else { return nil }
    self.init(
      id: id, phase: phase, status: json["status"]?.string ?? "", model: json["model"]?.string,
      trainedTokens: json["trained_tokens"]?.integer,
      estimatedFinish: TrainingText.number(json["estimated_finish"]),
      error: json["error"]?.string,
      resultFiles: (json["result_files"]?.array ?? []).compactMap(\.string))
  }
}
