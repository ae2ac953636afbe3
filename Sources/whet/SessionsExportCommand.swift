import ArgumentParser
import Core
import Runtime
import Sessions

// `whet sessions export`: a session as a file, to keep, to read, to watch or to share.

extension SessionsCommand {
  struct Export: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "export",
      abstract: "Write a session to a file: JSON Lines, Markdown, HTML, a terminal recording, SVG.",
      discussion: """
        The file's name says the form: .jsonl (all of it, to be read back), .md, .html, .cast (asciicast,
        for asciinema), .svg (a picture of the newest moment). Keys and header fields that hold them are
        in none.
        """)

    @Argument(help: "The id of a session, how it begins, or its name.")
    var id: String

    @Argument(help: "The file; - prints it.")
    var file: String

    @Option(help: "The form, whatever the name says: jsonl, md, html, cast or svg.")
    var format: String?

    @Option(help: "Take out what this regular expression matches; may be repeated.")
    var redact: [String] = []

    @Flag(help: "Leave out the texts of passages; their labels stay.")
    var withoutDocuments = false

    @Option(
      name: .customLong("run"),
      help: "For .svg: the moment of this run, by its id or how that begins.")
    var drawnRun: String?

    @Flag(help: "Replace the file where there is one.")
    var force = false

    func validate() throws {
      if let format, SessionFormat(ending: format) == nil {
        throw ValidationError("--format takes jsonl, md, html, cast or svg.")
      }
      if file == "-", format == nil {
        throw ValidationError("Say --format where the session is printed.")
      }
    }

    func run() throws {
      // Before anything is opened: a pattern that is wrong must not leave anything unredacted.
      let redaction =
        redact.isEmpty && !withoutDocuments
        ? nil : try Redaction(patterns: redact, withoutDocuments: withoutDocuments)
      let store = try SessionsCommand.store()
      let session = try store.findSession(id)
      let shown = try drawnRun.map { try store.findRun($0).id }
      let drawing = try Surroundings().sessionDrawing
      let export: SessionExport
      if let format = format.flatMap({ SessionFormat(ending: $0) }) {
        export = SessionExport(
          session: session.id, format: format, run: shown, redaction: redaction, drawing: drawing)
      } else {
        export = try SessionExport(
          session: session.id, path: file, run: shown, redaction: redaction, drawing: drawing)
      }
      if file == "-" {
        Console.write(try export.text(from: store))
        return
      }
      try export.write(to: file, replacing: force, from: store)
      Console.line("exported '\(session.name)' to \(file)")
    }
  }
}
