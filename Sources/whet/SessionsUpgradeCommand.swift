import ArgumentParser
import Sessions

// `whet sessions upgrade`: session files of an earlier version, written anew.

extension SessionsCommand {
  struct Upgrade: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "upgrade",
      abstract: "Write session files of an earlier version anew; the old one is kept beside it.")

    @Argument(help: "The session files.")
    var files: [String]

    func run() throws {
      for file in files {
        if let kept = try SessionFile.upgrade(file) {
          Console.line("\(file) is of version \(SessionFile.version) now; the old one is \(kept)")
        } else {
          Console.line("\(file) is of version \(SessionFile.version) already")
        }
      }
    }
  }
}
