import Foundation
import Playground
import Testing

@testable import Runtime

@Suite("Prompt files")
struct PromptFilesTests {
  private func inFolder(_ work: (String) throws -> Void) throws {
    let stage = try Stage(share: nil)
    defer { stage.remove() }
    let folder = (stage.folders.data as NSString).deletingLastPathComponent
    try work(folder)
  }

  private func problem(_ work: () throws -> Void) -> String? {
    do {
      try work()
      return nil
    } catch {
      return "\(error)"
    }
  }

  private func text(_ path: String) throws -> String {
    try String(contentsOfFile: path, encoding: .utf8)
  }

  @Test("A prompt is written whole, and nothing is left beside it")
  func save() throws {
    try inFolder { folder in
      let path = folder + "/a.prompt"
      try PromptFiles.save(PromptSave(path: path, text: "one", expected: nil))
      try PromptFiles.save(PromptSave(path: path, text: "two", expected: "one"))
      #expect(try text(path) == "two")
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["a.prompt"])
    }
  }

  @Test("Partials are files beside the prompt, those that they put in themselves too")
  func partials() throws {
    try inFolder { folder in
      func write(_ text: String, to name: String) throws {
        try text.write(toFile: "\(folder)/\(name)", atomically: true, encoding: .utf8)
      }
      try write("A {{> b}} {{> a}}", to: "_a.prompt")
      try write("no", to: "a.prompt")
      try write("B", to: "b.prompt")
      try write("unasked", to: "_c.prompt")
      try write(String(repeating: "x", count: 2 << 20), to: "_large.prompt")
      try FileManager.default.createDirectory(
        atPath: folder + "/sub", withIntermediateDirectories: true)
      try write("no", to: "sub/_x.prompt")
      let text = "{{> a}}{{> gone}}{{> sub/x}}{{> ../x}}{{> large}}{{> .hidden}}"
      #expect(
        PromptFiles.partials(of: text, in: folder) == ["a": "A {{> b}} {{> a}}", "b": "B"])
    }
  }

  @Test("A file that was changed outside, or is there already, is left alone")
  func refused() throws {
    try inFolder { folder in
      let path = folder + "/a.prompt"
      try Data("outside".utf8).write(to: URL(filePath: path))
      let changed = problem {
        try PromptFiles.save(PromptSave(path: path, text: "mine", expected: "before"))
      }
      #expect(changed?.hasPrefix("\(path) was changed outside") == true)
      let there = problem {
        try PromptFiles.save(PromptSave(path: path, text: "mine", expected: nil))
      }
      #expect(there?.hasPrefix("\(path) is there already") == true)
      #expect(try text(path) == "outside")
      // What it holds already can be saved any time.
      try PromptFiles.save(PromptSave(path: path, text: "outside", expected: "before"))
    }
  }

  @Test("A file keeps its permissions, and a link goes on to lead to it")
  func permissionsAndLinks() throws {
    try inFolder { folder in
      let (path, link) = (folder + "/a.prompt", folder + "/link.prompt")
      try Data("one".utf8).write(to: URL(filePath: path))
      try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: path)
      try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: path)
      try PromptFiles.save(PromptSave(path: link, text: "two", expected: "one"))
      #expect(try text(path) == "two")
      #expect(try FileManager.default.destinationOfSymbolicLink(atPath: link) == path)
      let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
      #expect(mode == 0o600)
    }
  }

  @Test("What can't be read or written is told in a sentence")
  func problems() throws {
    try inFolder { folder in
      #expect(
        problem { _ = try PromptFiles.read(folder + "/none") } == "There is no file \(folder)/none."
      )
      #expect(
        problem { _ = try PromptFiles.read(folder) }
          == "\(folder) is no file of text.")
      try Data([0x66, 0xFF, 0xFE]).write(to: URL(filePath: folder + "/latin"))
      #expect(
        problem { _ = try PromptFiles.read(folder + "/latin") }
          == "\(folder)/latin is not UTF-8 text.")
      let large = folder + "/large"
      try Data().write(to: URL(filePath: large))
      #expect(truncate(large, off_t(PromptFiles.mostBytes) + 1) == 0)
      #expect(
        problem { _ = try PromptFiles.read(large) }
          == "\(large) is too large: over 16 MB.")
      let nowhere = folder + "/no/folder/a.prompt"
      let unwritten = problem {
        try PromptFiles.save(PromptSave(path: nowhere, text: "x", expected: nil))
      }
      #expect(unwritten == "\(nowhere) can't be written: No such file or directory.")
    }
  }
}
