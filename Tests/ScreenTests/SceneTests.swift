import Foundation
import Play
import Screen
import Testing

// Each script shows the frames that are kept beside it. WHET_RECORD=1 keeps the frames of today
// instead: look at each of them before it is committed.

@Suite("Scenes")
struct SceneTests {
  @Test("A script shows the frames that are kept beside it", arguments: try Scene.all())
  func frames(of scene: Scene) throws {
    var shown: [String: String] = [:]
    for size in try scene.sizes {
      let frames = try scene.play(size: size).map(Picture.init)
      for (frame, again) in zip(frames, try scene.play(size: size).map(Picture.init))
      where frame != again {
        Issue.record("two plays of \(scene.name) differ\n\(difference(frame.text, again.text))")
      }
      for frame in frames {
        #expect(
          shown.updateValue(frame.text, forKey: frame.file) == nil,
          "\(scene.name) has two screens named \(frame.file)")
      }
    }
    guard ProcessInfo.processInfo.environment["WHET_RECORD"] == nil else {
      try record(shown, of: scene)
      Issue.record("WHET_RECORD is set: the frames of \(scene.name) were kept, not compared")
      return
    }
    let kept = try scene.keptFiles
    #expect(Set(kept) == Set(shown.keys), "the frames that are kept are not those that are shown")
    for file in kept {
      guard let text = shown[file] else { continue }
      let expected = try String(contentsOfFile: "\(scene.folder)/\(file)", encoding: .utf8)
      if text != expected {
        Issue.record("\(scene.name)/\(file) differs\n\(difference(expected, text))")
      }
    }
  }

  private func record(_ shown: [String: String], of scene: Scene) throws {
    for file in try scene.keptFiles {
      try FileManager.default.removeItem(atPath: "\(scene.folder)/\(file)")
    }
    for (file, text) in shown {
      try Data(text.utf8).write(to: URL(filePath: "\(scene.folder)/\(file)"))
    }
  }

  /// Both frames, and the rows in which they differ.
  private func difference(_ expected: String, _ shown: String) -> String {
    let old = expected.split(separator: "\n", omittingEmptySubsequences: false)
    let new = shown.split(separator: "\n", omittingEmptySubsequences: false)
    var text = "expected:\n\(expected)\nshown:\n\(shown)\nrows that differ:\n"
    for row in 0..<max(old.count, new.count) {
      let (before, after) = (row < old.count ? old[row] : "", row < new.count ? new[row] : "")
      if before != after { text += "\(row) - \(before)\n\(row) + \(after)\n" }
    }
    return text
  }
}

/// A frame as it is kept: its text, and where the cursor stands.
private struct Picture: Equatable {
  var file: String
  var text: String

  init(_ frame: Play.Frame) {
    let grid = frame.grid
    file = "\(frame.name)-\(grid.size.width)x\(grid.size.height).txt"
    text = grid.text + "cursor \(grid.cursor.map { "\($0.x) \($0.y)" } ?? "hidden")\n"
  }
}

extension Scene {
  fileprivate var keptFiles: [String] {
    get throws {
      try FileManager.default.contentsOfDirectory(atPath: folder)
        .filter { $0.hasSuffix(".txt") }.sorted()
    }
  }
}
