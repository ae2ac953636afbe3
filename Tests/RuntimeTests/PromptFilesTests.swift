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
      for (text, expected) in [("one", nil), ("two", "one")] {
        let save = PromptSave(path: path, text: text, expected: expected)
        let outcome = try PromptFiles.save(save)
        #expect(outcome == .saved(aside: nil))
      }
      #expect(try text(path) == "two")
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["a.prompt"])
    }
  }

  @Test("What is kept aside is for nobody who may not read the prompt")
  func asidePermissions() throws {
    try inFolder { folder in
      let path = folder + "/a.prompt"
      try "theirs".write(toFile: path, atomically: true, encoding: .utf8)
      try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: path)
      var save = PromptSave(path: path, text: "mine", expected: "theirs")
      save.keepsAside = true
      let aside = folder + "/a.theirs.prompt"
      #expect(try PromptFiles.save(save) == .saved(aside: aside))
      for file in [path, aside] {
        let mode = try FileManager.default.attributesOfItem(atPath: file)[.posixPermissions]
        #expect(mode as? Int == 0o600)
      }
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

  @Test("All partials of a folder are listed by the names that put them in")
  func partialNames() throws {
    try inFolder { folder in
      for name in [
        "_tone.prompt", "rules.prompt", "a.prompt", "notes.md", ".b.prompt", "c d.prompt",
      ] {
        _ = try PromptFiles.save(
          PromptSave(path: "\(folder)/\(name)", text: "x", expected: nil))
      }
      #expect(PromptFiles.partialNames(in: folder, without: "a.prompt") == ["rules", "tone"])
      #expect(PromptFiles.partialNames(in: folder + "/none", without: "a.prompt").isEmpty)
    }
  }

  @Test("A file that was changed outside, or is there already, is left alone")
  func refused() throws {
    try inFolder { folder in
      let path = folder + "/a.prompt"
      try Data("outside".utf8).write(to: URL(filePath: path))
      let changed = PromptSave(path: path, text: "mine", expected: "before")
      #expect(try PromptFiles.save(changed) == .changedOutside("outside"))
      let there = problem {
        _ = try PromptFiles.save(PromptSave(path: path, text: "mine", expected: nil))
      }
      #expect(there?.hasPrefix("\(path) is there already") == true)
      #expect(try text(path) == "outside")
      // What it holds already can be saved any time.
      let same = PromptSave(path: path, text: "outside", expected: "before")
      #expect(try PromptFiles.save(same) == .saved(aside: nil))
    }
  }

  @Test("A file keeps its permissions, and a link goes on to lead to it")
  func permissionsAndLinks() throws {
    try inFolder { folder in
      let (path, link) = (folder + "/a.prompt", folder + "/link.prompt")
      try Data("one".utf8).write(to: URL(filePath: path))
      try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: path)
      try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: path)
      _ = try PromptFiles.save(PromptSave(path: link, text: "two", expected: "one"))
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
        _ = try PromptFiles.save(PromptSave(path: nowhere, text: "x", expected: nil))
      }
      #expect(unwritten == "\(nowhere) can't be written: No such file or directory.")
    }
  }

  @Test("What a file held is kept beside it, under a name that nothing has")
  func keptAside() throws {
    try inFolder { folder in
      let path = folder + "/a.prompt"
      try Data("theirs".utf8).write(to: URL(filePath: path))
      try Data("earlier".utf8).write(to: URL(filePath: folder + "/a.theirs.prompt"))
      let aside = folder + "/a.theirs-2.prompt"
      let save = PromptSave(path: path, text: "mine", expected: "theirs", keepsAside: true)
      #expect(try PromptFiles.save(save) == .saved(aside: aside))
      #expect(try text(path) == "mine")
      #expect(try text(aside) == "theirs")
      #expect(try text(folder + "/a.theirs.prompt") == "earlier")
    }
  }

  @Test("A file that is gone is written anew")
  func gone() throws {
    try inFolder { folder in
      let path = folder + "/a.prompt"
      let outcome = try PromptFiles.save(
        PromptSave(path: path, text: "mine", expected: "before"))
      #expect(outcome == .saved(aside: nil))
      #expect(try text(path) == "mine")
    }
  }

  @Test("Nothing that others write at the same time is lost")
  func race() async throws {
    let stage = try Stage(share: nil)
    defer { stage.remove() }
    let folder = (stage.folders.data as NSString).deletingLastPathComponent
    let path = folder + "/a.prompt"
    try Data("0".utf8).write(to: URL(filePath: path))
    // Everybody adds words to what they found, by a save that must not go wrong unnoticed.
    let saved = try await withThrowingTaskGroup(of: [String].self) { group in
      for writer in 0..<4 {
        group.addTask {
          var saved: [String] = []
          for round in 0..<50 {
            let word = "<\(writer)-\(round)>"
            let found = try String(contentsOfFile: path, encoding: .utf8)
            let save = PromptSave(path: path, text: found + word, expected: found)
            if try PromptFiles.save(save) == .saved(aside: nil) { saved.append(word) }
          }
          return saved
        }
      }
      return try await group.reduce(into: []) { $0 += $1 }
    }
    #expect(!saved.isEmpty)
    let files = try FileManager.default.contentsOfDirectory(atPath: folder)
    // What could not go back into the file stands beside it, where it is seen.
    #expect(files.allSatisfy { $0 == "a.prompt" || $0.hasPrefix("a.theirs") })
    let texts = try files.map { try text(folder + "/" + $0) }
    for word in saved { #expect(texts.contains { $0.contains(word) }, "\(word) is lost") }
  }
}
