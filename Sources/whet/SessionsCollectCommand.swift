import ArgumentParser
import Core
import Runtime
import Sessions

// `whet sessions gc`: makes the store smaller, and says first what that takes.

extension SessionsCommand {
  struct Collect: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "gc", abstract: "Take away for good what was pruned, and pack the store.",
      discussion: "Nothing else is taken: runs that aren't pruned stay, with their streams.")

    @Flag(help: "Say what would be taken, and take nothing.")
    var dryRun = false

    @Flag(help: "Take the backups of the store, too.")
    var backups = false

    func run() throws {
      let store = try SessionsCommand.store()
      let garbage = try store.garbage(withBackups: backups)
      let lines = Self.lines(for: garbage)
      guard !lines.isEmpty else {
        Console.line("There is nothing to take.")
        return
      }
      for line in lines { Console.line((dryRun ? "would take " : "takes ") + line) }
      guard !dryRun else { return }
      try store.collect(garbage)
      let isPacked = try store.pack()
      Console.line(
        isPacked
          ? "The store is packed: \(store.path)"
          : "Another whet has the store open: the file gets smaller when gc runs without it.")
    }

    private static func lines(for garbage: Garbage) -> [String] {
      var lines: [String] = []
      if garbage.runs > 0 {
        lines.append(
          "\(garbage.moments) pruned moments: \(garbage.runs) runs, "
            + Self.size(garbage.runBytes))
      }
      if garbage.branches > 0 { lines.append("\(garbage.branches) names of moments that are gone") }
      if garbage.examples > 0 {
        let count = "\(garbage.examples) training examples"
        lines.append("\(count) of sets that are gone, or of a cut import")
      }
      lines += garbage.backups.map { "the backup \($0.path), \(Self.size($0.size))" }
      if garbage.freeBytes >= 1 << 20 {
        lines.append("\(Self.size(garbage.freeBytes)) in the file in which nothing stands")
      }
      return lines
    }

    private static func size(_ bytes: Int) -> String {
      bytes < 1_000_000 ? "\(bytes / 1000 + 1) kB" : "\(bytes / 1_000_000) MB"
    }
  }
}
