import ArgumentParser
import Core
import Playground
import Runtime
import Sessions

// `whet wins`: which variants of a prompt won, as the page of the playground tells it.

struct WinsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "wins",
    abstract: "Show which variants of a prompt won, by people and by judge models.",
    discussion: """
      In the playground, B in a column shows two answers without names, to pick the better one; J has \
      a judge model compare the columns. The chance to win against an average other variant is that \
      of Bradley and Terry, with where it lies in 95 of 100 cases.
      """)

  @Argument(help: "The prompt's file, or the name of one that was never saved.")
  var prompt: String?

  @Option(help: "The answers of a session in place of a prompt's: its id, how it begins, its name.")
  var session: String?

  @Flag(help: "Print JSON: an object for each judge, people first.")
  var json = false

  func validate() throws {
    guard (prompt == nil) != (session == nil) else {
      throw ValidationError("Name a prompt or, with --session, a session.")
    }
  }

  func run() throws {
    let store = try SessionStore(path: try Surroundings().folders.store)
    let report = try report(from: store)
    if json {
      Console.line(report.json.text)
    } else {
      for line in report.lines { Console.line(line.text) }
    }
  }

  private func report(from store: SessionStore) throws -> WinReport {
    if let session {
      let found = try store.findSession(session)
      return WinReport(try store.preferences(ofSession: found.id), versionLabels: [:])
    }
    guard let prompt else { return WinReport([], versionLabels: [:]) }
    // A prompt that was never saved goes by its name alone.
    let names = [PromptFiles.absolute(prompt), prompt]
    for name in names {
      let versions = try store.versions(of: name)
      guard !versions.isEmpty else { continue }
      let labels = Dictionary(
        versions.map { ($0.hash, $0.label) }, uniquingKeysWith: { first, _ in first })
      return WinReport(try store.preferences(of: name), versionLabels: labels)
    }
    throw CommandError("Nothing of \(prompt) was run yet, so there is nothing to compare.")
  }
}
