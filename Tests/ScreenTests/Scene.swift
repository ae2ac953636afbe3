import Core
import Foundation
import Play
import Playground
import Retrieval
import Runtime
import Screen
import Sessions
import Testing

// A folder of `Scripts`: a script, what it is played on, and the frames that are expected of it.

/// What a script is played on stands in comments at its top:
///
///     # sizes 60x20 105x30    the screens, each of which is played (105x30)
///     # prompt FILE           a prompt beside the script, in place of the tour's; it is played on a
///                             copy, which stands among copies of all that is beside the script
///     # models NAMES          the models of the first columns
///     # offered NAMES         more models to pick from
///     # index NAME            an index, which need not exist; `none` for none
///     # vectors CHUNKINGS     an index of the tour that is cut in these ways, with the vectors that
///                             are built in
///     # budget TOKENS         what the passages may come to
///     # keys vi               modal editing
///     # judgments FILE        a file beside the script: what was judged for the tour's index
///     # session FILE          a session file beside the script, imported before it begins
///     # evaluation FILE       an evaluation beside the script, kept before it begins
///     # training FILE         examples beside the script, a training set of the file's name
struct Scene: CustomTestStringConvertible, Sendable {
  let name: String
  let folder: String
  private let script: String
  private let settings: [String: String]

  static let root = URL(filePath: #filePath).deletingLastPathComponent().path
  /// The checkout, whose themes and examples are shown.
  static let share = URL(filePath: root).deletingLastPathComponent().deletingLastPathComponent()
    .path

  static func all() throws -> [Scene] {
    let scripts = root + "/Scripts"
    return try FileManager.default.contentsOfDirectory(atPath: scripts).sorted()
      .filter { FileManager.default.fileExists(atPath: "\(scripts)/\($0)/script.play") }
      .map { try Scene(name: $0, folder: "\(scripts)/\($0)") }
  }

  private init(name: String, folder: String) throws {
    self.name = name
    self.folder = folder
    script = try String(contentsOfFile: folder + "/script.play", encoding: .utf8)
    settings = script.split(separator: "\n").prefix { $0.hasPrefix("# ") }
      .reduce(into: [:]) { settings, line in
        let words = line.dropFirst(2).split(separator: " ", maxSplits: 1)
        settings[String(words[0])] = words.count > 1 ? String(words[1]) : ""
      }
  }

  var testDescription: String { name }

  var sizes: [Size] {
    get throws {
      try (settings["sizes"] ?? "105x30").split(separator: " ").map { try Script.size(String($0)) }
    }
  }

  /// Plays the script on a screen of this size, in a place of its own.
  func play(size: Size) throws -> [Play.Frame] {
    let stage = try Stage(share: Self.share)
    defer { stage.remove() }
    var runtimeSettings = Runtime.Settings(
      folders: stage.folders, environment: [:], providers: [])
    runtimeSettings.discoversModels = false
    let theme = try Theme.shipped("dark")
    runtimeSettings.comparisonPicture = { Renderer(theme: theme).picture(of: $0) }
    runtimeSettings.random = { 1 }
    runtimeSettings.documents = Tour.documents(folder: Self.share + "/examples/tour")
    if let chunkings = settings["vectors"] { try embed(chunkings, in: stage) }
    let runtime = Runtime(settings: runtimeSettings, clock: ScriptClock())
    defer { runtime.finish() }
    if let judgments = settings["judgments"],
      let kept = JudgmentFile(ofIndex: Tour.name, in: IndexFolder(stage.folders.indexes))
    {
      try FileManager.default.createDirectory(
        atPath: stage.folders.indexes, withIntermediateDirectories: true)
      try FileManager.default.copyItem(atPath: "\(folder)/\(judgments)", toPath: kept.path)
    }
    if let session = settings["session"] {
      runtime.perform([.importSession(path: "\(folder)/\(session)")])
      while !runtime.isIdle {
        runtime.wait(for: [], milliseconds: 10_000)
        _ = runtime.events()
      }
    }
    if let evaluation = settings["evaluation"] {
      try KeptEvaluation(path: "\(folder)/\(evaluation)")
        .keep(in: SessionStore(path: stage.folders.store))
    }
    if let training = settings["training"] {
      let store = try SessionStore(path: stage.folders.store)
      _ = try ExampleImport(store: store).add(
        "\(folder)/\(training)", to: String(training.prefix { $0 != "." }), at: 1_700_000_000)
    }
    let state = State(
      size: size, draft: try draft(in: stage), models: [.extractive, .echo] + models("offered"),
      defaults: [.extractive, .echo], retrieval: retrieval,
      keys: settings["keys"].flatMap(KeyBindings.init) ?? .emacs)
    var player = Player(
      state: state, host: runtime, renderer: Renderer(theme: try .shipped("dark")),
      path: "\(name)/script.play")
    return try player.play(try Script(parsing: script, path: "\(name)/script.play"))
  }

  /// Makes the tour's index with vectors, cut in the ways of a list.
  private func embed(_ chunkings: String, in stage: Stage) throws {
    let folder = IndexFolder(stage.folders.indexes)
    let path = try #require(folder.file(of: Tour.name))
    let index = try PassageIndex(path: path)
    try index.add(
      [Tour.documents(folder: Self.share + "/examples/tour")],
      by: chunkings.split(separator: " ").compactMap { Chunking(String($0)) })
    let table = try #require(stage.folders.staticEmbedding)
    try index.embed(with: StaticEmbedder(path: table))
  }

  private func draft(in stage: Stage) throws -> Draft {
    var draft = try Tour.draft(folder: Self.share + "/examples/tour")
    if let prompt = settings["prompt"] {
      let copies = URL(filePath: stage.folders.store).deletingLastPathComponent()
        .appending(path: "beside")
      try FileManager.default.copyItem(at: URL(filePath: folder), to: copies)
      let path = copies.appending(path: prompt).path
      let text = try String(contentsOfFile: path, encoding: .utf8)
      draft = Draft(
        name: prompt, promptText: text, promptPath: path, savedText: text, index: Tour.name)
    }
    if let index = settings["index"] { draft.index = index == "none" ? nil : index }
    draft.models = models("models")
    return draft
  }

  private func models(_ setting: String) -> [ModelReference] {
    (settings[setting] ?? "").split(separator: " ").compactMap { ModelReference(String($0)) }
  }

  private var retrieval: RetrievalSettings {
    var retrieval = RetrievalSettings()
    if let budget = settings["budget"].flatMap({ Int($0) }) { retrieval.budget = budget }
    return retrieval
  }
}

extension Theme {
  /// A theme of the checkout.
  static func shipped(_ name: String) throws -> Theme {
    try load(name) { name in
      let path = "\(Scene.share)/themes/\(name).yaml"
      return (try String(contentsOfFile: path, encoding: .utf8), path)
    }
  }
}
