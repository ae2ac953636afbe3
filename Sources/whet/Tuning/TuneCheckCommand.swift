import ArgumentParser
import Core
import FineTuning
import Runtime

// `whet tune check`: what is wrong with a file for training, before anybody pays for it.

struct TuneCheckCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Check a file for training: form, sizes, and what would make a model worse.",
    discussion: """
      FILE has an example a line: SFT JSONL (`messages`) or DPO JSONL (`input`, `preferred_output`, \
      `non_preferred_output`); - is the standard input, and \
      set:NAME a training set of the store, without what was rejected. It may be of any size. docs/fine-tuning-checks.md \
      says what each finding means.

      Exit status: 0; 1 when something is as bad as --fail-on says; 2 for a file that can't be read; 3 \
      when it was stopped.
      """)

  enum Level: String, ExpressibleByArgument, CaseIterable {
    case error, warning, note
    var severity: FindingSeverity {
      switch self {
      case .error: .error
      case .warning: .warning
      case .note: .note
      }
    }
  }

  @Argument(help: "A file of examples, - or set:NAME.")
  var file: String

  @Option(
    help: ArgumentHelp(
      "A file for validation, which must share nothing with it.", valueName: "file"))
  var validation: String?

  @Option(
    help: ArgumentHelp(
      "An evaluation's file or a dataset, which must share nothing with it; may be repeated.",
      valueName: "file"))
  var against: [String] = []

  @Option(
    help: ArgumentHelp("Tokens of an example that are trained on at most.", valueName: "tokens"))
  var window: Int?

  @Option(help: ArgumentHelp("Take the window of this model.", valueName: "provider/model"))
  var model: String?

  @Option(help: ArgumentHelp("The system prompt that will be in use.", valueName: "file"))
  var systemPrompt: String?

  @Option(
    help: ArgumentHelp(
      "Examples whose answers are right; the others' style is held against theirs.",
      valueName: "file"))
  var right: String?

  @Option(help: "What every line must be: sft or dpo (default: what it looks like).")
  var format: TrainingFormat?

  @Option(help: "today, or cookbook: the rules of OpenAI's validator to the letter.")
  var rules: FormatRules = .today

  @Option(help: "Exit with 1 from this severity on: error, warning or note.")
  var failOn: Level = .error

  @Flag(help: "Print one JSON object.")
  var json = false

  func validate() throws {
    if let window, window < 1 { throw ValidationError("--window takes a number from 1 on.") }
    if window != nil, model != nil { throw ValidationError("Choose --window or --model.") }
    if rules == .cookbook, format == .dpo {
      throw ValidationError("The cookbook's rules know no preferences: leave --rules out.")
    }
  }

  func run() throws {
    do {
      try check()
    } catch let code as ExitCode {
      throw code
    } catch {
      Console.complain("whet: \(error)")
      throw ExitCode(2)
    }
  }

  private func check() throws {
    let others =
      (validation.map { [.validation(PromptFiles.absolute($0))] } ?? [])
      + against.map { ComparedSource.evaluation(PromptFiles.absolute($0)) }
    let run = CheckRun(
      settings: try settings(), others: others, sample: right.map(PromptFiles.absolute))
    let interruption = Interruption()
    let progress = CheckProgress()
    let report: CheckReport?
    if let set = file.trainingSetName {
      report = try run.check(set: set, in: try SessionsCommand.store()) { count in
        progress.show(examples: count)
        return !interruption.hasCome
      }
    } else {
      report = try run.check(path) { step in
        progress.show(step)
        return !interruption.hasCome
      }
    }
    progress.clear()
    guard let report else {
      Console.complain("whet: stopped.")
      throw ExitCode(3)
    }
    if json {
      Console.line(report.json.text(indent: 2))
    } else {
      for line in report.text(columns: Console.columns ?? 80) { Console.line(line) }
    }
    if let worst = report.worst, worst >= failOn.severity { throw ExitCode(1) }
  }

  /// `~` is resolved as elsewhere; the standard input has no path.
  private var path: String {
    file == LineChunks.standardInput ? file : PromptFiles.absolute(file)
  }

  private func settings() throws -> CheckSettings {
    CheckSettings(
      format: format, rules: rules, window: try modelWindow() ?? window,
      systemPrompt: try systemPrompt.map { try InputFiles.text(at: $0, promptPath: nil) })
  }

  /// The window of the model that was named; nil where none was.
  private func modelWindow() throws -> Int? {
    guard let model else { return nil }
    let reference = try ModelOption.reference(model)
    let surroundings = try Surroundings()
    let profile = surroundings.catalog(of: surroundings.providers).profile(of: reference)
    guard let window = profile.contextWindow else {
      throw CommandError(
        "The window of \(model) is not known: say it with --window, or in the configuration.")
    }
    return window
  }
}

extension TrainingFormat: ExpressibleByArgument {}
extension FormatRules: ExpressibleByArgument {}
