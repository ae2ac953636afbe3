import ArgumentParser
import Core
import FineTuning
import Runtime
import Sessions

// `whet tune show`: a training set's examples, or one of them whole.

struct TuneShowCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show", abstract: "List the examples of a training set, or show one whole.",
    discussion: """
      A filter has words, "phrases", /patterns/ and conditions, as in 'state:approved tokens>500 -tag:draft'; \
      docs/training-sets.md lists them. With --json, each example is a line of JSON with its lineage.
      """)

  @Argument(help: "The set.")
  var set: String

  @Argument(help: "An example's number.")
  var number: Int?

  @Option(help: "Only what fits.")
  var filter = ""

  @Option(help: "At most so many (default: 50; with --json, all).")
  var limit: Int?

  @Flag(help: "Print a line of JSON for each example.")
  var json = false

  func validate() throws {
    if let limit, limit < 1 { throw ValidationError("--limit takes a number from 1 on.") }
  }

  func run() throws {
    let store = try SessionsCommand.store()
    let filter = try ExampleFilter(filter)
    if let number {
      let stored = try store.trainingExample(set: set, number: number)
      if json { Console.line(stored.json.text) } else { Console.write(stored.text) }
      return
    }
    if json {
      var left = limit ?? .max
      try store.forEachExample(set: set, filter: filter) { stored in
        Console.line(stored.json.text)
        left -= 1
        return left > 0 && !Console.isOutputRefused
      }
      return
    }
    let window = try store.exampleWindow(
      set: set, filter: filter, offset: 0, limit: min(limit ?? 50, 10_000))
    for row in window.rows { Console.line(row.line) }
    if window.count > window.rows.count {
      Console.line("… \(Numbers.grouped(window.count)) in all; --limit shows more.")
    } else if window.rows.isEmpty {
      Console.complain(
        filter.isEmpty ? "The set is empty." : "No example of '\(set)' fits the filter.")
    }
  }
}

extension ExampleRow {
  fileprivate var line: String {
    let facts = ["\(number)", state.rawValue, "≈\(tokens)"] + tags.map { "#\($0)" }
    return facts.joined(separator: "  ") + "\t\(question)\t\(isPreference ? "⇄ " : "")\(answer)"
  }
}

extension StoredExample {
  fileprivate var json: JSON {
    [
      "number": .integer(number), "hash": .string(example.hash), "state": .string(state.rawValue),
      "tags": .array(tags.map(JSON.string)), "tokens": .integer(tokens), "lineage": lineage.json,
      "example": example.json,
    ]
  }

  /// For a reader: what is known of it, then its turns.
  fileprivate var text: String {
    var text = "example \(number)  \(state.rawValue)  ≈\(tokens) tokens  "
    text += tags.map { "#\($0)" }.joined(separator: " ") + "\n\(lineage.sentence)\n"
    func add(_ title: String, _ messages: [TrainingMessage]) {
      for message in messages {
        text += "\n── \(title)\(message.role)\n\(message.text)\n"
        if let calls = message.toolCalls { text += calls.text(indent: 2) + "\n" }
      }
    }
    if let tools = example.tools { text += "\n── tools\n\(tools.text(indent: 2))\n" }
    add("", example.input)
    add(example.rejected == nil ? "answer: " : "preferred: ", example.answer)
    add("rejected: ", example.rejected ?? [])
    return text
  }
}
