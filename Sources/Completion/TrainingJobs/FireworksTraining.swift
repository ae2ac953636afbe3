// Fireworks' datasets and jobs (API reference; fireworks-ai 1.2), by names that the client chooses.

import Core

struct FireworksTraining: TrainingDialect {
  let account: String

  private var root: String { "/accounts/\(account)" }

  func objection(to request: TrainingJobRequest, hasValidation: Bool) -> String? {
    if request.seed != nil { return "Fireworks takes no seed: leave out --seed." }
    if request.method == .dpo, hasValidation {
      return "Fireworks takes no validation file with dpo: leave out --validation."
    }
    return nil
  }

  func preparation(ofFile name: String) -> TrainingRequest? {
    TrainingRequest(
      method: "POST", path: "\(root)/datasets",
      body: ["datasetId": .string(name), "dataset": ["userUploaded": [:]]])
  }

  func upload(ofFile name: String) -> TrainingUpload {
    TrainingUpload(
      path: "\(root)/datasets/\(name):upload", fields: [], fileName: "\(name).jsonl",
      identifier: { _ in name })
  }

  func lookup(ofFile name: String) -> TrainingLookup {
    .item(path: "\(root)/datasets/\(name)", identifier: name) {
      $0["state"]?.string == "READY"
    }
  }

  func creation(
    of request: TrainingJobRequest, name: String, files: TrainingFiles
  ) -> TrainingRequest {
    let given = request.hyperparameters
    var settings: JSON.Object = ["baseModel": .string(request.model)]
    settings.set("outputModel", request.suffix)
    settings.set("epochs", given.epochs)
    settings.set("learningRate", given.learningRate)
    settings.set("batchSizeSamples", given.batchSize)
    func dataset(_ name: String?) -> String? { name.map { "accounts/\(account)/datasets/\($0)" } }
    var body: JSON.Object = [:]
    switch request.method {
    case .supervised:
      body = settings
      body.set("evaluationDataset", dataset(files.validation))
    case .dpo:
      body["trainingConfig"] = .object(settings)
      if let beta = given.beta {
        body["lossConfig"] = ["method": "DPO", "klBeta": .number(beta)]
      }
    }
    body.set("dataset", dataset(files.training))
    body.set("displayName", name)
    let kind = Self.kind(of: request.method)
    return TrainingRequest(
      method: "POST", path: "\(root)/\(kind.path)", query: [kind.identifier: name],
      body: .object(body))
  }

  func lookup(
    ofJob name: String, files: TrainingFiles, method: TrainingMethod
  ) -> TrainingLookup {
    .item(path: status(of: name, method: method).path, identifier: name) { _ in true }
  }

  func status(of job: String, method: TrainingMethod) -> TrainingRequest {
    TrainingRequest(path: "\(root)/\(Self.kind(of: method).path)/\(job)")
  }

  func cancellation(of job: String, method: TrainingMethod) -> TrainingRequest {
    TrainingRequest(
      method: "POST", path: "\(status(of: job, method: method).path):cancel", body: [:])
  }

  func state(_ json: JSON) -> TrainingJobState? {
    guard let id = json["name"]?.string?.split(separator: "/").last.map(String.init) else {
      return nil
    }
    let status = json["state"]?.string ?? ""
    let phase: TrainingJobState.Phase =
      switch status {
      case "JOB_STATE_COMPLETED", "JOB_STATE_EARLY_STOPPED": .succeeded
      case "JOB_STATE_FAILED", "JOB_STATE_EXPIRED": .failed
      case "JOB_STATE_CANCELLED": .cancelled
      case "JOB_STATE_RUNNING", "JOB_STATE_WRITING_RESULTS", "JOB_STATE_CANCELLING",
        "JOB_STATE_PAUSED":
        .running
      default: .waiting
      }
    let model = json["outputModel"]?.string ?? json["trainingConfig"]?["outputModel"]?.string ?? id
    let path = model.contains("/") ? model : "accounts/\(account)/models/\(model)"
    return TrainingJobState(
      id: id, phase: phase, status: status, model: phase == .succeeded ? path : nil,
      trainedTokens: json["jobProgress"]?["inputTokens"]?.tokenCount,
      error: phase == .failed ? json["status"]?["message"]?.string : nil)
  }

  /// It has no list of events; how far it is stands in the job.
  func news(in job: JSON) -> TrainingNews {
    guard let progress = job["jobProgress"], let percent = progress["percent"]?.integer else {
      return TrainingNews()
    }
    let epoch = progress["epoch"]?.integer ?? 0
    return TrainingNews(
      TrainingEvent(
        id: "progress-\(epoch)-\(percent)", time: TrainingText.time(job["updateTime"]),
        message: "\(percent)% of epoch \(epoch)"))
  }

  func reports(of job: String, method: TrainingMethod) -> [TrainingReport] { [] }

  private static func kind(of method: TrainingMethod) -> (path: String, identifier: String) {
    switch method {
    case .supervised: ("supervisedFineTuningJobs", "supervisedFineTuningJobId")
    case .dpo: ("dpoJobs", "dpoJobId")
    }
  }
}
