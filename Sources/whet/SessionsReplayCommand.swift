import ArgumentParser
import Core
import Runtime
import Sessions

// `whet sessions replay`: recorded streams through the decoder of live ones, with no server asked.

extension SessionsCommand {
  struct Replay: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "replay",
      abstract: "Play a run's recorded stream again, at its own pace; nothing is asked.")

    @Argument(help: "The id of a run, or how it begins; of a session, its last run.")
    var id: String

    @Flag(help: "Play all that led to the run, too, oldest first.")
    var branch = false

    @Option(help: "How many times faster than it was; 0 for at once.")
    var speed = 1.0

    @Option(
      help: ArgumentHelp(
        "Go on only when Return is pressed, by event or by token; at once where no one is at the "
          + "keys.", valueName: "event|token"))
    var step: ReplayedRun.Step?

    func validate() throws {
      guard speed >= 0, speed.isFinite else {
        throw ValidationError("--speed takes a number from 0 on.")
      }
    }

    func run() throws {
      let store = try SessionsCommand.store()
      let last = try SessionsCommand.run(id, in: store)
      let runs = branch ? try Self.way(to: last, in: store) : [last]
      let interruption = Interruption()
      for (place, id) in runs.enumerated() where !interruption.hasCome {
        let recorded = try store.loadRun(id)
        if branch {
          let title = "\(recorded.run.request.model), \(id)"
          Console.complain("\(place == 0 ? "" : "\n")── \(title)")
        }
        AnswerReport.printRest(of: play(recorded, until: interruption))
      }
    }

    private func play(_ recorded: RecordedRun, until interruption: Interruption) -> Answer {
      guard let step else {
        return ReplayedRun.play(
          recorded, speed: speed == 0 ? .infinity : speed, interruption: interruption
        ) { piece in
          Console.write(piece)
          if Console.isOutputRefused { interruption.interrupt() }
        }
      }
      return ReplayedRun.play(recorded, by: step) { line in
        Console.write(step == .token ? line : line + "\n")
        // Where somebody reads along, the answer shows what Return brought.
        return !Console.isOutputRefused && (!Console.inputIsTerminal || readLine() != nil)
      }
    }

    /// The runs that led to one, oldest first, and that one.
    private static func way(
      to last: Identifier, in store: SessionStore
    ) throws -> [Identifier] {
      let tree = try store.tree(of: try store.loadRun(last).run.session)
      guard let place = tree.place(ofRun: last) else { return [last] }
      let moments = sequence(first: place) { tree.parent(of: $0) }.dropFirst()
      return moments.reversed().flatMap { tree.moments[$0].runs.map(\.id) } + [last]
    }
  }

  /// The run that a word names: a run's own id, or the last run of a session.
  static func run(_ word: String, in store: SessionStore) throws -> Identifier {
    switch try Subject(word, in: store) {
    case .run(let run): return run.id
    case .session(let session):
      guard let last = try store.runs(of: session.id).last else {
        throw CommandError("The session '\(session.name)' has no runs.")
      }
      return last.id
    }
  }
}

extension ReplayedRun.Step: ExpressibleByArgument {}
