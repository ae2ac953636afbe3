import Completion
import Core

// Asks every known server for its models, all at once.

/// Which models each server offers, for a command that waits for the answer.
public enum ServerSurvey {
  /// What one server answered.
  public struct Listing {
    public var provider: Provider
    /// Its models, or why there are none.
    public var outcome: Result<[ListedModel], CompletionError>
  }

  /// Waits until every server has answered or its time is over (2 s, once its key is there), in the
  /// order of the providers.
  public static func run(_ providers: [Provider], keys: KeyRing) -> [Listing] {
    let client = KeyedClient(keys: keys)
    for (id, provider) in providers.enumerated() { client.listModels(of: provider, id: id) }
    var outcomes: [Int: Result<[ListedModel], CompletionError>] = [:]
    while outcomes.count < providers.count {
      for case .models(let id, let result) in client.advance() { outcomes[id] = result }
      if outcomes.count < providers.count { client.wait(for: []) }
    }
    return providers.enumerated().compactMap { id, provider in
      outcomes[id].map { Listing(provider: provider, outcome: $0) }
    }
  }
}
