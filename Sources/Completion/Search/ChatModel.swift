import Core

// A model that is asked short questions and waited for, whatever protocol its server speaks, for
// threads that may wait.

/// Asks a model that answers in words.
public struct ChatModel: Sendable {
  /// Of an answer; what is asked for is a few words.
  public static let mostAnswerTokens = 1024
  /// Questions under way at once.
  private static let atOnce = 4
  /// How long nobody asks whether it is cancelled, in milliseconds.
  private static let slice: Int32 = 50

  private let model: ModelReference
  private let provider: Provider?
  private let profile: ModelProfile
  private let credentials: Credentials

  /// - Parameters:
  ///   - provider: nil for a built-in model.
  ///   - credentials: the provider's secrets; they are sent, and stored nowhere.
  public init(
    _ model: ModelReference, of provider: Provider?, profile: ModelProfile = ModelProfile(),
    credentials: Credentials = Credentials()
  ) {
    self.model = model
    self.provider = provider
    self.profile = profile
    self.credentials = credentials
  }

  /// The answers to some prompts, in their order; the first that fails ends all.
  ///
  /// Throws `CompletionError`, and `CancellationError` once `isCancelled` says so.
  func answers(to prompts: [String], isCancelled: () -> Bool) throws -> [String] {
    let client = CompletionClient()
    var answers = prompts.map { _ in Answer() }
    var next = 0
    var running = 0
    while next < prompts.count || running > 0 {
      while next < prompts.count, running < Self.atOnce {
        client.start(
          id: next,
          request: CompletionRequest(
            model: model, messages: [Message(role: .user, text: prompts[next])],
            parameters: Parameters(temperature: 0, maxTokens: Self.mostAnswerTokens)),
          provider: provider, profile: profile, credentials: credentials)
        next += 1
        running += 1
      }
      client.wait(for: [], timeoutMilliseconds: Self.slice)
      if isCancelled() { throw CancellationError() }
      for case .stream(let id, let time, let wire, let events) in client.advance() {
        for event in events { answers[id].apply(event, at: time) }
        guard case .end(let ending) = wire else { continue }
        running -= 1
        if case .failed(let sentence) = ending { throw CompletionError(sentence) }
        if let error = answers[id].error { throw CompletionError(error) }
      }
    }
    return answers.map(\.text)
  }
}
