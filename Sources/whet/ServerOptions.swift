import ArgumentParser
import Core

// A server that no configuration names, as it is written on a command line.

struct ServerOptions: ParsableArguments {
  @Option(name: .customLong("base-url"), help: "A server that no configuration names.")
  var baseURL: String?

  @Option(
    name: .customLong("protocol"), help: "What the server of --base-url speaks.")
  var wire: WireProtocol?

  @Option(
    name: .customLong("key-env"),
    help: "The environment variable that holds the key for --base-url.")
  var keyVariable: String?

  @Option(
    name: .customLong("key-command"),
    help: "A command that prints the key for --base-url, such as 'pass show openai'.")
  var keyCommand: String?

  func validate() throws {
    if keyVariable != nil, keyCommand != nil {
      throw ValidationError("--key-env and --key-command name two places for one key.")
    }
    let others = [
      ("protocol", wire?.rawValue), ("key-env", keyVariable), ("key-command", keyCommand),
    ]
    for (name, value) in others where value != nil && baseURL == nil {
      throw ValidationError("--\(name) goes with --base-url.")
    }
  }

  /// The server, by a name of its own; nil when none was given.
  ///
  /// Throws a sentence where its key is not in its variable.
  func provider(named name: String, environment: [String: String]) throws -> Provider? {
    guard let baseURL else { return nil }
    if let keyVariable, environment[keyVariable]?.isEmpty != false {
      throw CommandError("The variable \(keyVariable), which is to hold the key, is not set.")
    }
    return Provider(
      name: name, baseURL: baseURL, wire: wire ?? .chatCompletions,
      key: keyVariable.map(Secret.environment) ?? keyCommand.map(Secret.command), origin: .found)
  }
}

extension WireProtocol: ExpressibleByArgument {}
