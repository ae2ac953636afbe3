import Core
import Foundation
import Testing

// `whet versions`: the texts of a prompt that were run, listed, told apart, put back.

@Suite struct VersionsCommandTests {
  private let home: WhetHome

  init() throws {
    home = try WhetHome()
    for text in ["Greet {{name}}.\nBe kind.\n", "Greet {{name}} warmly.\nBe kind.\n"] {
      try home.write(text, to: "greet.prompt")
      let result = try home.run(
        "run", "greet.prompt", "--var", "name=Ada", "-M", "builtin/echo")
      try #require(result.status == 0)
    }
  }

  private var file: String {
    get throws { try String(contentsOfFile: home.path("greet.prompt"), encoding: .utf8) }
  }

  @Test func `versions are listed, newest first`() throws {
    let list = try home.run("versions", "greet.prompt")
    #expect(list.status == 0)
    #expect(list.lines.count == 2)
    #expect(list.lines[0].hasPrefix("v2  ") && list.lines[0].hasSuffix("  1 run\twarmly"))
    #expect(list.lines[1].hasPrefix("v1  "))
    let json = try home.run("versions", "greet.prompt", "--json").lines
      .map { try JSON(parsing: String($0)) }
    #expect(json.map { $0["number"]?.integer } == [2, 1])
    #expect(json[0]["parent"] == json[1]["hash"])
    #expect(json[0]["runs"]?.integer == 1)
    #expect(try home.run("versions", "other.prompt").output.contains("There are none"))
  }

  @Test func `a version is shown, and told apart from another`() throws {
    #expect(
      try home.run("versions", "greet.prompt", "--show", "1").output
        == "Greet {{name}}.\nBe kind.\n")
    let difference = "- Greet {{name}}.\n+ Greet {{name}}{+ warmly+}.\n  Be kind.\n"
    #expect(try home.run("versions", "greet.prompt", "--diff", "1", "2").output == difference)
    #expect(try home.run("versions", "greet.prompt", "--diff", "v2").output == difference)
    let missing = try home.run("versions", "greet.prompt", "--show", "9")
    #expect(missing.status == 1)
    #expect(missing.errors.contains("no version '9'"))
    #expect(try home.run("versions", "greet.prompt", "--show", "1", "--restore", "1").status == 2)
  }

  @Test func `a version is put back, but never over a text that was not run`() throws {
    let before = try file
    #expect(
      try home.run("versions", "greet.prompt", "--restore", "1").output
        == "Greet {{name}}.\nBe kind.\n")
    #expect(try file == before)
    try home.write("Not run yet.", to: "greet.prompt")
    let refused = try home.run("versions", "greet.prompt", "--restore", "1", "--write")
    #expect(refused.status == 1)
    #expect(refused.errors.contains("never run"))
    #expect(try file == "Not run yet.")
    try home.write(before, to: "greet.prompt")
    #expect(try home.run("versions", "greet.prompt", "--restore", "1", "--write").status == 0)
    #expect(try file == "Greet {{name}}.\nBe kind.\n")
  }
}
