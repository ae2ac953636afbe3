import ArgumentParser
import Core
import Retrieval
import Runtime

// `whet search`: what the context pane shows, with no screen.

struct SearchCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "search", abstract: "Search an index for passages.")

  @Argument(help: "What to search for.")
  var query: String

  @Option(name: .customShort("k"), help: "Passages at most.")
  var limit: Int?

  @Option(help: "The index's name.")
  var index = IndexFolder.standardName

  @Flag(help: "Print one JSON object a passage, a line each.")
  var json = false

  func validate() throws {
    guard limit ?? 1 >= 1 else { throw ValidationError("-k takes a number from 1 on.") }
  }

  func run() throws {
    let surroundings = try Surroundings()
    let passages = try IndexOption.open(index, in: surroundings.folders)
      .search(query, limit: limit ?? surroundings.configuration.retrieval.limit)
    for (number, passage) in passages.enumerated() {
      if json {
        Console.line(passage.json.text)
      } else {
        if number > 0 { Console.line("") }
        Console.line("\(number + 1). \(heading(of: passage))")
        Console.line(passage.text)
      }
    }
    if passages.isEmpty { Console.complain("whet: no passage has a word of '\(query)'.") }
  }

  private func heading(of passage: Passage) -> String {
    let place = "\(passage.source):\(passage.lines.lowerBound)-\(passage.lines.upperBound)"
    let score = (passage.score * 100).rounded() / 100
    return ([place] + passage.headings).joined(separator: " › ")
      + "  score \(score) · \(passage.tokens) tok"
  }
}
