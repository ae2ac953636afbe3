import Core
import Foundation
import Testing

@testable import Evaluation

@Suite struct EvaluationReportTests {
  private static let hostile = "=1+1 <b>&\"'\u{1B}[31m\u{0}|`x`\n]]> \u{202E}end"

  private func record() -> EvaluationRecord {
    EvaluationRecord(
      id: "E1", name: "Re<port> | x", startedAt: 5, datasetHash: "abc",
      cases: [
        EvaluationCase(id: "one", inputs: [:], tags: ["easy"]),
        EvaluationCase(id: "two & \"more\"", inputs: [:], tags: ["easy", "hard"]),
      ],
      variants: [
        EvaluationVariant(name: "base", promptText: "", asked: Variant(.echo)),
        EvaluationVariant(name: "next <1>", promptText: "", asked: Variant(.echo)),
      ],
      results: [
        EvaluationResult(
          caseID: "one", variant: "base", output: "fine",
          grade: Grade([
            AssertionResult(
              type: "equals", metric: "exact", passed: true, score: 1, reason: "It is so.")
          ]),
          milliseconds: 1200, usage: Usage(inputTokens: 10, outputTokens: 2),
          cost: Money(dollars: 0.1)),
        EvaluationResult(
          caseID: "two & \"more\"", variant: "base", output: Self.hostile,
          grade: Grade([
            AssertionResult(type: "equals", passed: false, score: 0, reason: Self.hostile)
          ])),
        EvaluationResult(caseID: "one", variant: "next <1>", error: "429 \u{7}"),
      ])
  }

  private func text(_ write: ((String) -> Void) -> Void) -> String {
    var text = ""
    write { text += $0 }
    return text
  }

  @Test func `JSON has the members that other programs read, and is read back`() throws {
    let report = try EvaluationReport(record())
    let written = text { report.writeJSON($0) }
    let json = try JSON(parsing: written)
    let first = try #require(json["results"]?[0])
    #expect(
      first.object?.members.prefix(8).map(\.name) == [
        "case", "variant", "repeat", "output", "pass", "score", "error", "assertions",
      ])
    #expect(first["assertions"]?[0]?["reason"] == "It is so.")
    #expect(json["results"]?[2]?["pass"]?.isNull == true)
    #expect(json["results"]?[2]?["score"]?.isNull == true)
    #expect(json["summary"]?["variants"]?[0]?["pass_rate"]?["mean"] == 0.5)
    let read = try EvaluationRecord(report: written, name: "r.json")
    #expect(read.datasetHash == "abc")
    #expect(read.results.map(\.output) == record().results.map(\.output))
    #expect(read.results.map { $0.grade?.passed } == [true, false, nil])
    #expect(throws: EvaluationFileError.self) {
      try EvaluationRecord(report: "{}", name: "other.json")
    }
  }

  @Test func `JUnit's XML holds anything, well formed`() throws {
    let report = try EvaluationReport(record())
    let xml = text { report.writeJUnit($0) }
    #expect(xml.contains("tests=\"2\" failures=\"1\" errors=\"0\""))
    #expect(xml.contains("tests=\"1\" failures=\"0\" errors=\"1\""))
    #expect(!xml.unicodeScalars.contains { $0.value < 0x20 && $0 != "\n" })
    let check = Process()
    check.executableURL = URL(filePath: "/usr/bin/env")
    check.arguments = [
      "python3", "-c", "import sys, xml.dom.minidom as m; m.parseString(sys.stdin.buffer.read())",
    ]
    let input = Pipe()
    check.standardInput = input
    try check.run()
    try input.fileHandleForWriting.write(contentsOf: Data(xml.utf8))
    try input.fileHandleForWriting.close()
    check.waitUntilExit()
    #expect(check.terminationStatus == 0)
  }

  @Test func `CSV is quoted, and computes nothing`() throws {
    let report = try EvaluationReport(record())
    let csv = text { report.writeCSV($0) }
    let lines = csv.split(separator: "\r\n", omittingEmptySubsequences: true)
    #expect(lines[1].hasPrefix("one,base,1,true,1,,,fine,"))
    #expect(csv.contains("\"two & \"\"more\"\"\",base"))
    #expect(csv.contains("\"'=1+1 <b>"))
    #expect("-3".csv == "-3")
    #expect("-3 apples".csv == "'-3 apples")
  }

  @Test func `Markdown keeps its tables whole`() throws {
    let report = try EvaluationReport(record())
    var lines: [String] = []
    report.writeMarkdown { lines.append($0) }
    for line in lines where line.hasPrefix("|") {
      #expect(line.hasSuffix("|"))
      #expect(!line.contains("\n"))
    }
    #expect(lines.first == "# Re\\<port\\> \\| x\n")
    #expect(lines.contains { $0.contains("could not be measured") })
  }

  @Test func `tags and metrics have figures of their own`() throws {
    let report = try EvaluationReport(record())
    #expect(report.figures[0].tags.map(\.name) == ["easy", "hard"])
    #expect(report.figures[0].tags.map(\.count) == [2, 1])
    #expect(report.figures[0].metrics.map(\.name) == ["exact"])
    #expect(report.figures[1].passRate == nil)
  }
}

extension String {
  fileprivate var csv: String { csvField }
}
