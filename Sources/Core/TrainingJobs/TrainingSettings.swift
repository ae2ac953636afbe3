// What a provider's API for training is like, where it differs from OpenAI's.

/// The APIs for training that are spoken.
public enum TrainingAPI: String, Hashable, Sendable, CaseIterable {
  /// OpenAI's `/files` and `/fine_tuning/jobs`, which many copy.
  case openAI = "openai"
  case together
  case fireworks
  case mistral
}

/// How a provider's jobs are asked for.
public struct TrainingSettings: Hashable, Sendable {
  /// Nil for what the provider's host says.
  public var api: TrainingAPI?
  /// Where the paths of files and jobs start, where that is not the base URL of the models.
  public var baseURL: String?
  /// The account whose jobs they are, as Fireworks has it in its paths.
  public var account: String?
  /// What files are uploaded for; nil for `fine-tune`.
  public var purpose: String?
  /// Merged into the body that asks for a job by the rules of RFC 7396.
  public var body: JSON?

  public init(
    api: TrainingAPI? = nil, baseURL: String? = nil, account: String? = nil,
    purpose: String? = nil, body: JSON? = nil
  ) {
    self.api = api
    self.baseURL = baseURL
    self.account = account
    self.purpose = purpose
    self.body = body
  }
}

extension Provider {
  /// The API by which it trains: as it is set, else as its host has it, else OpenAI's.
  public var trainingAPI: TrainingAPI {
    if let api = training?.api { return api }
    let apis: [(String, TrainingAPI)] = [
      ("together.xyz", .together), ("together.ai", .together), ("fireworks.ai", .fireworks),
      ("mistral.ai", .mistral),
    ]
    let host = host
    return apis.first { host == $0.0 || host.hasSuffix("." + $0.0) }?.1 ?? .openAI
  }

  /// Where the paths of files and jobs start. Fireworks answers prompts at a path of its own.
  public var trainingBaseURL: String {
    if let url = training?.baseURL { return url }
    if trainingAPI == .fireworks, baseURL.hasSuffix("/inference/v1") {
      return baseURL.dropLast("/inference/v1".count) + "/v1"
    }
    return baseURL
  }
}
