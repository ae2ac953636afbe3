// OpenAI's `/files` and `/fine_tuning/jobs` (API reference, Fine-tuning; openai-python 3.54), and those
// who copy them.

import Core

struct OpenAITraining: TrainingDialect {
  /// The member of a job's metadata that holds its name.
  static let nameKey = "whet_job"
  private static let path = "/fine_tuning/jobs"

  /// What files are uploaded for.
  var purpose = "fine-tune"

  func upload(ofFile name: String) -> TrainingUpload {
    TrainingUpload(
      path: "/files", fields: [("purpose", purpose)], fileName: "\(name).jsonl",
      identifier: Self.identifier)
  }

  func lookup(ofFile name: String) -> TrainingLookup {
    Self.file(name, purpose: purpose)
  }

  func creation(
    of request: TrainingJobRequest, name: String, files: TrainingFiles
  ) -> TrainingRequest {
    var body: JSON.Object = ["model": .string(request.model)]
    body.set("training_file", files.training)
    body.set("validation_file", files.validation)
    body.set("suffix", request.suffix)
    body.set("seed", request.seed)
    let given = request.hyperparameters
    var settings: JSON.Object = [:]
    settings.set("n_epochs", given.epochs)
    settings.set("batch_size", given.batchSize)
    settings.set("learning_rate_multiplier", given.learningRate)
    settings.set("beta", given.beta)
    let method = request.method.rawValue
    body["method"] = [
      "type": .string(method),
      method: .object(
        settings.members.isEmpty ? [:] : ["hyperparameters": .object(settings)]),
    ]
    body["metadata"] = [Self.nameKey: .string(name)]
    return TrainingRequest(method: "POST", path: Self.path, body: .object(body))
  }

  /// Also by its file, which is of no other job: not all who copy the API keep the metadata.
  func lookup(
    ofJob name: String, files: TrainingFiles, method: TrainingMethod
  ) -> TrainingLookup {
    .list(path: Self.path, query: ["limit": "100"], paging: .after) {
      $0["metadata"]?[Self.nameKey]?.string == name
        || files.training != nil && $0["training_file"]?.string == files.training
    }
  }

  func status(of job: String, method: TrainingMethod) -> TrainingRequest {
    TrainingRequest(path: "\(Self.path)/\(job)")
  }

  func state(_ json: JSON) -> TrainingJobState? {
    guard let id = json["id"]?.string else { return nil }
    let status = json["status"]?.string ?? ""
    let phase: TrainingJobState.Phase =
      switch status {
      case "succeeded": .succeeded
      case "failed": .failed
      case "cancelled": .cancelled
      case "running", "paused": .running
      default: .waiting
      }
    return TrainingJobState(
      id: id, phase: phase, status: status, model: json["fine_tuned_model"]?.string,
      trainedTokens: json["trained_tokens"]?.tokenCount,
      estimatedFinish: TrainingText.time(json["estimated_finish"]),
      error: json["error"]?["message"]?.string ?? json["error"]?.string,
      resultFiles: (json["result_files"]?.array ?? []).compactMap { $0.string })
  }

  func reports(of job: String, method: TrainingMethod) -> [TrainingReport] {
    [
      TrainingReport(
        path: "\(Self.path)/\(job)/events", query: ["limit": "100"],
        read: { TrainingNews(Self.event($0)) }),
      TrainingReport(
        path: "\(Self.path)/\(job)/checkpoints", query: ["limit": "100"],
        read: {
          TrainingNews(
            TrainingCheckpoint(
              name: $0["fine_tuned_model_checkpoint"]?.string, step: $0["step_number"]?.integer,
              metrics: Self.metrics($0["metrics"])))
        }),
    ]
  }

  /// Nil for what says nothing.
  static func event(_ json: JSON) -> TrainingEvent? {
    guard let message = json["message"]?.string else { return nil }
    let level: TrainingEvent.Level =
      switch json["level"]?.string {
      case "warn", "warning": .warning
      case "error": .error
      default: .info
      }
    let data = json["data"]
    return TrainingEvent(
      id: json["id"]?.string, time: TrainingText.time(json["created_at"]), level: level,
      message: message, step: data?["step"]?.integer, metrics: metrics(data))
  }

  static func metrics(_ json: JSON?) -> TrainingMetrics {
    func number(_ names: String...) -> Double? {
      names.lazy.compactMap { TrainingText.number(json?[$0]) }.first
    }
    return TrainingMetrics(
      trainLoss: number("train_loss"), validLoss: number("full_valid_loss", "valid_loss"),
      trainAccuracy: number("train_mean_token_accuracy", "train_accuracy"),
      validAccuracy: number(
        "full_valid_mean_token_accuracy", "valid_mean_token_accuracy", "valid_accuracy"))
  }
}
