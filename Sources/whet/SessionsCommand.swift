import ArgumentParser
import Core
import Playground
import Runtime
import Sessions

// `whet sessions`: everything that was ever run, listed, shown, played again, shared.

struct SessionsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "sessions",
    abstract: "Look at earlier runs: list, show, compare, replay, rename, export, import.",
    subcommands: [
      List.self, Show.self, Compare.self, Replay.self, Rename.self, Export.self, Import.self,
    ])

  static func store() throws -> SessionStore {
    try SessionStore(path: try Surroundings().folders.store)
  }

  struct List: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "list", abstract: "List the sessions, newest first.")

    func run() throws {
      let sessions = try SessionsCommand.store().sessions()
      if sessions.isEmpty { Console.line("There are none yet: a run makes one.") }
      for summary in sessions {
        let time = LocalTime.system.minute(summary.lastActivity)
        let runs = "\(summary.runCount) \(summary.runCount == 1 ? "run" : "runs")"
        let cost = Numbers.total(summary.cost)
        let figures = cost.isEmpty ? runs : "\(runs)  \(cost)"
        Console.line("\(summary.session.id)  \(time)  \(figures)\t\(summary.session.name)")
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

  struct Replay: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "replay",
      abstract: "Play a run's recorded stream again, at its own pace; nothing is asked.")

    @Argument(help: "The id of a run, or how it begins; of a session, its last run.")
    var id: String

    @Option(help: "How many times faster than it was; 0 for at once.")
    var speed = 1.0

    func validate() throws {
      guard speed >= 0, speed.isFinite else {
        throw ValidationError("--speed takes a number from 0 on.")
      }
    }

    func run() throws {
      let store = try SessionsCommand.store()
      let id: Identifier
      switch try Subject(self.id, in: store) {
      case .run(let run): id = run.id
      case .session(let session):
        guard let last = try store.runs(of: session.id).last else {
          throw CommandError("The session '\(session.name)' has no runs.")
        }
        id = last.id
      }
      let recorded = try store.loadRun(id)
      let interruption = Interruption()
      let answer = ReplayedRun.play(
        recorded, speed: speed == 0 ? .infinity : speed, interruption: interruption,
        onText: { piece in
          Console.write(piece)
          if Console.isOutputRefused { interruption.interrupt() }
        })
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

  struct Export: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "export", abstract: "Write a session to a file of JSON Lines.")

    @Argument(help: "The id of a session, how it begins, or its name.")
    var id: String

    @Argument(help: "The file.")
    var file: String

    @Flag(help: "Replace the file where there is one.")
    var force = false

    func run() throws {
      let store = try SessionsCommand.store()
      let session = try store.findSession(id)
      try store.exportSession(session.id, to: file, replacing: force)
      Console.line("exported '\(session.name)' to \(file)")
    }
  }

  struct Import: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "import", abstract: "Read a session from a file of JSON Lines.")

    @Argument(help: "The file.")
    var file: String

    func run() throws {
      Console.line(try SessionsCommand.store().importSession(from: file).sentence)
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
