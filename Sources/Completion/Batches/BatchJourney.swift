import Core

// How far a batch is: a value that is kept after every step, so that a program that is killed goes on
// where it was. A step that may have been taken without anybody hearing of it is looked for before it
// is taken again: the name of the batch is that of its file, too.

/// A batch on its way.
public struct BatchJourney: Hashable, Sendable {
  public enum State: Hashable, Sendable {
    /// Nothing was sent.
    case written
    /// An upload has begun; whether it was taken is not known.
    case uploading
    case uploaded(file: String)
    /// A batch has been asked for; whether there is one is not known.
    case creating(file: String)
    case created(batch: String)
    /// It has ended, with files of answers and of errors.
    case ended(status: String, output: String?, errors: String?)
  }

  /// Unique in the world.
  public let name: String
  /// The provider's name.
  public let provider: String
  public let requestCount: Int
  public var state = State.written
  /// As far as the server told.
  public var completed = 0
  public var failed = 0

  public init(name: String, provider: String, requestCount: Int) {
    self.name = name
    self.provider = provider
    self.requestCount = requestCount
  }

  public var fileName: String { "\(name).jsonl" }

  public var isEnded: Bool { if case .ended = state { true } else { false } }

  /// What a server says of a batch (https://platform.openai.com/docs/api-reference/batch/object).
  mutating func take(_ batch: JSON) {
    completed = batch["request_counts"]?["completed"]?.tokenCount ?? completed
    failed = batch["request_counts"]?["failed"]?.tokenCount ?? failed
    let status = batch["status"]?.string ?? ""
    guard ["completed", "failed", "expired", "cancelled"].contains(status) else { return }
    state = .ended(
      status: status, output: batch["output_file_id"]?.string,
      errors: batch["error_file_id"]?.string)
  }

  /// How long to wait before a server is asked again, in milliseconds: 5 s at first, a minute at most.
  public static func delay(afterAsking times: Int) -> Double {
    min(60_000, 5000 * Double(1 << min(times, 5)))
  }
}

extension BatchJourney {
  public var json: JSON {
    var object: JSON.Object = [
      "name": .string(name), "provider": .string(provider), "requests": .integer(requestCount),
      "completed": .integer(completed), "failed": .integer(failed),
    ]
    switch state {
    case .written: object["state"] = "written"
    case .uploading: object["state"] = "uploading"
    case .uploaded(let file):
      object["state"] = "uploaded"
      object["file"] = .string(file)
    case .creating(let file):
      object["state"] = "creating"
      object["file"] = .string(file)
    case .created(let batch):
      object["state"] = "created"
      object["batch"] = .string(batch)
    case .ended(let status, let output, let errors):
      object["state"] = "ended"
      object["status"] = .string(status)
      object["output"] = JSON(output)
      object["errors"] = JSON(errors)
    }
    return .object(object)
  }

  /// The journey that such an object holds; nil when it isn't one.
  public init?(json: JSON) {
    guard let name = json["name"]?.string, let provider = json["provider"]?.string,
      let count = json["requests"]?.integer
    else { return nil }
    self.init(name: name, provider: provider, requestCount: count)
    completed = json["completed"]?.tokenCount ?? 0
    failed = json["failed"]?.tokenCount ?? 0
    switch (json["state"]?.string, json["file"]?.string, json["batch"]?.string) {
    case ("written", _, _): state = .written
    case ("uploading", _, _): state = .uploading
    case ("uploaded", let file?, _): state = .uploaded(file: file)
    case ("creating", let file?, _): state = .creating(file: file)
    case ("created", _, let batch?): state = .created(batch: batch)
    case ("ended", _, _):
      state = .ended(
        status: json["status"]?.string ?? "", output: json["output"]?.string,
        errors: json["errors"]?.string)
    default: return nil
    }
  }
}
