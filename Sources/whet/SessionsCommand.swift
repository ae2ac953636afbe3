import ArgumentParser
import Core
import Playground
import Runtime
import Sessions

// `whet sessions`: everything that was ever run, listed, shown, played again, shared.

struct SessionsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "sessions",
    abstract: "Look at earlier runs: list, search, tree, replay, export, import.",
    subcommands: [
      List.self, Search.self, Tree.self, Show.self, Compare.self, BranchName.self, Prune.self,
      Collect.self,
      Replay.self, Rerun.self, Rename.self, Export.self, Upgrade.self, Import.self,
    ])

  static func store() throws -> SessionStore {
    let store = try SessionStore(path: try Surroundings().folders.store)
    if let backup = store.backup {
      Console.complain(
        "The store was changed for this version; as it was before, it is in \(backup.path).")
    }
    return store
  }

  struct List: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "list", abstract: "List the sessions, newest first.")

    func run() throws {
      let store = try SessionsCommand.store()
      let sessions = try store.sessions()
      let histories = try store.histories(limit: 12)
      if sessions.isEmpty { Console.line("There are none yet: a run makes one.") }
      for summary in sessions {
        let time = LocalTime.system.minute(summary.lastActivity)
        let runs = "\(summary.runCount) \(summary.runCount == 1 ? "run" : "runs")"
        let cost = Numbers.total(summary.cost)
        let figures = cost.isEmpty ? runs : "\(runs)  \(cost)"
        let opinions = Sparkline.text(
          histories[summary.session.id]?.map(\.score) ?? [], largest: 5)
        Console.line(
          "\(summary.session.id)  \(time)  \(opinions)  \(figures)\t\(summary.session.name)")
      }
    }
  }

  struct Show: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "show", abstract: "Show a session's runs, or one run whole.")

    @Argument(help: "The id of a session or a run, or how it begins; or a session's name.")
    var id: String

    @Flag(help: "Show what went over the wire for a run: requests, events, what was noticed.")
    var wire = false

    func run() throws {
      let store = try SessionsCommand.store()
      switch try Subject(id, in: store) {
      case .session(let session):
        for run in try store.runs(of: session.id) {
          Console.line(try Self.line(for: run, in: store))
        }
      case .run(let run):
        let recorded = try store.loadRun(run.id)
        Self.show(recorded)
        if wire {
          Console.line("\n── wire")
          let surroundings = try Surroundings()
          WireReport(
            recorded.events, of: recorded.run.request.model,
            catalog: surroundings.catalog(of: surroundings.providers)
          ).print(Console.line)
        }
      }
    }

    private static func line(for run: RunSummary, in store: SessionStore) throws -> String {
      var beginning = run.firstLine
      if case .ended = run.state {
      } else {
        // What has come is not counted among what it came to until it ends.
        let text = Answer(replaying: try store.loadRun(run.id)).text
        beginning = text.split(whereSeparator: \.isNewline).first.map(String.init) ?? ""
      }
      let state =
        switch run.state {
        case .ended(let reason): reason.rawValue
        case .streaming: "streaming"
        case .interrupted: "interrupted"
        }
      let cost = Numbers.total(run.cost)
      let figures = [state, cost, run.rating?.word ?? ""].filter { !$0.isEmpty }
        .joined(separator: "  ")
      let time = LocalTime.system.minute(run.startedAt)
      return "\(run.id)  \(time)  \(run.model)  \(figures)\t\(beginning)"
    }

    private static func show(_ recorded: RecordedRun) {
      let run = recorded.run
      Console.line("run      \(run.id)")
      Console.line("started  \(LocalTime.system.minute(run.startedAt))")
      Console.line("model    \(run.request.model)")
      if let origin = run.origin { Console.line("from     \(origin.words)") }
      for (name, value) in run.inputs.sorted(by: { $0.key < $1.key }) {
        Console.line("\(name) = \(value)")
      }
      for passage in run.request.passages { Console.line("passage  \(passage.label)") }
      for message in run.request.messages {
        Console.line("\n── \(message.role.rawValue)")
        Console.line(message.readableText)
      }
      let answer = recorded.answer.isFinished ? recorded.answer : Answer(replaying: recorded)
      let price = run.knownPrice
      let cost = Cost(of: answer, at: price)
      if cost != .zero { Console.line("cost     \(Numbers.cost(cost))") }
      Console.line("\n── answer (\((answer.finishReason ?? .interrupted).rawValue))")
      if !answer.thinking.isEmpty { Console.line("thinking: \(answer.thinking)") }
      Console.write(answer.text)
      AnswerReport.printRest(of: answer)
    }
  }

  struct Rename: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "rename", abstract: "Give a session another name.")

    @Argument(help: "The id of a session, how it begins, or its name.")
    var id: String

    @Argument(help: "Its new name.")
    var name: String

    func run() throws {
      let store = try SessionsCommand.store()
      let session = try store.findSession(id)
      try store.renameSession(session.id, to: name)
      Console.line("renamed '\(session.name)' to '\(name)'")
    }
  }

  /// What an id on the command line means.
  enum Subject {
    case session(Session)
    case run(RunSummary)

    /// Throws `SessionError` when it means nothing, or several things.
    init(_ text: String, in store: SessionStore) throws {
      do {
        self = .session(try store.findSession(text))
      } catch SessionError.noSession {
        self = .run(try store.findRun(text))
      }
    }
  }
}
