import ArgumentParser
import Foundation
import Runtime
import Sessions

// `whet doctor`: what was found, and what to do about what wasn't.

struct DoctorCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "doctor",
    abstract: "Say what was found (servers, keys, terminal, files), and what to do.")

  @Flag(help: "Look through the session store, and say what is wrong with it.")
  var store = false

  @Flag(help: "With --store: mend what can be, after a backup.")
  var repair = false

  func validate() throws {
    if repair, !store { throw ValidationError("--repair goes with --store.") }
  }

  func run() throws {
    guard !store else { return try StoreDoctor(repairs: repair).run() }
    Console.line("whet \(Whet.version)")
    let environment = ProcessInfo.processInfo.environment
    let folders = Folders(environment: environment)
    var report = DoctorReport()
    let (surroundings, problem) = Surroundings.tolerant(environment: environment)
    if let problem {
      report.add(false, "configuration", problem)
    } else {
      let exists = FileManager.default.fileExists(atPath: folders.configurationFile)
      report.add(true, "configuration", exists ? folders.configurationFile : "none; not needed")
    }
    do {
      report.add(true, "theme", try surroundings.theme().name)
    } catch {
      report.add(false, "theme", "\(error)")
    }
    report.addServers(surroundings)
    report.addNetwork(environment)
    report.add(
      folders.share != nil, "shared files",
      folders.share ?? "not found: set WHET_SHARE to the folder that holds 'themes' and 'examples'")
    do {
      let sessions = try SessionStore(path: folders.store).sessions()
      let runs = sessions.reduce(0) { $0 + $1.runCount }
      report.add(
        true, "session store", "\(folders.store): \(sessions.count) sessions, \(runs) runs")
    } catch {
      report.add(false, "session store", "\(error)")
    }
    report.addIndexes(surroundings)
    report.addTerminal(environment)
    if report.problems > 0 { throw ExitCode(1) }
  }
}

extension DoctorReport {
  fileprivate mutating func addIndexes(_ surroundings: Surroundings) {
    let names = IndexFolder(surroundings.folders.indexes).names
    if names.isEmpty {
      add(true, "indexes", "none; `whet index add FOLDER` makes one of your documents")
    }
    for name in names {
      do {
        let statistics = try IndexOption.open(name, in: surroundings).statistics()
        add(true, "index \(name)", "\(statistics.passages) passages")
      } catch {
        add(false, "index \(name)", "\(error)")
      }
    }
  }

  fileprivate mutating func addTerminal(_ environment: [String: String]) {
    let name = environment["TERM"] ?? ""
    add(
      !name.isEmpty && name != "dumb", "terminal",
      name.isEmpty || name == "dumb"
        ? "TERM is '\(name)': start whet in a terminal, or set TERM=xterm-256color" : name)
    let hasNoColor = environment["NO_COLOR"]?.isEmpty == false
    add(
      true, "colours",
      hasNoColor ? "off: NO_COLOR is set" : environment["COLORTERM"] ?? "256 or fewer")
  }
}
