import Completion
import Core

// The streaming client behind a key ring: what is asked of a server whose key a command prints waits
// for that command, and can be cancelled meanwhile. It decides nothing else.

/// The completion client, with the secrets that its requests need.
///
/// It belongs to the thread of one loop, and is driven as the client itself.
final class KeyedClient {
  /// Something to ask of a server.
  private enum Question {
    case run(id: Int, CompletionRequest, Provider, ModelProfile)
    case models(id: Int, Provider)

    var provider: Provider {
      switch self {
      case .run(_, _, let provider, _), .models(_, let provider): provider
      }
    }

    /// The run's number; nil for a question of another kind.
    var run: Int? { if case .run(let id, _, _, _) = self { id } else { nil } }
  }

  /// A question that can't be asked before some commands have ended.
  private struct Waiting {
    let question: Question
    var commands: Set<String>
  }

  private let client: CompletionClient
  private let keys: KeyRing
  private var waiting: [Waiting] = []

  init(_ client: CompletionClient = CompletionClient(), keys: KeyRing) {
    self.client = client
    self.keys = keys
  }

  // MARK: Asking

  /// As `CompletionClient.start`.
  func start(id: Int, request: CompletionRequest, provider: Provider?, profile: ModelProfile) {
    guard let provider else {
      return client.start(id: id, request: request, provider: nil, profile: profile)
    }
    ask(.run(id: id, request, provider, profile))
  }

  /// As `CompletionClient.listModels`.
  func listModels(of provider: Provider, id: Int) { ask(.models(id: id, provider)) }

  /// As `CompletionClient.replay`.
  func replay(id: Int, events: [TimedWireEvent], given: String = "") {
    client.replay(id: id, events: events, given: given)
  }

  /// As `CompletionClient.stop`. A command that only this run waited for is ended.
  func stop(_ id: Int, as ending: WireEvent.Ending = .cancelled) {
    guard let index = waiting.firstIndex(where: { $0.question.run == id }) else {
      return client.stop(id, as: ending)
    }
    waiting.remove(at: index)
    end(id, ending)
    stopUnwantedCommands()
  }

  /// Ends the commands that nobody waits for any more.
  private func stopUnwantedCommands() {
    keys.stopCommands(except: waiting.reduce(into: []) { $0.formUnion($1.commands) })
  }

  /// Cancels everything that waits for a key.
  func cancelWaiting() {
    for id in waiting.compactMap(\.question.run) { end(id, .cancelled) }
    waiting = []
    keys.stopCommands(except: [])
  }

  private func ask(_ question: Question) {
    let commands = keys.startCommands(for: question.provider)
    if commands.isEmpty {
      send(question)
    } else {
      waiting.append(Waiting(question: question, commands: commands))
    }
  }

  private func send(_ question: Question) {
    let credentials = keys.credentials(of: question.provider)
    switch question {
    case .run(let id, let request, let provider, let profile):
      client.start(
        id: id, request: request, provider: provider, profile: profile, credentials: credentials)
    case .models(let id, let provider):
      client.listModels(of: provider, credentials: credentials, id: id)
    }
  }

  /// Ends a run that was never sent, as one that ended at once.
  private func end(_ id: Int, _ ending: WireEvent.Ending) {
    client.replay(id: id, events: [TimedWireEvent(time: 0, event: .end(ending))])
  }

  // MARK: The loop

  /// Whether nothing is under way and every update has been taken.
  var isIdle: Bool { client.isIdle && waiting.isEmpty }

  /// Whether a server or a command is being waited for.
  var hasConnections: Bool { client.hasConnections || !waiting.isEmpty }

  /// As `CompletionClient.nextWakeUp`.
  var nextWakeUp: Double? { client.nextWakeUp }

  /// As `CompletionClient.hasPendingWork`.
  var hasPendingWork: Bool { client.hasPendingWork }

  /// As `CompletionClient.wait`; a command that ends wakes it, too, as long as its key is wanted.
  func wait(for descriptors: [CInt], timeoutMilliseconds: Int32? = nil) {
    client.wait(
      for: waiting.isEmpty ? descriptors : descriptors + [keys.descriptor],
      timeoutMilliseconds: timeoutMilliseconds)
  }

  /// As `CompletionClient.advance`.
  func advance() -> [CompletionUpdate] {
    guard !waiting.isEmpty else { return client.advance() }
    let refused = keys.collect().flatMap { settle($0.command, failure: $0.failure) }
    return refused + client.advance()
  }

  /// Asks what waited for a command that has ended, or says why it can't be asked.
  private func settle(_ command: String, failure: SecretCommandError?) -> [CompletionUpdate] {
    var updates: [CompletionUpdate] = []
    var stillWaiting: [Waiting] = []
    for var item in waiting {
      let isConcerned = item.commands.remove(command) != nil
      if let failure, isConcerned {
        switch item.question {
        case .run(let id, _, _, _): end(id, .failed(failure.description))
        case .models(let id, _):
          updates.append(.models(id: id, .failure(CompletionError(failure.description))))
        }
      } else if item.commands.isEmpty {
        send(item.question)
      } else {
        stillWaiting.append(item)
      }
    }
    waiting = stillWaiting
    if failure != nil { stopUnwantedCommands() }
    return updates
  }
}
