// Together's `/fine-tunes` (API reference, Fine-tuning and Files; together-python 3.1).

import Core

struct TogetherTraining: TrainingDialect {
  private static let path = "/fine-tunes"
  /// How often the validation file is looked at: without it, never.
  private static let evaluations = 10

  func upload(ofFile name: String) -> TrainingUpload {
    TrainingUpload(
      path: "/files/upload",
      fields: [
        ("purpose", "fine-tune"), ("file_name", "\(name).jsonl"), ("file_type", "jsonl"),
      ], fileName: "\(name).jsonl", identifier: Self.identifier)
  }

  func lookup(ofFile name: String) -> TrainingLookup { Self.file(name) }

  func creation(
    of request: TrainingJobRequest, name: String, files: TrainingFiles
  ) -> TrainingRequest {
    var body: JSON.Object = ["model": .string(request.model)]
    body.set("training_file", files.training)
    body.set("validation_file", files.validation)
    if files.validation != nil { body.set("n_evals", Self.evaluations) }
    body.set("suffix", request.suffix)
    body.set("random_seed", request.seed)
    let given = request.hyperparameters
    body.set("n_epochs", given.epochs)
    body.set("batch_size", given.batchSize)
    body.set("learning_rate", given.learningRate)
    var method: JSON.Object
    switch request.method {
    case .supervised: method = ["method": "sft", "train_on_inputs": "auto"]
    case .dpo:
      method = ["method": "dpo"]
      method.set("dpo_beta", given.beta)
    }
    body["training_method"] = .object(method)
    return TrainingRequest(method: "POST", path: Self.path, body: .object(body))
  }

  /// It keeps no metadata; the file is of this job alone.
  func lookup(
    ofJob name: String, files: TrainingFiles, method: TrainingMethod
  ) -> TrainingLookup {
    .list(path: Self.path, query: [:], paging: .after) {
      files.training != nil && $0["training_file"]?.string == files.training
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
      case "completed": .succeeded
      case "error", "user_error": .failed
      case "cancelled": .cancelled
      case "running", "compressing", "uploading", "cancel_requested": .running
      default: .waiting
      }
    // It names the model before there is one.
    let model = phase == .succeeded ? json["model_output_name"] ?? json["output_name"] : nil
    let message = (json["events"]?.array ?? []).last { $0["type"]?.string == "job_error" }
    return TrainingJobState(
      id: id, phase: phase, status: status, model: model?.string,
      trainedTokens: json["token_count"]?.tokenCount,
      error: phase == .failed ? message?["message"]?.string : nil)
  }

  func reports(of job: String, method: TrainingMethod) -> [TrainingReport] {
    [
      TrainingReport(
        path: "\(Self.path)/\(job)/events", read: { TrainingNews(Self.event($0)) }),
      TrainingReport(
        path: "\(Self.path)/\(job)/metrics", items: "metrics",
        read: { TrainingNews(Self.metrics($0)) }),
      TrainingReport(
        path: "\(Self.path)/\(job)/checkpoints",
        read: {
          TrainingNews(
            TrainingCheckpoint(
              name: $0["object_name"]?.string ?? $0["path"]?.string, step: $0["step"]?.integer))
        }),
    ]
  }

  private static func event(_ json: JSON) -> TrainingEvent? {
    guard let message = json["message"]?.string ?? json["type"]?.string else { return nil }
    let word = json["level"]?.string ?? ""
    let level: TrainingEvent.Level =
      word.hasSuffix("error") ? .error : word.hasSuffix("warning") ? .warning : .info
    return TrainingEvent(
      id: nil, time: TrainingText.time(json["created_at"]), level: level, message: message,
      step: json["step"]?.integer)
  }

  /// A line of figures; its members are named as in Weights & Biases.
  private static func metrics(_ json: JSON) -> TrainingEvent? {
    func number(_ names: String...) -> Double? {
      names.lazy.compactMap { TrainingText.number(json[$0]) }.first
    }
    let metrics = TrainingMetrics(
      trainLoss: number("train/loss"), validLoss: number("eval/loss", "validation/loss"),
      trainAccuracy: number("train/accuracy"), validAccuracy: number("eval/accuracy"))
    guard let step = json["train/global_step"]?.integer, !metrics.isEmpty else { return nil }
    let kind = metrics.trainLoss == nil ? "validation" : "training"
    return TrainingEvent(
      id: "metrics-\(kind)-\(step)", time: TrainingText.time(json["timestamp"]),
      message: "Step \(step)", step: step, metrics: metrics)
  }
}
