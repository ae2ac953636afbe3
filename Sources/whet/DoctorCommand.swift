import ArgumentParser
import Completion
import Core
import Foundation
import Runtime
import Sessions

// `whet doctor`: what was found, and what to do about what wasn't.

struct DoctorCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "doctor",
    abstract: "Say what was found (servers, keys, terminal, files), and what to do.")

  func run() throws {
    Console.line("whet \(Whet.version)")
    let environment = ProcessInfo.processInfo.environment
    let folders = Folders(environment: environment)
    var problems = 0
    func report(_ isGood: Bool, _ name: String, _ text: String) {
      Console.line(
        "\(isGood ? "ok  " : "FIX ") \(name.padding(toLength: 14, withPad: " ", startingAt: 0)) \(text)"
      )
      if !isGood { problems += 1 }
    }

    do {
      let surroundings = try Surroundings(environment: environment)
      let exists = FileManager.default.fileExists(atPath: folders.configurationFile)
      report(true, "configuration", exists ? folders.configurationFile : "none; not needed")
      do {
        report(true, "theme", try surroundings.theme().name)
      } catch {
        report(false, "theme", "\(error)")
      }
      reportServers(surroundings, report)
    } catch {
      report(false, "configuration", "\(error)")
    }
    report(
      folders.share != nil, "shared files",
      folders.share ?? "not found: set WHET_SHARE to the folder that holds 'themes' and 'examples'")
    do {
      let sessions = try SessionStore(path: folders.store).sessions()
      let runs = sessions.reduce(0) { $0 + $1.runCount }
      report(true, "session store", "\(folders.store): \(sessions.count) sessions, \(runs) runs")
    } catch {
      report(false, "session store", "\(error)")
    }
    reportIndexes(folders, report)
    reportTerminal(environment, report)
    if problems > 0 { throw ExitCode(1) }
  }

  private func reportServers(
    _ surroundings: Surroundings, _ report: (Bool, String, String) -> Void
  ) {
    var found = 0
    for listing in ServerSurvey.run(surroundings.providers, environment: surroundings.environment) {
      let provider = listing.provider
      let key = key(of: provider, in: surroundings.environment)
      switch listing.outcome {
      case .success(let models):
        found += 1
        let count = "\(models.count) \(models.count == 1 ? "model" : "models")"
        report(true, provider.name, "\(provider.address), \(count)\(key)")
      case .failure(let error):
        // A well-known server that isn't running is no fault.
        let isExpected = provider.origin == .configured || provider.key != nil
        if isExpected {
          report(false, provider.name, "\(provider.address)\(key): \(error)")
        } else {
          report(true, provider.name, "not running at \(provider.address)")
        }
      }
    }
    if found == 0 {
      report(
        true, "servers",
        "none; builtin/extractive and builtin/echo need none. Start Ollama, llama.cpp, LM Studio or "
          + "vLLM, set OPENAI_API_KEY, or name a server in the configuration")
    }
  }

  /// Whether its key is there; never the key.
  private func key(of provider: Provider, in environment: [String: String]) -> String {
    guard case .environment(let variable)? = provider.key else { return "" }
    let isSet = environment[variable].flatMap(Credentials.trimmed) != nil
    return ", \(variable) \(isSet ? "set" : "not set")"
  }

  private func reportIndexes(_ folders: Folders, _ report: (Bool, String, String) -> Void) {
    let names = IndexFolder(folders.indexes).names
    if names.isEmpty {
      report(true, "indexes", "none; `whet index add FOLDER` makes one of your documents")
    }
    for name in names {
      do {
        let statistics = try IndexOption.open(name, in: folders).statistics()
        report(true, "index \(name)", "\(statistics.passages) passages")
      } catch {
        report(false, "index \(name)", "\(error)")
      }
    }
  }

  private func reportTerminal(
    _ environment: [String: String], _ report: (Bool, String, String) -> Void
  ) {
    let name = environment["TERM"] ?? ""
    report(
      !name.isEmpty && name != "dumb", "terminal",
      name.isEmpty || name == "dumb"
        ? "TERM is '\(name)': start whet in a terminal, or set TERM=xterm-256color" : name)
    let hasNoColor = environment["NO_COLOR"]?.isEmpty == false
    report(
      true, "colours",
      hasNoColor ? "off: NO_COLOR is set" : environment["COLORTERM"] ?? "256 or fewer")
  }
}
