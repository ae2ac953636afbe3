import ArgumentParser
import Core
import Foundation
import Playground
import Runtime

// `whet import`: prompts of other programs as `.prompt` files.

struct ImportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "import",
    abstract: "Make .prompt files of promptfoo's and OpenAI's prompts.",
    discussion: """
      Takes promptfoo's prompts (texts, lists of messages in JSON or YAML) and its configuration, \
      OpenAI's stored prompts, and the bodies of requests for responses and chat completions. A \
      configuration's tests become a dataset beside the prompts. What could not be kept is told \
      with its line.

      Exit status: 0; 1 when a file could not be imported, or written. Nothing is written for it.
      """)

  @Argument(help: "The files.")
  var files: [String]

  @Option(help: ArgumentHelp("The folder to write to.", valueName: "folder"))
  var output = "."

  @Flag(help: "Replace files that are there.")
  var force = false

  func run() throws {
    var hasFailed = false
    for file in files {
      do {
        let imported = try ImportFiles.importing(file)
        for note in imported.notes { Console.complain("whet: \(note)") }
        for output in imported.prompts + [imported.dataset].compactMap({ $0 }) { try write(output) }
      } catch {
        Console.complain("whet: \(error)")
        hasFailed = true
      }
    }
    if hasFailed { throw ExitCode(1) }
  }

  private func write(_ output: PromptImport.Output) throws {
    let folder = PromptFiles.absolute(self.output)
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    let path = "\(folder)/\(output.name)"
    let shown = self.output == "." ? output.name : "\(self.output)/\(output.name)"
    if !force, FileManager.default.fileExists(atPath: path),
      (try? PromptFiles.read(path)) != output.text
    {
      throw CommandError(
        "\(shown) is there already: --force replaces it, --output names another folder.")
    }
    _ = try PromptFiles.save(
      PromptSave(path: path, text: output.text, expected: try? PromptFiles.read(path)))
    Console.line("wrote \(shown)")
  }
}
