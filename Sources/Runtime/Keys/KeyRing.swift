import Completion
import Core

// The secrets of providers, read where they are kept: the environment at once, commands when their
// secrets are first needed. What a command printed is kept in memory only, for as long as the
// process lives.

/// All secrets that were read so far. It belongs to the thread of one loop.
public final class KeyRing {
  private let environment: [String: String]
  private let timeLimit: Duration
  /// What commands have printed.
  private var printed: [String: String] = [:]
  private var running: [String: SecretCommand] = [:]
  private let bell = Bell()

  /// - Parameters:
  ///   - environment: holds secrets; commands see it, too.
  ///   - timeLimit: how long a command may take.
  public init(environment: [String: String], timeLimit: Duration = .seconds(30)) {
    self.environment = environment
    self.timeLimit = timeLimit
  }

  deinit { stopCommands(except: []) }

  /// Whether there is a secret in that place. A command has one when it was run and printed it.
  public func holds(_ secret: Secret) -> Bool {
    switch secret {
    case .environment(let variable): environment[variable].flatMap(Credentials.trimmed) != nil
    case .command(let command): printed[command] != nil
    }
  }

  /// Those of a provider's secrets that are there.
  func credentials(of provider: Provider) -> Credentials {
    var credentials = Credentials(of: provider, environment: environment)
    for case .command(let command) in provider.secrets {
      credentials[.command(command)] = printed[command]
    }
    return credentials
  }

  /// The commands that must end before a provider's secrets are all there; they are started where
  /// they don't run yet. One that failed is run anew each time it is needed.
  func startCommands(for provider: Provider) -> Set<String> {
    var commands: Set<String> = []
    for case .command(let command) in provider.secrets where printed[command] == nil {
      commands.insert(command)
      if running[command] != nil { continue }
      running[command] = SecretCommand(
        command, environment: environment, timeLimit: timeLimit, onEnd: { [bell] in bell.ring() })
    }
    return commands
  }

  /// Readable when a command has ended.
  var descriptor: CInt { bell.descriptor }

  /// The commands that have ended since the last call; what they printed is taken in.
  func collect() -> [(command: String, failure: SecretCommandError?)] {
    bell.silence()
    var ended: [(command: String, failure: SecretCommandError?)] = []
    for (command, process) in running {
      guard let outcome = process.outcome else { continue }
      running[command] = nil
      switch outcome {
      case .success(let secret):
        printed[command] = secret
        ended.append((command, nil))
      case .failure(let error): ended.append((command, error))
      }
    }
    return ended
  }

  /// Ends the commands that nobody waits for any more.
  func stopCommands(except needed: Set<String>) {
    for (command, process) in running where !needed.contains(command) {
      process.stop()
      running[command] = nil
    }
  }
}
