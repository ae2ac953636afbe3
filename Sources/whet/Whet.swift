import ArgumentParser
import Glibc

// The command line: which command was asked for, and how it ends.
//
// Every command names itself: to make a name from that of its type takes the parser 1 ms each, at
// every start.

@main
struct Whet: ParsableCommand {
  static let version = "0.1.0"

  static let configuration = CommandConfiguration(
    commandName: "whet",
    abstract: "A terminal playground that takes a prompt from a first idea to a proven best.",
    discussion: """
      With no command, whet opens where you left it; the first time, on a tour that needs no server.
      """,
    version: version,
    subcommands: [
      OpenCommand.self, TourCommand.self, RunCommand.self, RenderCommand.self, LintCommand.self,
      ImportCommand.self, SearchCommand.self, SupportCommand.self, IndexCommand.self,
      SessionsCommand.self, VersionsCommand.self, EvalCommand.self, DiagnoseCommand.self,
      TuneCommand.self,
      WinsCommand.self, ModelsCommand.self,
      DoctorCommand.self, PlayCommand.self,
      DocsCommand.self,
    ],
    defaultSubcommand: OpenCommand.self)

  static func main() {
    forbidCoreDumps()
    var status: CInt = 0
    do {
      // Where there is nothing to parse, the parser would take a quarter of the time to the first
      // frame to find that out.
      if CommandLine.arguments.count == 1 { return try OpenCommand.open() }
      var command = try parseAsRoot()
      try command.run()
    } catch {
      status = Self.status(for: error)
    }
    if let problem = Console.outputProblem { Console.complain("whet: \(problem)") }
    Glibc.exit(status == 0 && Console.isOutputRefused ? 1 : status)
  }

  /// A core is a file with all that is in memory, the environment and its keys included.
  private static func forbidCoreDumps() {
    var limit = rlimit()
    getrlimit(__rlimit_resource_t(RLIMIT_CORE.rawValue), &limit)
    limit.rlim_cur = 0
    setrlimit(__rlimit_resource_t(RLIMIT_CORE.rawValue), &limit)
  }

  /// Says what went wrong, and gives the exit status: 1 when a run or a command failed, 2 for a
  /// command line that means nothing.
  private static func status(for error: any Error) -> CInt {
    if let code = error as? ExitCode { return code.rawValue }
    let code = exitCode(for: error)
    switch code {
    case .success:
      print(fullMessage(for: error))
      return 0
    case .validationFailure:
      Console.complain(fullMessage(for: error))
      return 2
    default:
      Console.complain("whet: \(error)")
      return 1
    }
  }
}
