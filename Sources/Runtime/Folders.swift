import Foundation

// Where whet keeps its things, by the XDG base directory specification, and where the files that
// ship with it are.

/// The paths of all that whet reads and keeps.
public struct Folders: Sendable {
  /// `config.yaml`, and `themes/` of one's own.
  public let configuration: String
  /// `sessions.sqlite`.
  public let data: String
  /// What was copied where there is no clipboard.
  public let state: String
  /// A file for each index.
  public var indexes: String
  /// `themes/`, `examples/`, `sessions/` and `embeddings/` as they ship; nil when they can't be found.
  public let share: String?

  /// The folders of a person's own whet.
  ///
  /// - Parameters:
  ///   - environment: `HOME`, `XDG_CONFIG_HOME`, `XDG_DATA_HOME`, `XDG_STATE_HOME` and
  ///     `WHET_SHARE` are read.
  ///   - executable: the program's own path; what ships with it is looked for around it.
  public init(environment: [String: String], executable: String? = Self.executablePath) {
    let home = environment["HOME"] ?? NSHomeDirectory()
    configuration = Self.folder(environment["XDG_CONFIG_HOME"], or: home + "/.config")
    data = Self.folder(environment["XDG_DATA_HOME"], or: home + "/.local/share")
    state = Self.folder(environment["XDG_STATE_HOME"], or: home + "/.local/state")
    indexes = data + "/indexes"
    let share = environment["WHET_SHARE"] ?? executable.flatMap(Self.share(besides:))
    self.share = share.flatMap { Self.holds(["themes", "examples"], $0) ? $0 : nil }
  }

  /// For a program that must leave no traces: everything in one folder.
  public init(allIn folder: String, share: String?) {
    configuration = folder + "/config"
    data = folder + "/data"
    state = folder + "/state"
    indexes = data + "/indexes"
    self.share = share
  }

  public var configurationFile: String { configuration + "/config.yaml" }
  /// The text that was copied last, where that isn't on a clipboard.
  var copiedText: String { state + "/copied.txt" }
  public var store: String { data + "/sessions.sqlite" }
  /// The folder of the tour; nil when what ships with whet can't be found.
  public var tour: String? { share.map { $0 + "/examples/tour" } }
  /// The sessions that ship, to learn from; nil when they can't be found.
  var lessons: String? { share.map { $0 + "/sessions" } }
  /// The rubric for judge models that ships; nil when it can't be found.
  var rubric: String? { share.map { $0 + "/examples/judge/answers.prompt" } }
  /// The table of the built-in embedding; nil when what ships with whet can't be found.
  public var staticEmbedding: String? { share.map { $0 + "/embeddings/static.table" } }

  /// The specification has paths that aren't absolute ignored.
  private static func folder(_ path: String?, or fallback: String) -> String {
    (path.flatMap { $0.hasPrefix("/") ? $0 : nil } ?? fallback) + "/whet"
  }

  /// The file of the program that runs, links followed; nil where `/proc` doesn't tell.
  public static var executablePath: String? {
    try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
  }

  private static func holds(_ names: [String], _ folder: String) -> Bool {
    names.allSatisfy { FileManager.default.fileExists(atPath: folder + "/" + $0) }
  }

  /// `../share/whet` beside an installed program; the checkout around one that was only built.
  private static func share(besides executable: String) -> String? {
    var folder = (executable as NSString).deletingLastPathComponent
    let installed = ((folder as NSString).deletingLastPathComponent) + "/share/whet"
    if FileManager.default.fileExists(atPath: installed + "/themes") { return installed }
    while folder != "/", !folder.isEmpty {
      if holds(["Package.swift", "themes", "examples"], folder) { return folder }
      folder = (folder as NSString).deletingLastPathComponent
    }
    return nil
  }
}
