import ArgumentParser
import Core
import FineTuning
import Foundation
import Runtime
import Sessions

// `whet tune import`: a file of examples into a training set.

struct TuneImportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "import", abstract: "Take a file of examples into a training set.",
    discussion: """
      FILE has an example a line, is a list of them in JSON, or a table (.csv). Each record tells its \
      format: SFT (`messages`), DPO (`input`, `preferred_output`, `non_preferred_output`, or `prompt`, \
      `chosen`, `rejected`), ShareGPT (`conversations`), prompt and completion, or instruction and \
      output; a table has a column for what is asked and one for what is answered. - is the standard \
      input. All of it is taken in or, where a record can't be read or it is stopped, nothing.
      """)

  @Argument(help: "A file of examples, or -.")
  var file: String

  @OptionGroup var target: TrainingSetOptions

  @Option(help: "The format of all records, where they don't tell it.")
  var format: RecordFormat?

  @Flag(name: .customLong("skip-bad"), help: "Pass over records that hold no example; tell them.")
  var skipsBad = false

  @Flag(help: "Print one JSON object.")
  var json = false

  func run() throws {
    let path = file == LineChunks.standardInput ? file : PromptFiles.absolute(file)
    let importing = ExampleImport(
      store: try SessionsCommand.store(), format: format, keepsDuplicates: target.keepsDuplicates,
      passesOverBadLines: skipsBad)
    let interruption = Interruption()
    let report = try importing.add(
      path, to: target.set, at: Date().timeIntervalSince1970
    ) { progress in
      if Console.showsStatus, progress.bytes > 16 << 20 {
        Console.status("\(Numbers.grouped(progress.lines)) lines read")
      }
      return !interruption.hasCome
    }
    if Console.showsStatus { Console.status("") }
    let left = report.leftOut.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
    if json {
      var object = report.appended.json
      object["bad_lines"] = .integer(report.badLines)
      object["left_out"] = .object(
        JSON.Object(left.map { JSON.Object.Member(name: $0.key, value: .integer($0.value)) }))
      Console.line(JSON.object(object).text)
      return
    }
    Console.line(report.appended.sentence(set: target.set))
    for (name, count) in left.prefix(10) {
      Console.complain(
        "left out: '\(name)' of \(Numbers.grouped(count)) records; examples have no place for it")
    }
    for line in report.firstBadLines { Console.complain("passed over: \(line)") }
    if report.badLines > report.firstBadLines.count {
      Console.complain("and \(report.badLines - report.firstBadLines.count) more such records")
    }
  }
}

/// Which set examples go to, and what becomes of those that it has.
struct TrainingSetOptions: ParsableArguments {
  @Option(help: ArgumentHelp("The set; it is made where there is none.", valueName: "name"))
  var set: String

  @Flag(
    name: .customLong("keep-duplicates"),
    help: "Add what says the same as an example of the set, too.")
  var keepsDuplicates = false
}

extension AppendReport {
  var json: JSON.Object {
    [
      "added": .integer(added), "duplicates": .integer(duplicates),
      "first_duplicates": .array(
        firstDuplicates.map { ["incoming": .integer($0.incoming), "number": .integer($0.number)] }),
    ]
  }

  func sentence(set: String) -> String {
    let were = added == 1 ? "was" : "were"
    var text = "\(Numbers.counted(added, "example")) \(were) added to '\(set)'"
    if duplicates > 0 {
      text += "; \(Numbers.grouped(duplicates)) say what another one says"
      if let first = firstDuplicates.first {
        text += ", the first as example \(first.number)"
      }
    }
    return text + "."
  }
}
