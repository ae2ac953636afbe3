import ArgumentParser
import Core
import Runtime

// `whet lint`: what is likely to be wrong with prompts, for a reader, an editor or a CI server.

struct LintCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "lint",
    abstract: "Check prompts for mistakes, each with its line and a reason.",
    discussion: """
      A finding is a line: FILE:LINE:COLUMN: severity: message (rule). docs/prompts.md tells the \
      rules. Nothing is sent, and no file is changed.

      Exit status: 0; 1 when there are errors; 2 for a file that can't be read.
      """)

  @Argument(help: "Prompt files; - reads one from standard input.")
  var files: [String]

  @Flag(help: "Print one JSON list of findings.")
  var json = false

  @Flag(help: "Let warnings count as errors.")
  var strict = false

  @Option(
    help: ArgumentHelp(
      "A dataset, or a JSON file as for whet render: the variables that it gives are known.",
      valueName: "file"))
  var data: String?

  func run() throws {
    let given = try data.map(Self.variables)
    var listed: [JSON] = []
    var fails = false
    var isUnreadable = false
    for file in files {
      do {
        let source = try PromptSource(file: file)
        let findings = PromptLint.findings(
          in: source.text, name: source.name,
          surroundings: PromptLint.Surroundings(
            partials: source.partials, givenVariables: given ?? [],
            contextWindow: Self.contextWindow(of: source)))
        fails = fails || findings.contains { strict || $0.severity == .error }
        for finding in findings {
          if json {
            var object: JSON.Object = ["file": .string(file)]
            object.members += finding.json.members
            listed.append(.object(object))
          } else {
            Console.line("\(file):\(finding)")
          }
        }
      } catch {
        Console.complain("whet: \(error)")
        isUnreadable = true
      }
    }
    if json { Console.line(JSON.array(listed).text(indent: 2)) }
    if isUnreadable { throw ExitCode(2) }
    if fails { throw ExitCode(1) }
  }

  /// The window of the model that a prompt names, where that is known without asking a server.
  private static func contextWindow(of source: PromptSource) -> Int? {
    guard
      let model = PromptFile.model(in: source.text, name: source.name).flatMap(ModelReference.init),
      let surroundings = try? Surroundings()
    else { return nil }
    return surroundings.catalog(of: surroundings.providers).profile(of: model).contextWindow
  }

  /// The names that a data file gives values to.
  private static func variables(in path: String) throws -> Set<String> {
    do {
      let text = try PromptFiles.read(path, mayWait: true)
      if let json = try? JSON(parsing: text), let object = json.object {
        if let data = try? PromptData(json: json), !data.input.members.isEmpty {
          return Set(data.input.members.map(\.name))
        }
        if object["tests"] == nil { return Set(object.members.map(\.name)) }
      }
      return Set(try DatasetReader.dataset(of: text, name: path).variables)
    } catch {
      Console.complain("whet: \(error)")
      throw ExitCode(2)
    }
  }
}
