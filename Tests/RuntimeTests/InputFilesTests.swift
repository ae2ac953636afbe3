import Core
import Foundation
import Playground
import Testing

@testable import Runtime

@Suite("Files of inputs")
struct InputFilesTests {
  private func inFolder(_ body: (String) throws -> Void) throws {
    let folder = NSTemporaryDirectory() + "whet-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try body(folder)
  }

  private func problem(_ body: () throws -> String) -> String {
    do { return "no error: \(try body())" } catch { return "\(error)" }
  }

  @Test("A path is relative to the prompt's folder; ~ is the home folder")
  func paths() {
    #expect(InputFiles.absolute("../n.md", promptPath: "/a/b/p.prompt") == "/a/n.md")
    #expect(InputFiles.absolute("/n.md", promptPath: "/a/p.prompt") == "/n.md")
    #expect(
      InputFiles.absolute("~/n.md", promptPath: "/a/p.prompt")
        == FileManager.default.homeDirectoryForCurrentUser.path + "/n.md")
    let here = FileManager.default.currentDirectoryPath
    #expect(InputFiles.absolute("n.md", promptPath: nil) == here + "/n.md")
  }

  @Test("What is no text, or too much of it, is refused with a sentence")
  func refusals() throws {
    try inFolder { folder in
      let prompt = folder + "/p.prompt"
      try Data("text".utf8).write(to: URL(filePath: folder + "/n.md"))
      #expect(try InputFiles.text(at: "n.md", promptPath: prompt) == "text")
      try Data([0x61, 0x00]).write(to: URL(filePath: folder + "/zero"))
      try Data([0xFF, 0xFE]).write(to: URL(filePath: folder + "/bytes"))
      let large = Data(repeating: 0x61, count: InputFile.mostBytes + 1)
      try large.write(to: URL(filePath: folder + "/large"))
      func problem(_ path: String) -> String {
        self.problem { try InputFiles.text(at: path, promptPath: prompt) }
      }
      #expect(problem("zero").contains("zero bytes"))
      #expect(problem("bytes").contains("not UTF-8"))
      #expect(problem("large").contains("over 4 MB"))
      #expect(problem("absent").hasPrefix("There is no file absent. "))
      #expect(problem("absent").hasSuffix("is written with @@."))
      #expect(problem(".").contains("no file of text"))
    }
  }

  @Test("Each file that fields name is told of, by the path as it was typed")
  func reading() throws {
    let bench = try Workbench()
    defer { bench.remove() }
    let prompt = bench.path + "/documents/p.prompt"
    bench.perform(
      .readInputs(InputReading(number: 4, paths: ["returns.md", "absent"], promptPath: prompt)))
    try bench.runUntilIdle()
    guard case .inputsRead(4, let files)? = bench.events.last else {
      Issue.record("nothing was read")
      return
    }
    #expect(
      files["returns.md"]
        == .text("# Returns\n\nYou have thirty days to return a wheel.\n", tokens: 13))
    guard case .problem? = files["absent"] else {
      Issue.record("a file that isn't there was read")
      return
    }
  }

  @Test("A dataset is told of with its path from the root, or why there is none")
  func dataset() throws {
    let bench = try Workbench()
    defer { bench.remove() }
    let path = bench.path + "/documents/cases.csv"
    try Data("a,b\n1,2\n".utf8).write(to: URL(filePath: path))
    bench.perform(
      .readDataset(
        DatasetReading(number: 1, path: "cases.csv", promptPath: bench.path + "/documents/p")),
      .readDataset(DatasetReading(number: 2, path: bench.path + "/documents", promptPath: nil)))
    try bench.runUntilIdle()
    let expected = Dataset(
      name: "cases.csv", cases: [DatasetCase(values: ["a": "1", "b": "2"])])
    #expect(bench.events.first == .datasetRead(number: 1, expected, path: path))
    #expect(
      bench.events.last
        == .datasetFailed(number: 2, problem: "\(bench.path)/documents is no file of text."))
  }
}
