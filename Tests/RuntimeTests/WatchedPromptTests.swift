import Core
import Foundation
import Glibc
import Playground
import Testing

@testable import Runtime

// A prompt's real file, changed in the ways in which programs change files, while it is open.

@Suite("A prompt's file is watched")
struct WatchedPromptTests {
  /// Opens a file that holds `one`, and gives its path.
  private func watched(
    _ work: (Workbench, String) throws -> Void
  ) throws {
    let bench = try Workbench()
    defer { bench.remove() }
    let path = bench.path + "/a.prompt"
    try write("one", to: path)
    bench.perform(.watchPrompt(path: path))
    try bench.runUntilIdle()
    try work(bench, path)
  }

  private func write(_ text: String, to path: String, atomically: Bool = false) throws {
    try Data(text.utf8).write(to: URL(filePath: path), options: atomically ? .atomic : [])
  }

  private func found(in bench: Workbench) -> [String?] {
    bench.events.compactMap { event -> String?? in
      if case .promptFileFound(let file) = event { .some(file.text) } else { nil }
    }
  }

  @Test("What it holds is told at once, and again when it is written or replaced")
  func written() throws {
    try watched { bench, path in
      #expect(found(in: bench) == ["one"])
      try write("two", to: path)
      try bench.runUntilIdle()
      try write("three", to: path, atomically: true)
      try bench.runUntilIdle()
      // As an editor with a backup does it.
      #expect(rename(path, path + "~") == 0)
      try write("four", to: path)
      try bench.runUntilIdle()
      #expect(found(in: bench) == ["one", "two", "three", "four"])
    }
  }

  @Test("A file that is gone is told, and so is its return")
  func gone() throws {
    try watched { bench, path in
      try FileManager.default.removeItem(atPath: path)
      try bench.runUntilIdle()
      try write("back", to: path)
      try bench.runUntilIdle()
      #expect(found(in: bench) == ["one", nil, "back"])
    }
  }

  @Test("A file behind a link is watched where it is")
  func link() throws {
    let bench = try Workbench()
    defer { bench.remove() }
    let folder = bench.path + "/elsewhere"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    let (path, link) = (folder + "/a.prompt", bench.path + "/link.prompt")
    try write("one", to: path)
    try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: path)
    bench.perform(.watchPrompt(path: link))
    try bench.runUntilIdle()
    try write("two", to: path)
    try bench.runUntilIdle()
    #expect(found(in: bench) == ["one", "two"])
  }

  @Test("Other prompts of the folder are told apart, and other files not at all")
  func siblings() throws {
    try watched { bench, path in
      try write("x", to: bench.path + "/notes.txt")
      try bench.runUntilIdle()
      #expect(!bench.events.contains(.promptFolderChanged))
      try write("x", to: bench.path + "/_partial.prompt")
      try bench.runUntilIdle()
      #expect(bench.events.contains(.promptFolderChanged))
      #expect(found(in: bench) == ["one"])
    }
  }

  @Test("A file that is no text any more is said to be none")
  func noText() throws {
    try watched { bench, path in
      try Data([0xFF, 0xFE]).write(to: URL(filePath: path))
      try bench.runUntilIdle()
      #expect(bench.notices.map(\.text) == ["\(path) is not UTF-8 text."])
    }
  }

  @Test("A save that finds the file changed tells what it holds, and writes nothing")
  func savedOver() throws {
    try watched { bench, path in
      bench.perform(.savePrompt(PromptSave(path: path, text: "mine", expected: "before")))
      try bench.runUntilIdle()
      #expect(
        bench.events.contains(
          .promptFileFound(PromptFileState(path: path, text: "one", isSaving: true))))
      #expect(try String(contentsOfFile: path, encoding: .utf8) == "one")
    }
  }

  @Test("What another whet typed and did not save is kept as a version, and told of")
  func sharedDraft() throws {
    let bench = try Workbench()
    defer { bench.remove() }
    func save(_ text: String) throws {
      bench.perform(.saveDraft(Draft(name: "a.prompt", promptText: text)))
      try bench.runUntilIdle()
    }
    try save("one")
    try save("two")
    #expect(bench.notices.isEmpty)
    try bench.store.saveDraft(Draft(name: "a.prompt", promptText: "theirs"))
    try save("three")
    try save("four")
    #expect(
      bench.notices.map(\.text) == [
        "What another whet typed into a.prompt and did not save is kept as v2: M-h shows it."
      ])
    let versions = try bench.store.versions(of: "a.prompt")
    #expect(versions.map(\.note).contains("typed in another whet, and not saved"))
  }

  @Test("A draft that another whet saved over is back once this one is ended, if it was not saved")
  func endedLast() throws {
    let bench = try Workbench()
    defer { bench.remove() }
    var mine = Draft(name: "a.prompt", promptText: "mine")
    bench.perform(.saveDraft(mine))
    try bench.runUntilIdle()
    let theirs = Draft(name: "a.prompt", promptText: "theirs", savedText: "theirs")
    let other = try bench.store
    #expect(try other.loadDraft(named: "a.prompt") == mine)
    try other.saveDraft(theirs)
    bench.perform(.saveDraft(mine))
    try bench.runUntilIdle()
    #expect(try bench.store.loadDraft(named: "a.prompt") == mine)
    // One that has nothing to lose leaves the other's alone.
    mine.savedText = "mine"
    bench.perform(.saveDraft(mine))
    try bench.runUntilIdle()
    _ = try other.loadDraft(named: "a.prompt")
    try other.saveDraft(theirs)
    bench.perform(.saveDraft(mine))
    try bench.runUntilIdle()
    #expect(try bench.store.loadDraft(named: "a.prompt") == theirs)
    #expect(bench.notices.isEmpty)
  }
}
