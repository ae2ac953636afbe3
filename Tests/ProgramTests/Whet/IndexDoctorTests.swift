import Core
import Foundation
import Testing

// `whet index doctor`, and chunkings on the command line.

@Suite struct IndexDoctorTests {
  private let home: WhetHome

  init() throws {
    home = try WhetHome()
    try home.write("Leeks grow in winter.\n", to: "docs/a.md")
    try home.write("Leeks grow in winter!\n", to: "docs/b.md")
    try home.write(
      "Knead the dough for ten minutes and let it rest for an hour.\n", to: "docs/c.md")
  }

  @Test func `each finding says where, how much, why and what to do`() throws {
    #expect(try home.run("index", "add", "docs").status == 0)
    let result = try home.run("index", "doctor")
    #expect(result.status == 0)
    #expect(result.output.hasPrefix("duplicate: 1 (looked at 3 passages)\n"))
    #expect(result.output.contains("to do: "))
    #expect(result.output.contains("docs/a.md:1, docs/b.md:1: 2 times"))
  }

  @Test func `findings are JSON lines, and none are none`() throws {
    #expect(try home.run("index", "add", "docs").status == 0)
    let lines = try home.run("index", "doctor", "--json").output.split(separator: "\n")
    let first = try JSON(parsing: String(try #require(lines.first)))
    #expect(first["kind"]?.string == "duplicate")
    #expect(first["examples"]?[0]?["places"]?[1]?["source"]?.string == "docs/b.md")

    #expect(try home.run("index", "add", "docs/c.md", "--index", "good").status == 0)
    #expect(
      try home.run("index", "doctor", "--index", "good").output
        == "good: nothing is odd about its 1 passages.\n")
  }

  @Test func `chunkings stand beside each other`() throws {
    #expect(try home.run("index", "add", "docs", "--chunking", "recursive-200-20").status == 0)
    #expect(try home.run("index", "add", "--chunking", "document").status == 0)
    #expect(try home.run("index", "list").output.hasSuffix("\trecursive-200-20, document\n"))
    let refused = try home.run("index", "add", "docs", "--chunking", "words-7")
    #expect(refused.status != 0)
    #expect(refused.errors.contains("words-7"))
  }
}
