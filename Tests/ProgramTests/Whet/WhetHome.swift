import Core
import Foundation
import LoopbackServer
import Playground
import Sessions

// A user's home with nothing in it but what a test puts there, and whet started in it. No server of
// this machine is asked: the names of the well-known ones lead to a port where nobody listens.

final class WhetHome {
  let directory: TemporaryDirectory
  /// What whet sees; a test may change it.
  var environment: [String: String]
  /// A program that starts whet, with its arguments, such as setpriv; empty for none.
  var launcher: [String] = []

  /// - Parameter server: is named `test` in the configuration.
  init(server: ModelServer? = nil) throws {
    directory = try TemporaryDirectory()
    environment = [
      "HOME": directory.path, "XDG_CONFIG_HOME": directory.path + "/config",
      "XDG_DATA_HOME": directory.path + "/data", "XDG_STATE_HOME": directory.path + "/state",
      "WHET_SHARE": Self.checkout,
    ]
    try write(try Self.configuration(server: server), to: "config/whet/config.yaml")
  }

  /// The checkout that this file is in.
  static let checkout = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().path

  /// The providers of a configuration, for more lines to be added.
  static func configuration(server: ModelServer?) throws -> String {
    let nowhere = "http://127.0.0.1:\(try ScriptedServer.closedPort())/v1"
    var text = "providers:\n"
    for name in ["ollama", "llamacpp", "lmstudio", "vllm"] {
      text += "  - {name: \(name), base_url: '\(nowhere)'}\n"
    }
    if let server { text += "  - {name: test, base_url: '\(server.baseURL)'}\n" }
    return text
  }

  var configurationFile: String { path("config/whet/config.yaml") }
  var store: String { path("data/whet/sessions.sqlite") }
  var indexes: String { path("data/whet/indexes") }

  /// A path in the home.
  func path(_ name: String) -> String { directory.path + "/" + name }

  /// Writes a file in the home, and the folders above it.
  @discardableResult
  func write(_ text: String, to name: String) throws -> String {
    try write(Data(text.utf8), to: name)
  }

  @discardableResult
  func write(_ bytes: Data, to name: String) throws -> String {
    let url = URL(filePath: path(name))
    try FileManager.default.createDirectory(
      at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
    try bytes.write(to: url)
    return url.path
  }

  /// Opens the playground, and waits for its first frame.
  func open(
    _ arguments: String..., size: Size = Size(width: 105, height: 30)
  ) throws -> PseudoTerminal {
    let terminal = try start(arguments, size: size)
    // The last row is drawn last, with keys or with a notice.
    try terminal.wait("the first frame") { !$0.row(size.height - 1).isEmpty }
    return terminal
  }

  /// Starts whet on a terminal, whatever comes of it.
  func start(
    _ arguments: [String], size: Size = Size(width: 105, height: 30)
  ) throws -> PseudoTerminal {
    let words = launcher + [PseudoTerminal.path(of: "whet")] + arguments
    return try PseudoTerminal(
      words[0], Array(words.dropFirst()), size: size, environment: environment,
      directory: directory.path)
  }

  /// Starts whet with pipes in place of a terminal.
  func command(_ arguments: [String], input: String? = nil) throws -> Command {
    let words = launcher + [PseudoTerminal.path(of: "whet")] + arguments
    return try Command(
      words[0], Array(words.dropFirst()), input: input, environment: environment,
      directory: directory.path)
  }

  /// Runs whet with pipes in place of a terminal, to its end.
  func run(_ arguments: String..., input: String? = nil) throws -> Command.Result {
    try command(arguments, input: input).finish()
  }

  /// Every run in the store, oldest first.
  func recordedRuns() throws -> [RecordedRun] {
    let store = try SessionStore(path: store)
    return try store.sessions().reversed().flatMap { summary in
      try store.runs(of: summary.session.id).map { try store.loadRun($0.id) }
    }
  }
}
