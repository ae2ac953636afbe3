import ArgumentParser
import Core
import Foundation
import Playground
import Runtime

// `whet run`: the playground's ^R with no screen.

struct RunCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run",
    abstract: "Run a prompt and stream the answer to standard output.",
    discussion: """
      Exit status: 0; 1 when a run failed or its stream was cut; 2 for a command line, a prompt or an
      index that nothing can be run with.
      """)

  @Argument(help: "A prompt file; - reads it from standard input.")
  var file: String

  @Option(
    name: .customLong("var"),
    help: """
      A variable's value, as name=value; may be repeated. name=@path takes a file's text, name=@@x is \
      the text @x.
      """)
  var variables: [String] = []

  @Option(
    help: ArgumentHelp(
      "Take the variables from a case of this dataset: CSV, JSONL, JSON or YAML; --var stands above "
        + "it.", valueName: "file"))
  var data: String?

  @Option(
    name: .customLong("case"),
    help: ArgumentHelp("The case of the dataset, from 1.", valueName: "number"))
  var caseNumber: Int?

  @Option(name: [.customShort("M"), .long], help: "A model, as provider/model; may be repeated.")
  var model: [String] = []

  @Option(help: "Search this index for passages.")
  var index: String?

  @OptionGroup(title: "Retrieval") var retrieval: RetrievalOptions
  @OptionGroup var server: ServerOptions
  @OptionGroup(title: "Parameters") var parameters: ParameterOptions

  @Option(help: "Keep the runs in the session of this name.")
  var session: String?

  @Flag(name: .customLong("no-save"), help: "Keep nothing.")
  var keepsNothing = false

  @Option(help: "Dollars that the runs of this command may cost together.")
  var budget: Double?

  @Flag(help: "Print one JSON object a run, a line each.")
  var json = false

  @Flag(
    help: """
      Show what went over the wire, where errors go: each request as a curl command, every event \
      with its time, and what the stream doctor noticed. With --json, as its member `wire`.
      """)
  var wire = false

  func validate() throws {
    if server.baseURL != nil, model.isEmpty {
      throw ValidationError("--base-url needs a --model.")
    }
    if let budget, !(budget >= 0) { throw ValidationError("--budget takes dollars, from 0 on.") }
    if caseNumber != nil, data == nil { throw ValidationError("--case needs --data.") }
  }

  func run() throws {
    do {
      if try runAll() { throw ExitCode(1) }
    } catch let code as ExitCode {
      throw code
    } catch {
      Console.complain("whet: \(error)")
      throw ExitCode(2)
    }
  }

  /// Tells whether any run failed; throws when none could be started.
  private func runAll() throws -> Bool {
    let surroundings = try Surroundings()
    let inputs = try VariableOption.values(variables)
    let source = try PromptSource(file: file)
    var prompt = try PromptFile(
      parsing: source.text, name: source.name, partials: source.partials)
    prompt.parameters = try parameters.applied(to: prompt.parameters)
    for name in inputs.keys.sorted() where !prompt.variables.contains(name) {
      Console.complain("whet: \(prompt.name) has no variable '\(name)'; it goes unused.")
    }
    let testCase = try data.map { try self.testCase(of: $0, for: prompt) }
    let retrieval = try retrieval.applied(to: surroundings.configuration.retrieval)

    var settings = surroundings.settings
    settings.discoversModels = false
    settings.keepsRuns = !keepsNothing
    settings.sessionName = session
    let models = try chosenModels(prompt: prompt, surroundings: surroundings)
    if let provider = try server.provider(
      named: Self.namelessProvider, environment: surroundings.environment)
    {
      settings.providers.insert(provider, at: 0)
    }
    if let budget { settings.budget.command = Money(dollars: budget) }
    let store = keepsNothing ? nil : surroundings.existingStore
    settings.catalog = surroundings.catalog(of: settings.providers, learnedIn: store)
    let runtime = Runtime(settings: settings, clock: SystemClock(), store: store)
    let run = HeadlessRun(
      host: runtime, prompt: prompt, promptText: source.text, promptPath: file == "-" ? nil : file,
      inputs: inputs, testCase: testCase, index: index, retrieval: retrieval,
      catalog: settings.catalog, keepsWire: wire)
    let interruption = Interruption()
    let failed = try run.start(
      models: models, interruption: interruption,
      onText: { piece in
        if !json { Console.write(piece) }
        // Nobody is there for the rest of it.
        if Console.isOutputRefused { interruption.interrupt() }
      },
      onBegin: { model in
        if !json, models.count > 1 { Console.line("== \(name(of: model))") }
      },
      onEnd: { finished in report(finished, catalog: settings.catalog) },
      onNotice: { notice in Console.complain("whet: \(notice.text)") })
    runtime.finish()
    return failed
  }

  private func testCase(of path: String, for prompt: PromptFile) throws -> DatasetCase {
    let (dataset, _) = try InputFiles.dataset(at: path, promptPath: nil)
    let unused = dataset.unused(by: prompt.variables + ["passages"])
    if !unused.isEmpty {
      Console.complain(
        "whet: \(prompt.name) takes nothing from \(unused.joined(separator: ", ")) of "
          + "\(dataset.name).")
    }
    let number = caseNumber ?? 1
    guard 1...dataset.cases.count ~= number else {
      throw CommandError(
        "\(path) has the cases 1 to \(Numbers.grouped(dataset.cases.count)): there is no case "
          + "\(number).")
    }
    return dataset.cases[number - 1]
  }

  /// Stands for the server of `--base-url`.
  private static let namelessProvider = "base-url"

  private func chosenModels(
    prompt: PromptFile, surroundings: Surroundings
  ) throws -> [ModelReference] {
    if server.baseURL != nil {
      return model.map { ModelReference(provider: Self.namelessProvider, model: $0) }
    }
    if !model.isEmpty { return try model.map(ModelOption.reference) }
    if let name = prompt.model {
      guard let model = ModelReference(name) else {
        throw CommandError(
          "\(prompt.name) asks for the model '\(name)', which names no provider: write it as "
            + "provider/model there, or add --model.")
      }
      return [model]
    }
    return [surroundings.configuration.models.first ?? .extractive]
  }

  /// As it was asked for.
  private func name(of model: ModelReference) -> String {
    model.provider == Self.namelessProvider ? model.model : model.description
  }

  private func report(_ finished: HeadlessRun.Finished, catalog: ModelCatalog) {
    let answer = finished.answer
    let report =
      wire ? WireReport(finished.wire, of: finished.request.model, catalog: catalog) : nil
    if json {
      var object: JSON.Object = ["model": .string(name(of: finished.request.model))]
      object.members += answer.json.members
      object.members += finished.cost.json.members
      if !finished.step.isEmpty { object["step"] = .string(finished.step) }
      object["passages"] = .array(finished.request.passages.map(\.json))
      object["messages"] = .array(finished.request.messages.map(\.json))
      if let report { object["wire"] = report.json }
      if !finished.earlierSteps.isEmpty {
        object["earlier_steps"] = .array(finished.earlierSteps.map(\.stepJSON))
      }
      if let problem = finished.problem { object["problem"] = .string(problem) }
      Console.line(JSON.object(object).text)
      return
    }
    let name = name(of: finished.request.model)
    AnswerReport.printRest(of: answer, name: name)
    if let problem = finished.problem { Console.complain("whet: \(name): \(problem)") }
    guard let report else { return }
    Console.complain("== wire of \(name)")
    report.print(Console.complain)
  }
}

extension HeadlessRun.Finished {
  /// A step of a chain before the last one: its name, what it was asked, and its answer.
  fileprivate var stepJSON: JSON {
    var object: JSON.Object = ["step": .string(step)]
    object.members += answer.json.members
    object.members += cost.json.members
    object["messages"] = .array(request.messages.map(\.json))
    return .object(object)
  }
}
