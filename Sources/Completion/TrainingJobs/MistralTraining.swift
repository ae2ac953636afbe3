// Mistral's `/fine_tuning/jobs` (mistralai-python 1.9; later versions have no more of it): lists of
// files, steps in place of batches, and news within the job itself.

import Core

struct MistralTraining: TrainingDialect {
  private static let path = "/fine_tuning/jobs"

  func objection(to request: TrainingJobRequest, hasValidation: Bool) -> String? {
    if request.method == .dpo { return "Mistral trains on answers only: choose supervised." }
    if request.seed != nil { return "Mistral takes no seed: leave out --seed." }
    if request.hyperparameters.batchSize != nil {
      return "Mistral chooses the size of batches: leave out --batch-size."
    }
    return nil
  }

  func upload(ofFile name: String) -> TrainingUpload {
    TrainingUpload(
      path: "/files", fields: [("purpose", "fine-tune")], fileName: "\(name).jsonl",
      identifier: Self.identifier)
  }

  func lookup(ofFile name: String) -> TrainingLookup {
    Self.file(name, paging: .numbered(size: 100))
  }

  func creation(
    of request: TrainingJobRequest, name: String, files: TrainingFiles
  ) -> TrainingRequest {
    var body: JSON.Object = ["model": .string(request.model)]
    body["training_files"] = .array(
      [files.training].compactMap { $0.map { ["file_id": .string($0), "weight": 1] } })
    if let validation = files.validation { body["validation_files"] = [.string(validation)] }
    body.set("suffix", request.suffix)
    var settings: JSON.Object = [:]
    settings.set("epochs", request.hyperparameters.epochs)
    settings.set("learning_rate", request.hyperparameters.learningRate)
    body["hyperparameters"] = .object(settings)
    body["auto_start"] = true
    return TrainingRequest(method: "POST", path: Self.path, body: .object(body))
  }

  func lookup(
    ofJob name: String, files: TrainingFiles, method: TrainingMethod
  ) -> TrainingLookup {
    .list(path: Self.path, query: [:], paging: .numbered(size: 100)) { job in
      (job["training_files"]?.array ?? []).contains {
        files.training != nil && $0.string == files.training
      }
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
      case "SUCCESS": .succeeded
      case "FAILED", "FAILED_VALIDATION": .failed
      case "CANCELLED": .cancelled
      case "RUNNING", "CANCELLATION_REQUESTED": .running
      default: .waiting
      }
    let problem = (json["events"]?.array ?? []).lazy
      .compactMap { $0["data"]?["error"]?.string }.last
    return TrainingJobState(
      id: id, phase: phase, status: status, model: json["fine_tuned_model"]?.string,
      trainedTokens: json["trained_tokens"]?.tokenCount,
      error: phase == .failed ? problem : nil)
  }

  func news(in job: JSON) -> TrainingNews {
    var news = TrainingNews()
    for item in job["events"]?.array ?? [] {
      guard let name = item["name"]?.string else { continue }
      let word = item["data"]?["error"]?.string ?? item["data"]?["status"]?.string
      news.events.append(
        TrainingEvent(
          id: nil, time: TrainingText.time(item["created_at"]),
          level: item["data"]?["error"]?.string == nil ? .info : .error,
          message: word.map { "\(name): \($0)" } ?? name))
    }
    // Its only figures.
    for item in job["checkpoints"]?.array ?? [] {
      guard let step = item["step_number"]?.integer else { continue }
      news.events.append(
        TrainingEvent(
          id: "checkpoint-\(step)", time: TrainingText.time(item["created_at"]),
          message: "Step \(step)", step: step,
          metrics: OpenAITraining.metrics(item["metrics"])))
    }
    return news
  }

  func reports(of job: String, method: TrainingMethod) -> [TrainingReport] { [] }
}
