import ArgumentParser
import Core
import Evaluation
import Runtime

// In which forms an evaluation is reported, and where to.

struct ReportOptions: ParsableArguments {
  enum Form: String, ExpressibleByArgument, CaseIterable {
    case text, markdown, json, csv, junit

    /// The form that the ending of a file asks for; nil for one that says nothing.
    init?(path: String) {
      switch path.split(separator: ".").last?.lowercased() {
      case "md", "markdown": self = .markdown
      case "json": self = .json
      case "csv": self = .csv
      case "xml": self = .junit
      case "txt": self = .text
      default: return nil
      }
    }
  }

  @Option(help: "What is printed: text, markdown, json, csv or junit.")
  var format = Form.text

  @Option(
    name: [.customShort("o"), .customLong("output")],
    help: ArgumentHelp(
      "Write a report here, too: .json, .csv, .xml (JUnit), .md or .txt; may be repeated.",
      valueName: "file"))
  var outputs: [String] = []

  @Flag(help: "List every case that failed, with the reason.")
  var failures = false

  func validate() throws {
    for path in outputs where Form(path: path) == nil {
      throw ValidationError(
        "\(path): the ending says which report it is: .json, .csv, .xml, .md or .txt.")
    }
  }

  func write(_ report: EvaluationReport) throws {
    try write(report, as: format) { Console.write($0) }
    for path in outputs {
      guard let form = Form(path: path) else { continue }
      try WholeFile.place(at: PromptFiles.absolute(path), overwrites: true) { piece in
        try write(report, as: form, piece)
      }
    }
  }

  private func write(
    _ report: EvaluationReport, as form: Form, _ piece: (String) throws -> Void
  ) throws {
    switch form {
    case .text: for line in lines(of: report) { try piece(line + "\n") }
    case .markdown: try report.writeMarkdown { try piece($0 + "\n") }
    case .json: try report.writeJSON(piece)
    case .csv: try report.writeCSV(piece)
    case .junit: try report.writeJUnit(piece)
    }
  }

  private func lines(of report: EvaluationReport) -> [String] {
    let record = report.record
    var lines = [
      "\(record.name)  \(Numbers.grouped(record.cases.count)) cases  dataset "
        + ContentHash.short(record.datasetHash)
        + (record.id.isEmpty ? "" : "  \(record.id)"), "",
    ]
    lines += TextTable(report.table).lines
    if !report.notes.isEmpty { lines += [""] + report.notes }
    if !report.tagTable.isEmpty { lines += [""] + TextTable(report.tagTable).lines }
    if failures { lines += [""] + Self.failures(of: record) }
    return lines
  }

  private static func failures(of record: EvaluationRecord) -> [String] {
    record.results.filter { $0.grade?.passed != true }.map { result in
      let repetition = record.repeatCount > 1 ? " #\(result.repetition)" : ""
      let mark = result.grade == nil ? "!" : "✗"
      return "\(mark) \(result.caseID)\(repetition)  \(result.variant)  "
        + (result.firstReason ?? "the score is below the threshold")
    }
  }
}
