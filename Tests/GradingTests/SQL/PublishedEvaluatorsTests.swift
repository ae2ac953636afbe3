import Core
import Evaluation
import Foundation
import Grading
import Testing

// Whether queries are graded as the published evaluators of Spider grade them. WHET_TEST_SQL_EVALUATORS
// names a folder with checkouts of github.com/taoyds/test-suite-sql-eval and spider, and with a Python that
// has sqlparse, tqdm and nltk in `venv`; WHET_TEST_COLLECTIONS one with Spider in `spider`.

private let evaluators = ProcessInfo.processInfo.environment["WHET_TEST_SQL_EVALUATORS"]
private let collections = ProcessInfo.processInfo.environment["WHET_TEST_COLLECTIONS"]

@Suite(
  .enabled(
    if: evaluators != nil && collections != nil,
    "WHET_TEST_SQL_EVALUATORS and WHET_TEST_COLLECTIONS are not set: evaluators are not compared"))
struct PublishedEvaluatorsTests {
  private struct Tally {
    var pairs = 0
    var right = 0
    var disagreements: [String] = []
  }

  /// What the evaluators say, as lines of JSON.
  private func verdicts() throws -> [JSON] {
    let folder = try #require(evaluators)
    let process = Process()
    process.executableURL = URL(filePath: folder + "/venv/bin/python")
    let script = URL(filePath: #filePath).resolvingSymlinksInPath().deletingLastPathComponent()
      .appending(path: "../../../tools/grading/published_evaluators.py").standardized.path
    process.arguments = [script, folder, try #require(collections) + "/spider"]
    let output = Pipe()
    process.standardOutput = output
    try process.run()
    let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    #expect(process.terminationStatus == 0)
    return try text.split(separator: "\n").map { try JSON(parsing: String($0)) }
  }

  @Test func `grades are those of the published evaluators`() throws {
    let grader = SQLExecutionGrader()
    var tallies: [String: Tally] = [:]
    for verdict in try verdicts() {
      for (name, keepsDistinct) in [("keeping", true), ("leaving", false), ("first", true)] {
        guard let published = verdict[name]?.integer else { continue }
        var assertion = Assertion("sql-execution", value: verdict["gold"])
        assertion.config["database"] = verdict["databases"]
        assertion.config["keep_distinct"] = .bool(keepsDistinct)
        let predicted = try #require(verdict["predicted"]?.string)
        let (score, reason) = try grader.grade(
          predicted: predicted, assertion: assertion, baseDirectory: "")
        tallies[name, default: Tally()].pairs += 1
        tallies[name]?.right += published
        // Without DISTINCT they run the first statement only; with it, what follows is an error, as
        // here.
        let isKnown =
          name == "leaving"
          && ["second statement", "two semicolons"].contains(verdict["mutation"]?.string)
        if Int(score) != published, !isKnown {
          tallies[name]?.disagreements.append(
            "\(verdict["mutation"]?.string ?? ""): they say \(published), we say \(Int(score)): "
              + "\(reason) gold: \(verdict["gold"]?.string ?? "") predicted: \(predicted)")
        }
      }
    }
    for (name, tally) in tallies.sorted(by: { $0.key < $1.key }) {
      print(
        "\(name): \(tally.pairs) pairs, \(tally.right) right, \(tally.disagreements.count) disagreements"
      )
      for line in tally.disagreements { print("  \(name): \(line)") }
    }
    // The first evaluator of Spider holds rows to their order also where none was asked for, and
    // knows columns by their names: it is told of, and held to nothing.
    for name in ["keeping", "leaving"] {
      let tally = try #require(tallies[name])
      #expect(tally.pairs > 5000)
      // They sort the values of a row by how they are spelled, so that 1 and 1.0 may miss each other.
      #expect(tally.disagreements.count * 1000 <= tally.pairs)
    }
  }
}
