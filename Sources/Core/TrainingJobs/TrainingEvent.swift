// What comes of a training while it goes on: what its server tells, and the models it keeps on the way.

/// Figures of a training at one step.
public struct TrainingMetrics: Hashable, Sendable {
  public var trainLoss: Double?
  public var validLoss: Double?
  /// The share of tokens that the model would have said itself, from 0 to 1.
  public var trainAccuracy: Double?
  public var validAccuracy: Double?

  public init(
    trainLoss: Double? = nil, validLoss: Double? = nil, trainAccuracy: Double? = nil,
    validAccuracy: Double? = nil
  ) {
    func finite(_ value: Double?) -> Double? { value.flatMap { $0.isFinite ? $0 : nil } }
    self.trainLoss = finite(trainLoss)
    self.validLoss = finite(validLoss)
    self.trainAccuracy = finite(trainAccuracy)
    self.validAccuracy = finite(validAccuracy)
  }

  public var isEmpty: Bool { self == TrainingMetrics() }

  fileprivate var members: [JSON.Object.Member] {
    [
      ("train_loss", trainLoss), ("valid_loss", validLoss), ("train_accuracy", trainAccuracy),
      ("valid_accuracy", validAccuracy),
    ].compactMap { name, value in value.map { .init(name: name, value: .number($0)) } }
  }

  fileprivate init(json: JSON) {
    self.init(
      trainLoss: json["train_loss"]?.double, validLoss: json["valid_loss"]?.double,
      trainAccuracy: json["train_accuracy"]?.double, validAccuracy: json["valid_accuracy"]?.double)
  }
}

/// One thing that a server tells of a job.
public struct TrainingEvent: Hashable, Sendable {
  public enum Level: String, Hashable, Sendable, CaseIterable {
    case info
    case warning
    case error
  }

  /// Tells it from the job's other events, however often it is asked for.
  public let id: String
  /// Seconds since 1970; nil where the server doesn't say.
  public let time: Double?
  public let level: Level
  public let message: String
  public let step: Int?
  public let metrics: TrainingMetrics

  /// Texts are cut, and a step below 0 is none.
  ///
  /// - Parameter id: the server's; nil where it has none, for one made of what the event says.
  public init(
    id: String?, time: Double?, level: Level = .info, message: String, step: Int? = nil,
    metrics: TrainingMetrics = TrainingMetrics()
  ) {
    self.time = time
    self.level = level
    self.message = String(message.prefix(1000))
    self.step = step.flatMap { $0 >= 0 ? $0 : nil }
    self.metrics = metrics
    if let id, (1...256).contains(id.utf8.count) {
      self.id = id
    } else {
      let figures = JSON.object(JSON.Object(metrics.members)).text
      self.id = ContentHash.of("\(time ?? 0)\n\(step ?? 0)\n\(message)\n\(figures)")
    }
  }

  public var json: JSON {
    var object: JSON.Object = [
      "id": .string(id), "level": .string(level.rawValue), "message": .string(message),
    ]
    if let time { object["time"] = .number(time) }
    if let step { object["step"] = .integer(step) }
    object.members += metrics.members
    return .object(object)
  }

  /// What `json` wrote; nil for anything else.
  public init?(json: JSON) {
    guard let id = json["id"]?.string, let message = json["message"]?.string,
      let level = json["level"]?.string.flatMap(Level.init)
    else { return nil }
    self.init(
      id: id, time: TrainingText.number(json["time"]), level: level, message: message,
      step: json["step"]?.integer, metrics: TrainingMetrics(json: json))
  }
}

/// A model that was kept on the way.
public struct TrainingCheckpoint: Hashable, Sendable {
  /// The model's name where it can be asked, else the server's name of what it keeps.
  public let name: String
  public let step: Int
  public let metrics: TrainingMetrics

  /// Nil for what has no name, or no step.
  public init?(name: String?, step: Int?, metrics: TrainingMetrics = TrainingMetrics()) {
    guard let name = TrainingText.name(name), let step, step >= 0 else { return nil }
    self.name = name
    self.step = step
    self.metrics = metrics
  }

  public var json: JSON {
    var object: JSON.Object = ["name": .string(name), "step": .integer(step)]
    object.members += metrics.members
    return .object(object)
  }

  /// What `json` wrote; nil for anything else.
  public init?(json: JSON) {
    self.init(
      name: json["name"]?.string, step: json["step"]?.integer, metrics: TrainingMetrics(json: json))
  }
}
