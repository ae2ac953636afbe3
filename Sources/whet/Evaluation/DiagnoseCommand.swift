import ArgumentParser
import Core
import Evaluation
import Runtime
import Sessions

// `whet diagnose`: why cases fail, and which lever that speaks for.

struct DiagnoseCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "diagnose",
    abstract: "Find out why cases fail, and which lever to pull next.",
    discussion: """
      Each case that failed is asked anew: without passages, with the right ones, with the form asked \
      for more firmly. From what passes where, each failure is placed on two axes: what the model needs \
      to know, and how it needs to act. docs/diagnosis.md tells how.

      Exit status: 0; 2 for a file that was not evaluated yet; 3 when it was stopped.
      """)

  @Argument(help: "The evaluation's file: run `whet eval FILE` first.")
  var file: String

  @Option(help: "The variant whose failures are looked at (default: the last one).")
  var variant: String?

  @Option(help: "Where the right passages are looked for, if the variant searches no index.")
  var index: String?

  @Option(
    help: "By how many answers of one kind an experiment is decided: 1, quick, to 3 (default: 2).")
  var lead = 2

  @Option(help: ArgumentHelp("Look at so many failures at most.", valueName: "count"))
  var most: Int?

  @OptionGroup(title: "How it is asked") var asking: AskingOptions

  @Option(help: ArgumentHelp("Draw the map as SVG, too.", valueName: "file"))
  var svg: String?

  @Flag(help: "List every failure with its place, and why it is there.")
  var list = false

  @Flag(help: "Print one JSON object.")
  var json = false

  @Flag(help: "Print Markdown.")
  var markdown = false

  func validate() throws {
    guard DiagnosisPlan.leads ~= lead else { throw ValidationError("--lead takes 1, 2 or 3.") }
    if let most, most < 1 { throw ValidationError("--most takes a number from 1 on.") }
    if json, markdown { throw ValidationError("Choose --json or --markdown.") }
  }

  func run() throws {
    do {
      try diagnose()
    } catch let code as ExitCode {
      throw code
    } catch {
      Console.complain("whet: \(error)")
      throw ExitCode(2)
    }
  }

  private func diagnose() throws {
    let surroundings = try Surroundings()
    var plan = try EvaluationFiles.plan(at: file)
    try asking.apply(to: &plan)
    let store = try surroundings.openStore().get()
    let record = try evaluated(plan, in: store)
    let name = variant ?? plan.variants.last?.name ?? ""
    var settings = try asking.settings(in: surroundings, of: plan, store: store)
    let recorded = try asking.record.map { try AnswerLines(path: $0) }
    if let recorded { settings.onAnswer = { recorded.add($0) } }
    let run = try DiagnosisRun(
      of: name, in: record, plan: plan, index: index, lead: lead, most: most ?? .max,
      settings: settings, store: store)
    let interruption = Interruption()
    let placements = try run.run(until: interruption.descriptor) { placed in
      if Console.showsStatus { Console.status("\(placed) of \(run.count) failures placed") }
    }
    if Console.showsStatus { Console.status("") }
    try recorded?.write()
    guard let placements else {
      Console.complain("whet: stopped; what was answered is kept.")
      throw ExitCode(3)
    }
    let report = run.report(placements, file: file)
    try store.keep(report)
    try write(report, earlier: store.diagnoses(ofDataset: record.datasetHash).dropLast())
  }

  /// The last evaluation of the same cases that has the variant.
  private func evaluated(_ plan: EvaluationPlan, in store: SessionStore) throws -> EvaluationRecord
  {
    let hash = DatasetHash.of(plan.cases)
    let name = variant ?? plan.variants.last?.name ?? ""
    let summary = try store.evaluations().first {
      $0.datasetHash == hash && $0.variants.contains(name)
    }
    guard let summary, let record = try store.evaluation(summary.id) else {
      throw CommandError(
        "'\(name)' was not evaluated on these cases yet: run `whet eval \(file)` first.")
    }
    return record
  }

  private func write(
    _ report: DiagnosisReport, earlier: some Collection<DiagnosisReport>
  ) throws {
    let map = DiagnosisMap(report, earlier: Array(earlier)) { LocalTime.system.minute($0) }
    if let svg {
      try WholeFile.place(at: PromptFiles.absolute(svg), overwrites: true) { try $0(map.svg) }
    }
    if json {
      Console.line(report.json.text(indent: 2))
    } else if markdown {
      Console.line(report.markdown)
    } else {
      for line in report.lines { Console.line(line.text) }
      if list {
        Console.line("")
        for line in report.placementLines { Console.line(line.text) }
      }
      if let width = Console.columns, width >= DiagnosisMap.leastWidth {
        Console.line("")
        let height = max(DiagnosisMap.leastHeight, min(24, width / 5))
        for row in map.rows(width: min(width, 120), height: height) {
          Console.line(row.map(\.text).joined())
        }
      }
    }
  }
}
