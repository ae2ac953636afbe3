import ArgumentParser
import Core
import Runtime
import Sessions

// `whet sessions import`: session files, and the histories of other programs.

extension SessionsCommand {
  struct Import: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "import",
      abstract: "Read sessions from files: whet's, llm's, promptfoo's, ChatGPT's and OpenAI's.",
      discussion: """
        Takes session files; llm's logs.db; promptfoo's results (--output results.json or .jsonl) \
        and its promptfoo.db; ChatGPT's conversations.json; OpenAI's stored completions and the \
        output of batches; and messages as JSON Lines: a list of them a line, or one a line. Which \
        of these a file is, its content tells. Databases are copied first, and never written.

        A file can be taken in again when it has grown: what is there already stays as it is. What \
        can't be read is left out, and told with its place.

        Exit status: 0; 1 when a file was refused or held nothing that could be taken.
        """)

    @Argument(help: "The files.")
    var files: [String]

    @Flag(help: "Say what would be taken, and take nothing.")
    var dryRun = false

    /// Of more things that were left out, the first are told.
    private static let mostNotes = 10

    func run() throws {
      let store = try SessionsCommand.store()
      var hasFailed = false
      for file in files {
        do {
          let outcome = try store.importFile(file, isTrial: dryRun)
          for note in outcome.notes.prefix(Self.mostNotes) { Console.complain("whet: \(note)") }
          let more = outcome.notes.count - Self.mostNotes
          if more > 0 { Console.complain("whet: and \(more) more like these.") }
          for sentence in outcome.sentences(isTrial: dryRun) { Console.line(sentence) }
          hasFailed = hasFailed || outcome.sessions.isEmpty
        } catch {
          Console.complain("whet: \(error)")
          hasFailed = true
        }
      }
      if hasFailed { throw ExitCode(1) }
    }
  }
}
