import ArgumentParser
import Foundation
import Playground

// `whet docs`: the pages that are made from the program itself.

struct DocsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "docs", abstract: "Write the key list and the list of commands as Markdown.",
    shouldDisplay: false)

  @Argument(help: "The folder to write to.")
  var folder = "docs"

  func run() throws {
    try write(CommandTable.markdown, to: "keys.md")
    try write(Self.commands, to: "commands.md")
  }

  private func write(_ text: String, to name: String) throws {
    try Data(text.utf8).write(to: URL(fileURLWithPath: folder + "/" + name), options: .atomic)
    Console.line("wrote \(folder)/\(name)")
  }

  /// Every command's help.
  private static var commands: String {
    var text = "# Commands\n\nMade by `make docs` from the commands themselves; don't edit.\n"
    func append(_ command: any ParsableCommand.Type, path: String) {
      let help = Whet.helpMessage(for: command, columns: 96)
      text += "\n## \(path)\n\n```\n\(help)\n```\n"
      for subcommand in command.configuration.subcommands {
        guard subcommand.configuration.shouldDisplay else { continue }
        append(subcommand, path: path + " " + subcommand._commandName)
      }
    }
    append(Whet.self, path: "whet")
    return text
  }
}
