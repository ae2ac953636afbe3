import ArgumentParser
import Core
import Foundation
import Playground
import Runtime
import Sessions

// `whet sessions search`: runs by their words and by what is known of them.

extension SessionsCommand {
  struct Search: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "search", abstract: "Find runs by words, phrases and filters, newest first.",
      discussion: """
        All of the words have to be in a run: in its prompt and inputs, its answer, its passages, or
        its note and tags. Filters: \(RunQuery.filterNames.map(\.name).joined(separator: " ")) as in

          whet sessions search 'thirty "working days" model:llama rating:bad after:7d cost:>0.01'
        """)

    @Argument(help: "Words, \"phrases\" and filters.")
    var query: [String]

    @Option(help: "At most so many runs.")
    var limit = 50

    @Flag(help: "Print a line of JSON for each run.")
    var json = false

    func validate() throws {
      guard 1...100_000 ~= limit else {
        throw ValidationError("--limit takes a number from 1 to 100000.")
      }
    }

    func run() throws {
      let now = Date().timeIntervalSince1970
      // A shell takes quotes away: an argument with blanks in it was one phrase, unless it is all.
      let line =
        query.count == 1
        ? query[0]
        : query.map { $0.contains(" ") && !$0.contains("\"") ? "\"\($0)\"" : $0 }
          .joined(separator: " ")
      // Nobody types on: the last word is whole.
      let query = try RunQuery(
        line: line + " ", now: now, timeZone: LocalTime.system.offset(at: now))
      guard !query.isEmpty else { throw CommandError("There is nothing to look for in '\(line)'.") }
      let store = try SessionsCommand.store()
      while try store.indexEarlierRuns(limit: 500) > 0 {}
      let hits = try store.find(query, limit: limit)
      for hit in hits {
        Console.line(json ? hit.json.text : Self.line(for: hit))
      }
      if hits.isEmpty { Console.complain("No run fits.") }
    }

    private static func line(for hit: RunHit) -> String {
      let facts = [
        hit.run, LocalTime.system.minute(hit.startedAt), hit.model.description,
        hit.finishReason?.rawValue ?? "streaming", Numbers.total(hit.cost),
        hit.rating?.word ?? "", hit.score.map { "\($0)/5" } ?? "",
      ]
      let field = hit.field.map { $0 == .answer ? "" : "\($0.rawValue): " } ?? ""
      return facts.filter { !$0.isEmpty }.joined(separator: "  ") + "\t\(field)\(hit.snippet)"
    }
  }
}

extension RunHit {
  fileprivate var json: JSON {
    [
      "run": .string(run), "session": .string(session), "session_name": .string(sessionName),
      "started_at": .number(startedAt), "model": .string(model.description),
      "finish_reason": JSON(finishReason?.rawValue), "rating": JSON(rating?.word),
      "score": JSON(score),
      "field": JSON(field?.rawValue), "snippet": .string(snippet),
    ]
  }
}
