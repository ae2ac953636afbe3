import ArgumentParser
import Core
import Retrieval
import Runtime

// `whet index doctor`: what is odd about the passages of an index.

struct IndexDoctorCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "doctor",
    abstract: "Look for passages that make an index worse; needs no queries, changes nothing.")

  @Option(help: "The index's name.")
  var index = IndexFolder.standardName

  @Option(help: "The cuts to look at (default: the index's first).")
  var chunking: Chunking?

  @Flag(help: "Print one JSON object a finding, a line each.")
  var json = false

  func run() throws {
    let interruption = Interruption()
    let diagnosis = try IndexOption.open(index, in: Surroundings())
      .diagnose(chunking, isCancelled: { interruption.hasCome })
    for finding in diagnosis.findings {
      if json { Console.line(finding.json.text) } else { show(finding) }
    }
    if !json, diagnosis.findings.isEmpty {
      Console.line("\(index): nothing is odd about its \(diagnosis.passages) passages.")
    }
  }

  private func show(_ finding: IndexFinding) {
    Console.line(
      "\(finding.kind.rawValue): \(finding.count) (looked at \(finding.examined) passages)")
    Console.line("  \(finding.kind.reason)")
    Console.line("  to do: \(finding.kind.advice)")
    for example in finding.examples {
      let places = example.places.map(\.description).joined(separator: ", ")
      Console.line("  - \(places): \(example.figure)")
      Console.line("    \(example.excerpt)")
    }
  }
}

extension IndexFinding {
  fileprivate var json: JSON {
    [
      "kind": .string(kind.rawValue), "count": .integer(count), "examined": .integer(examined),
      "reason": .string(kind.reason), "advice": .string(kind.advice),
      "examples": .array(
        examples.map { example in
          [
            "places": .array(example.places.map(\.json)), "figure": .string(example.figure),
            "text": .string(example.excerpt),
          ]
        }),
    ]
  }
}

extension PassagePlace {
  fileprivate var json: JSON {
    var members: JSON.Object = [
      "passage": .integer(Int(passage)), "source": .string(source),
      "start_line": .integer(lines.lowerBound), "end_line": .integer(lines.upperBound),
    ]
    members["row"] = row.map(JSON.string)
    return .object(members)
  }
}
