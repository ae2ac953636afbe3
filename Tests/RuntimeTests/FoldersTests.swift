import Foundation
import Testing

@testable import Runtime

@Suite("Folders")
struct FoldersTests {
  @Test("The XDG variables name the folders; without them they are below the home")
  func xdg() {
    let named = Folders(
      environment: [
        "HOME": "/home/me", "XDG_CONFIG_HOME": "/c", "XDG_DATA_HOME": "/d", "WHET_SHARE": "/s",
      ])
    #expect(named.configurationFile == "/c/whet/config.yaml")
    #expect(named.store == "/d/whet/sessions.sqlite")
    #expect(named.indexes == "/d/whet/indexes")
    #expect(named.tour == nil, "nothing that ships with whet is in /s")
    let plain = Folders(environment: ["HOME": "/home/me"], executable: nil)
    #expect(plain.configuration == "/home/me/.config/whet")
    #expect(plain.data == "/home/me/.local/share/whet")
    #expect(plain.share == nil && plain.tour == nil)
  }

  @Test("Paths that are not absolute count as not set", arguments: ["relative", "", "./x"])
  func relative(path: String) {
    let folders = Folders(
      environment: ["HOME": "/home/me", "XDG_CONFIG_HOME": path, "XDG_DATA_HOME": path])
    #expect(folders.configuration == "/home/me/.config/whet")
    #expect(folders.data == "/home/me/.local/share/whet")
  }

  @Test("What ships is found beside an installed program, and around one that was built")
  func share() throws {
    let stage = try Stage(share: nil)
    defer { stage.remove() }
    let root = (stage.folders.data as NSString).deletingLastPathComponent
    for folder in [
      "usr/bin", "usr/share/whet/themes", "usr/share/whet/examples", "checkout/themes",
      "checkout/examples",
    ] {
      try FileManager.default.createDirectory(
        atPath: "\(root)/\(folder)", withIntermediateDirectories: true)
    }
    try Data().write(to: URL(filePath: root + "/checkout/Package.swift"))
    func share(_ executable: String) -> String? {
      Folders(environment: [:], executable: root + executable).share
    }
    #expect(share("/usr/bin/whet") == root + "/usr/share/whet")
    #expect(share("/checkout/.build/debug/whet") == root + "/checkout")
    #expect(share("/elsewhere/whet") == nil)
  }

  @Test("An index's name is a file's name that is safe anywhere")
  func indexNames() {
    let folder = IndexFolder("/i")
    #expect(folder.file(of: "hand-book_2.0") == "/i/hand-book_2.0.sqlite")
    #expect(folder.file(of: "日本語") == "/i/日本語.sqlite")
    for name in [
      "", ".", "..", ".hidden", "a/b", "../x", "a b", "a\u{0}b", "a\nb", "a*",
      String(repeating: "x", count: 101),
    ] {
      #expect(folder.file(of: name) == nil)
    }
  }

  @Test("The indexes of a folder are listed by name")
  func names() throws {
    let stage = try Stage(share: nil)
    defer { stage.remove() }
    let path = stage.folders.indexes
    #expect(IndexFolder(path).names.isEmpty)
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    for file in ["b.sqlite", "a.sqlite", "a.sqlite-wal", "notes.txt"] {
      try Data().write(to: URL(filePath: path + "/" + file))
    }
    #expect(IndexFolder(path).names == ["a", "b"])
  }

  @Test("A stage leaves no trace")
  func stage() throws {
    let stage = try Stage(share: "/s")
    let root = (stage.folders.data as NSString).deletingLastPathComponent
    #expect(FileManager.default.fileExists(atPath: root))
    stage.remove()
    #expect(!FileManager.default.fileExists(atPath: root))
  }
}
