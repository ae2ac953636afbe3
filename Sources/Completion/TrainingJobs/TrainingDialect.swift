// What an API for training calls things: the requests it takes, and what its answers mean. It sends
// nothing.

import Core

/// One request.
struct TrainingRequest: Hashable {
  var method = "GET"
  var path: String
  var query: [String: String] = [:]
  var body: JSON?
}

/// How a file goes up: a form, and what names the file afterwards.
struct TrainingUpload {
  var path: String
  /// The form's parts beside the file.
  var fields: [(name: String, value: String)]
  var fileName: String
  /// The identifier out of the answer; nil where it names none.
  var identifier: (JSON) -> String?
}

/// How something is found again that may have been sent.
enum TrainingLookup {
  /// It is one of a list; the first that is meant.
  case list(
    path: String, query: [String: String], paging: ServerList.Paging,
    isMeant: (JSON) -> Bool)
  /// Its identifier is of our choosing.
  case item(path: String, identifier: String, isThere: (JSON) -> Bool)
}

/// A list of a job's news.
struct TrainingReport {
  var path: String
  var query: [String: String] = [:]
  var items = "data"
  var paging = ServerList.Paging.after
  /// What an item says.
  var read: (JSON) -> TrainingNews
}

/// What a server told of a job.
public struct TrainingNews: Hashable, Sendable {
  public var events: [TrainingEvent]
  public var checkpoints: [TrainingCheckpoint]

  public init(events: [TrainingEvent] = [], checkpoints: [TrainingCheckpoint] = []) {
    self.events = events
    self.checkpoints = checkpoints
  }

  public var isEmpty: Bool { events.isEmpty && checkpoints.isEmpty }

  init(_ event: TrainingEvent?) { self.init(events: event.map { [$0] } ?? []) }
  init(_ checkpoint: TrainingCheckpoint?) {
    self.init(checkpoints: checkpoint.map { [$0] } ?? [])
  }

  mutating func append(_ other: TrainingNews) {
    events += other.events
    checkpoints += other.checkpoints
  }
}

/// The words of one API for training.
protocol TrainingDialect: Sendable {
  /// What it can't do of a request, as a sentence; nil where it takes all of it.
  func objection(to request: TrainingJobRequest, hasValidation: Bool) -> String?

  /// What is sent before a file goes up; that it is there already (409) is as good. Nil for nothing.
  func preparation(ofFile name: String) -> TrainingRequest?
  func upload(ofFile name: String) -> TrainingUpload
  func lookup(ofFile name: String) -> TrainingLookup

  func creation(
    of request: TrainingJobRequest, name: String, files: TrainingFiles
  ) -> TrainingRequest
  func lookup(
    ofJob name: String, files: TrainingFiles, method: TrainingMethod
  ) -> TrainingLookup

  /// What tells how a job stands.
  func status(of job: String, method: TrainingMethod) -> TrainingRequest
  func cancellation(of job: String, method: TrainingMethod) -> TrainingRequest
  /// The job that an answer is about; nil for what is none.
  func state(_ json: JSON) -> TrainingJobState?
  /// What a job's own answer tells beside its state.
  func news(in job: JSON) -> TrainingNews
  /// Where the rest is told.
  func reports(of job: String, method: TrainingMethod) -> [TrainingReport]
}

extension TrainingDialect {
  func objection(to request: TrainingJobRequest, hasValidation: Bool) -> String? { nil }
  func preparation(ofFile name: String) -> TrainingRequest? { nil }
  func cancellation(of job: String, method: TrainingMethod) -> TrainingRequest {
    TrainingRequest(
      method: "POST", path: "\(status(of: job, method: method).path)/cancel", body: [:])
  }
  func news(in job: JSON) -> TrainingNews { TrainingNews() }

  /// The identifier that most APIs answer with.
  static func identifier(_ json: JSON) -> String? {
    json["id"]?.string.flatMap { BatchState.isIdentifier($0) ? $0 : nil }
  }

  /// A file that has a name of ours in a list of files.
  static func file(
    _ name: String, purpose: String = "fine-tune", paging: ServerList.Paging = .after
  ) -> TrainingLookup {
    .list(path: "/files", query: ["purpose": purpose], paging: paging) {
      $0["filename"]?.string == "\(name).jsonl"
    }
  }
}

extension Provider {
  /// What its API for training calls things.
  ///
  /// Throws a sentence where a setting is missing.
  var trainingDialect: any TrainingDialect {
    get throws(CompletionError) {
      switch trainingAPI {
      case .openAI: return OpenAITraining(purpose: training?.purpose ?? "fine-tune")
      case .together: return TogetherTraining()
      case .mistral: return MistralTraining()
      case .fireworks:
        guard let account = training?.account else {
          throw CompletionError(
            "Fireworks has the account in its addresses: set 'training: {account: …}' of the "
              + "provider \(name).")
        }
        return FireworksTraining(account: account)
      }
    }
  }
}
