// How far a batch has come. It is a value that sends nothing and knows no clock: what to do next is
// data, and so is what came of it.

/// One batch from its written file to its collected answers.
///
/// It is stored before and after everything that is sent. What may have been sent before the program
/// died is looked for by `name` before it is sent again.
public struct BatchJourney: Hashable, Sendable {
  public enum Stage: Hashable, Sendable {
    case written
    /// The upload was begun, and nobody knows what came of it.
    case uploading
    case uploaded(file: String)
    /// The same for the batch of an uploaded file.
    case creating(file: String)
    /// - Parameter polls: how often its state was asked for.
    case created(batch: String, polls: Int)
    case ended(BatchState)
    /// All that it brought has been taken in.
    case collected(BatchState)
  }

  /// What is to be done next.
  public enum Action: Hashable, Sendable {
    /// To store `begin()`, and upload.
    case upload
    case findFile
    /// To store `begin()`, and create the batch.
    case create(file: String)
    case findBatch(file: String)
    case poll(batch: String, delay: Double)
    case collect(BatchState)
    case nothing
  }

  /// Ours alone: the uploaded file's name, and in the metadata of the batch.
  public let name: String
  public private(set) var stage: Stage

  /// - Parameter name: unique; letters, digits and `-`, 64 at most. Nil for any other.
  public init?(name: String) {
    guard BatchState.isIdentifier(name), name.utf8.count <= 64 else { return nil }
    self.name = name
    stage = .written
  }

  public var fileName: String { "\(name).jsonl" }

  /// The wait before a state is asked for grows from 5 s to 60 s.
  public var action: Action {
    switch stage {
    case .written: .upload
    case .uploading: .findFile
    case .uploaded(let file): .create(file: file)
    case .creating(let file): .findBatch(file: file)
    case .created(let batch, let polls):
      .poll(batch: batch, delay: min(5000 * Double(1 << min(max(polls, 0), 4)), 60_000))
    case .ended(let state): .collect(state)
    case .collected: .nothing
    }
  }

  /// Something is about to be sent that must not be sent twice.
  public mutating func begin() {
    switch stage {
    case .written: stage = .uploading
    case .uploaded(let file): stage = .creating(file: file)
    default: break
    }
  }

  /// The server has it under this identifier; nil when it certainly has none, so that it may be sent.
  public mutating func settle(_ identifier: String?) {
    switch stage {
    case .uploading: stage = identifier.map { .uploaded(file: $0) } ?? .written
    case .creating(let file):
      stage = identifier.map { .created(batch: $0, polls: 0) } ?? .uploaded(file: file)
    default: break
    }
  }

  /// The server has said how the batch stands.
  public mutating func note(_ state: BatchState) {
    guard case .created(let batch, let polls) = stage else { return }
    stage = state.hasEnded ? .ended(state) : .created(batch: batch, polls: min(polls + 1, 1000))
  }

  /// All that it brought has been taken in.
  public mutating func collect() {
    if case .ended(let state) = stage { stage = .collected(state) }
  }
}

extension BatchJourney {
  public var json: JSON {
    var object: JSON.Object = ["name": .string(name)]
    func set(_ stage: String, _ more: JSON.Object = [:]) {
      object["stage"] = .string(stage)
      object.members += more.members
    }
    switch stage {
    case .written: set("written")
    case .uploading: set("uploading")
    case .uploaded(let file): set("uploaded", ["file": .string(file)])
    case .creating(let file): set("creating", ["file": .string(file)])
    case .created(let batch, let polls):
      set("created", ["batch": .string(batch), "polls": .integer(polls)])
    case .ended(let state): set("ended", ["state": state.json])
    case .collected(let state): set("collected", ["state": state.json])
    }
    return .object(object)
  }

  /// Nil for what is no journey.
  public init?(json: JSON) {
    guard let name = json["name"]?.string else { return nil }
    self.init(name: name)
    func identifier(_ name: String) -> String? {
      json[name]?.string.flatMap { BatchState.isIdentifier($0) ? $0 : nil }
    }
    let state = json["state"].flatMap(BatchState.init)
    let stage: Stage? =
      switch json["stage"]?.string {
      case "written": .written
      case "uploading": .uploading
      case "uploaded": identifier("file").map { .uploaded(file: $0) }
      case "creating": identifier("file").map { .creating(file: $0) }
      case "created":
        identifier("batch").map { .created(batch: $0, polls: json["polls"]?.integer ?? 0) }
      case "ended": state.map(Stage.ended)
      case "collected": state.map(Stage.collected)
      default: nil
      }
    guard let stage else { return nil }
    self.stage = stage
  }
}
