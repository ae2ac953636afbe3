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
      has them, Picoschema as JSON schema. Of a chain, prints one step: what the template takes \
      as {{previous}} and {{steps.NAME}} is given by the data's input.

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

  @Option(
    help: ArgumentHelp(
      "The step of a chain to fill in, from 1; the first one by default.", valueName: "number"))
  var step: Int?

  @Flag(help: "Print one JSON object.")
  var json = false

  func run() throws {
    do {
      let source = try PromptSource(file: file)
      var settings =
        try options.map(Self.options) ?? PromptOptions()
      settings.partials.merge(source.partials) { given, _ in given }
      let data = try data.map(Self.data) ?? PromptData()
      let file = try chosenStep(
        of: PromptFile(
          parsing: source.text, name: source.name, partials: settings.partials,
          schemas: settings.schemas))
      let prompt = try RenderedPrompt(of: file, data: data, options: settings)
      let given = data.input.members.reduce(into: [:]) { $0[$1.name] = $1.value }
      for mismatch in file.mismatches(of: given) { Console.complain("whet: \(mismatch)") }
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

  /// Says which step it is where a prompt has several.
  private func chosenStep(of file: PromptFile) throws -> PromptFile {
    let number = step ?? 1
    guard 1...file.stepCount ~= number else {
      throw CommandError(
        file.isChain
          ? "\(file.name) has the steps 1 to \(file.stepCount): there is no step \(number)."
          : "\(file.name) has no steps: leave --step out.")
    }
    if step == nil, file.isChain {
      Console.complain(
        "whet: \(file.name) is a chain of \(file.stepCount) steps, and this is step "
          + "\(file.steps[0].label): --step picks another.")
    }
    return file.step(number, answers: [])
  }

  private static func data(in path: String) throws -> PromptData {
    let json = try json(in: path)
    do {
      return try PromptData(json: json)
    } catch {
      throw CommandError("\(path): \(error)")
    }
  }

  private static func options(in path: String) throws -> PromptOptions {
    let json = try json(in: path)
    do {
      return try PromptOptions(json: json)
    } catch {
      throw CommandError("\(path): \(error)")
    }
  }

  private static func json(in path: String) throws -> JSON {
    let text = try PromptFiles.read(path, mayWait: true)
    do {
      return try JSON(parsing: text)
    } catch {
      throw PromptError(
        name: path, line: error.line, column: error.column,
        problem: "this is not JSON: \(error.problem)")
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
