import ArgumentParser
import Core
import Retrieval
import Runtime

// `whet support`: which sentences of an answer its passages support, with no screen; and how well that
// is told, by labelled sentences.

struct SupportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "support",
    abstract: "Tell which sentences of an answer its passages support.",
    discussion: """
      With files of labelled sentences, prints how well the verdicts agree with the labels. With \
      --answer and --passages, or with --run, prints each sentence with what passages say of it.

      Exit status: 0; 1 when no passage supports a sentence, or a citation doesn't fit.
      """)

  @Argument(
    help: ArgumentHelp(
      """
      Labelled sentences: a YAML list of cases with passages, supported, contradicted and absent.
      """, valueName: "file"))
  var labelled: [String] = []

  @Option(help: ArgumentHelp("An answer, as text; - is standard input.", valueName: "file"))
  var answer: String?

  @Option(
    help: ArgumentHelp(
      "Its passages: a JSON or YAML list, or what `whet search --json` prints.",
      valueName: "file"))
  var passages: String?

  @Option(
    name: .customLong("run"),
    help: ArgumentHelp(
      "Runs, as `whet run --json` prints them; - is standard input.", valueName: "file"))
  var runs: String?

  @Option(
    help: ArgumentHelp(
      "Ask an embedding, too: builtin/static, or provider/model.", valueName: "model"))
  var embedding: String?

  @Flag(help: "List the sentences whose verdict differs from their label.")
  var list = false

  @Flag(help: "Print JSON: an object a sentence, a line each; of labelled files, one object.")
  var json = false

  func validate() throws {
    let ways = [!labelled.isEmpty, answer != nil || passages != nil, runs != nil]
    guard ways.count(where: \.self) == 1 else {
      throw ValidationError("support takes labelled files, or --answer and --passages, or --run.")
    }
    guard (answer == nil) == (passages == nil) else {
      throw ValidationError("--answer and --passages go together.")
    }
    if list, labelled.isEmpty { throw ValidationError("--list goes with labelled files.") }
  }

  func run() throws {
    let embedder = try embedding.map { try Surroundings().searchModels.embedder(named: $0) }
    if !labelled.isEmpty { return try evaluate(embedder) }
    var isSupported = true
    for (text, passages) in try answers() {
      let support = try AnswerSupport(of: text, by: passages, embedder: embedder)
      let report = SupportReport(support, of: text, by: passages)
      if json {
        for line in report.json { Console.line(line.text) }
      } else {
        for line in report.lines { Console.line(line) }
      }
      if support.sentences.contains(where: { $0.verdict.isUnsupported || !$0.misfits.isEmpty }) {
        isSupported = false
      }
    }
    if !isSupported { throw ExitCode(1) }
  }

  private func evaluate(_ embedder: (any Embedder)?) throws {
    for (place, path) in labelled.enumerated() {
      var evaluation = SupportEvaluation()
      let text = try PromptFiles.read(path, mayWait: true)
      for labelled in try LabelledSentences.cases(of: text, name: path) {
        for sentence in labelled.sentences {
          evaluation.add(
            sentence.text, label: sentence.label,
            as: try AnswerSupport(
              of: sentence.text, by: labelled.passages, embedder: embedder))
        }
      }
      if json {
        Console.line(evaluation.json(name: path).text(indent: 2))
      } else {
        if place > 0 { Console.line("") }
        for line in evaluation.lines(name: path, listsMisses: list) { Console.line(line) }
      }
    }
  }

  // MARK: What is read

  private func answers() throws -> [(text: String, passages: [Passage])] {
    if let runs { return try Self.runs(at: runs) }
    guard let answer, let passages else { return [] }
    return [
      (try PromptFiles.read(answer, mayWait: true), try Self.passages(at: passages))
    ]
  }

  private static func passages(at path: String) throws -> [Passage] {
    let text = try PromptFiles.read(path, mayWait: true)
    let value = (try? lines(of: text)).map(JSON.array) ?? (try? YAML(parsing: text))?.json
    let list = value?.array.map { $0.count == 1 && $0[0].array != nil ? $0[0] : .array($0) }
    guard let passages = list.flatMap(Passage.given), !passages.isEmpty else {
      throw CommandError(
        "\(path) holds no passages: a JSON or YAML list of texts, or of objects with `text`, is "
          + "expected.")
    }
    return passages
  }

  private static func runs(at path: String) throws -> [(text: String, passages: [Passage])] {
    let text = try PromptFiles.read(path, mayWait: true)
    let values = try (try? [JSON(parsing: text)]) ?? lines(of: text)
    return try values.map { value in
      guard let output = value["output"]?.string,
        let passages = value["passages"].flatMap(Passage.given)
      else { throw CommandError("\(path) holds no runs: `whet run --json` prints some.") }
      return (output, passages)
    }
  }

  /// A JSON value a line.
  private static func lines(of text: String) throws -> [JSON] {
    try text.split(whereSeparator: \.isNewline).map { try JSON(parsing: String($0)) }
  }
}
