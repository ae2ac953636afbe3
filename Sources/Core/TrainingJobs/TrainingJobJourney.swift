// How far a training has come. It is a value that sends nothing and knows no clock: what to do next is
// data, and so is what came of it.

/// The files of a job by the server's identifiers, as far as it has them.
public struct TrainingFiles: Hashable, Sendable {
  public enum Role: String, Hashable, Sendable {
    case training
    case validation
  }

  public var training: String?
  public var validation: String?

  public init(training: String? = nil, validation: String? = nil) {
    self.training = training
    self.validation = validation
  }

  subscript(role: Role) -> String? {
    get { role == .training ? training : validation }
    set {
      switch role {
      case .training: training = newValue
      case .validation: validation = newValue
      }
    }
  }
}

/// One training job, from its written files to its result.
///
/// It is stored before and after everything that is sent. What may have been sent before the program
/// died is looked for by its name before it is sent again.
public struct TrainingJobJourney: Hashable, Sendable {
  public enum Stage: Hashable, Sendable {
    /// Nothing is under way; these files are there.
    case ready(TrainingFiles)
    /// An upload was begun, and nobody knows what came of it.
    case uploading(TrainingFiles.Role, TrainingFiles)
    /// The same for the job.
    case creating(TrainingFiles)
    /// The server has it.
    ///
    /// - Parameters:
    ///   - polls: how often its state was asked for.
    ///   - isCancelled: whether the server was told to end it.
    case created(job: String, polls: Int, isCancelled: Bool)
    case ended(TrainingJobState)
    /// It was cancelled before a server had it.
    case abandoned
  }

  /// What is to be done next.
  public enum Action: Hashable, Sendable {
    /// To store `begin()`, and upload.
    case upload(TrainingFiles.Role)
    case findFile(TrainingFiles.Role)
    /// To store `begin()`, and create the job.
    case create(TrainingFiles)
    case findJob(TrainingFiles)
    /// To wait so many milliseconds, and ask.
    case poll(job: String, delay: Double)
    case cancel(job: String)
    case abandon
    case nothing
  }

  /// Ours alone: in the names of the uploaded files, and in the metadata of the job.
  public let name: String
  public let hasValidation: Bool
  public private(set) var stage: Stage

  /// - Parameter name: unique; small letters, digits and `-`, 48 at most. Nil for any other.
  public init?(name: String, hasValidation: Bool) {
    guard (1...48).contains(name.utf8.count),
      name.utf8.allSatisfy({
        0x30...0x39 ~= $0 || 0x61...0x7A ~= $0 || $0 == UInt8(ascii: "-")
      })
    else { return nil }
    self.name = name
    self.hasValidation = hasValidation
    stage = .ready(TrainingFiles())
  }

  /// What a file is called on the server, without an ending.
  public func fileName(_ role: TrainingFiles.Role) -> String { "\(name)-\(role.rawValue)" }

  /// The server's identifier of the job; nil before it has one.
  public var job: String? {
    switch stage {
    case .created(let job, _, _): job
    case .ended(let state): state.id
    default: nil
    }
  }

  /// Whether nothing more is to be done.
  public var hasEnded: Bool {
    switch stage {
    case .ended, .abandoned: true
    default: false
    }
  }

  /// The wait before a state is asked for grows from 2 s to 30 s.
  ///
  /// - Parameter cancelling: whether it is to be cancelled.
  public func action(cancelling: Bool) -> Action {
    switch stage {
    case .ready(let files):
      if cancelling { return .abandon }
      if files.training == nil { return .upload(.training) }
      return hasValidation && files.validation == nil ? .upload(.validation) : .create(files)
    case .uploading(let role, _):
      // A file that nobody asked anything of is no job.
      return cancelling ? .abandon : .findFile(role)
    case .creating(let files): return .findJob(files)
    case .created(let job, let polls, let isCancelled):
      if cancelling, !isCancelled { return .cancel(job: job) }
      let delay = min(2000 * Double(1 << min(max(polls, 0), 4)), 30_000)
      return .poll(job: job, delay: delay)
    case .ended, .abandoned: return .nothing
    }
  }

  /// Something is about to be sent that must not be sent twice.
  public mutating func begin() {
    guard case .ready(let files) = stage else { return }
    switch action(cancelling: false) {
    case .upload(let role): stage = .uploading(role, files)
    case .create(let files): stage = .creating(files)
    default: break
    }
  }

  /// The server has it under this identifier; nil when it certainly has none, so that it may be sent.
  public mutating func settle(_ identifier: String?) {
    switch stage {
    case .uploading(let role, var files):
      files[role] = identifier
      stage = .ready(files)
    case .creating(let files):
      stage =
        identifier.map { .created(job: $0, polls: 0, isCancelled: false) } ?? .ready(files)
    default: break
    }
  }

  /// The server has said how the job stands.
  public mutating func note(_ state: TrainingJobState) {
    guard case .created(let job, let polls, let isCancelled) = stage else { return }
    stage =
      state.hasEnded
      ? .ended(state)
      : .created(job: job, polls: min(polls + 1, 1000), isCancelled: isCancelled)
  }

  /// The server was told to end the job.
  public mutating func noteCancelled() {
    guard case .created(let job, _, _) = stage else { return }
    stage = .created(job: job, polls: 0, isCancelled: true)
  }

  /// It was cancelled before a server had it.
  public mutating func abandon() {
    switch stage {
    case .ready, .uploading: stage = .abandoned
    default: break
    }
  }
}

extension TrainingJobJourney {
  public var json: JSON {
    var object: JSON.Object = [
      "name": .string(name), "has_validation": .bool(hasValidation),
    ]
    func set(_ stage: String, _ files: TrainingFiles? = nil, _ more: JSON.Object = [:]) {
      object["stage"] = .string(stage)
      if let training = files?.training { object["training_file"] = .string(training) }
      if let validation = files?.validation { object["validation_file"] = .string(validation) }
      object.members += more.members
    }
    switch stage {
    case .ready(let files): set("ready", files)
    case .uploading(let role, let files):
      set("uploading", files, ["role": .string(role.rawValue)])
    case .creating(let files): set("creating", files)
    case .created(let job, let polls, let isCancelled):
      set(
        "created", nil,
        ["job": .string(job), "polls": .integer(polls), "is_cancelled": .bool(isCancelled)])
    case .ended(let state): set("ended", nil, ["state": state.json])
    case .abandoned: set("abandoned")
    }
    return .object(object)
  }

  /// Nil for what is no journey.
  public init?(json: JSON) {
    guard let name = json["name"]?.string, let hasValidation = json["has_validation"]?.bool
    else { return nil }
    self.init(name: name, hasValidation: hasValidation)
    func identifier(_ name: String) -> String? {
      json[name]?.string.flatMap { BatchState.isIdentifier($0) ? $0 : nil }
    }
    let files = TrainingFiles(
      training: identifier("training_file"), validation: identifier("validation_file"))
    let stage: Stage? =
      switch json["stage"]?.string {
      case "ready": .ready(files)
      case "uploading":
        json["role"]?.string.flatMap(TrainingFiles.Role.init).map { .uploading($0, files) }
      case "creating": files.training == nil ? nil : .creating(files)
      case "created":
        identifier("job").map {
          .created(
            job: $0, polls: json["polls"]?.integer ?? 0,
            isCancelled: json["is_cancelled"]?.bool ?? false)
        }
      case "ended": json["state"].flatMap(TrainingJobState.init(json:)).map(Stage.ended)
      case "abandoned": .abandoned
      default: nil
      }
    guard let stage else { return nil }
    self.stage = stage
  }
}
