import ArgumentParser
import Core
import Runtime

// `whet render`: what a prompt comes to with some values, for a reader or for another program.

struct RenderCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "render",
    abstract: "Fill in a prompt and print its messages.",
    discussion: """
      Nothing is sent. With --json, prints the messages and the settings as the dotprompt format \
      has them, Picoschema as JSON schema.

      Exit status: 0; 2 for a prompt or data that nothing can be made of, with the place of the \
      mistake as FILE:LINE:COLUMN.
      """)

  @Argument(help: "A prompt file; - reads it from standard input.")
  var file: String

  @Option(
    help: ArgumentHelp(
      "A JSON file with the member input, and optionally context, messages and docs.",
      valueName: "file"))
  var data: String?

  @Option(
    help: ArgumentHelp(
      """
      A JSON file with front matter that the prompt leaves open, such as model, config and \
      input.default, and with schemas, tools and partials by their names.
      """, valueName: "file"))
  var options: String?

  @Flag(help: "Print one JSON object.")
  var json = false

  func run() throws {
    do {
      let source = try PromptSource(file: file)
      var settings =
        try options.map { try PromptOptions(json: Self.json(in: $0)) } ?? PromptOptions()
      settings.partials.merge(source.partials) { given, _ in given }
      let data = try data.map { try PromptData(json: Self.json(in: $0)) } ?? PromptData()
      let prompt = try RenderedPrompt(
        parsing: source.text, name: source.name, data: data, options: settings)
      if let warning = prompt.rendering.warning { Console.complain("whet: \(warning)") }
      if json {
        Console.line(JSON.object(prompt.json).text(indent: 2))
      } else {
        Self.print(prompt.rendering.turns)
      }
    } catch let error as PromptError {
      // Editors and other tools read the place at the line's start.
      Console.complain("\(error)")
      throw ExitCode(2)
    } catch {
      Console.complain("whet: \(error)")
      throw ExitCode(2)
    }
  }

  private static func json(in path: String) throws -> JSON {
    let text = try PromptFiles.read(path, mayWait: true)
    do {
      return try JSON(parsing: text)
    } catch {
      throw CommandError("\(path) is not JSON: \(error).")
    }
  }

  private static func print(_ turns: [Template.Turn]) {
    for (number, turn) in turns.enumerated() {
      if number > 0 { Console.line("") }
      let purpose = turn.message.metadata["purpose"]?.string.map { " (\($0))" } ?? ""
      Console.line("== \(turn.roleName)\(purpose)")
      let text = turn.message.readableText
      Console.write(text.hasSuffix("\n") ? text : text + "\n")
    }
  }
}
