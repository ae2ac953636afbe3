import ArgumentParser
import Core
import Runtime
import Sessions

// `whet sessions compare`: runs that were started together, side by side, for reading and for scripts.

extension SessionsCommand {
  struct Compare: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "compare",
      abstract: "Write what runs answered that were started together, side by side.")

    @Argument(help: "The id of a run, or how it begins; of a session, those that were run last.")
    var id: String

    @Argument(help: "The file: .html, .md or .svg. Without one, Markdown is printed.")
    var file: String?

    @Option(help: "The answer that the others are compared with: A for the first column's.")
    var baseline: String?

    @Flag(help: "Replace the file where there is one that is no comparison.")
    var force = false

    func run() throws {
      let store = try SessionsCommand.store()
      let output = try file.map { try ComparisonFile(path: $0) }
      let report = try ComparisonReport(
        runsStartedWith: try SessionsCommand.run(id, in: store), baseline: baseline?.uppercased(),
        in: store)
      guard let output, let file else {
        Console.write(report.markdown)
        return
      }
      try output.write(
        report, picture: try Surroundings().settings.comparisonPicture, replacing: force)
      Console.line("wrote \(report.columns.count) answers to \(file)")
    }
  }
}
