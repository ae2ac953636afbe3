import ArgumentParser
import Core
import Foundation
import Play
import Playground
import Runtime
import Screen

// `whet play`: the screen without a terminal.

struct PlayCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "play",
    abstract: "Play a script against the real program and print the frames that it asks for.",
    discussion: """
      A script has a step a line: key NAMES, type TEXT, paste TEXT, resize 105x30, click X Y,
      wheel up X Y, wait idle, wait text TEXT, write TEXT (to the prompt's file, as another program
      would), screen [NAME]. It plays on the tour, on a clock of its own, and keeps nothing: neither
      your sessions nor your draft are touched.
      """)

  @Argument(help: "The script; - reads it from standard input.")
  var script: String

  @Option(help: "The screen's size.")
  var size = "105x30"

  @Option(help: "Write the last frame as a picture to this file.")
  var svg: String?

  @Option(help: "Open this prompt in place of the tour's.")
  var prompt: String?

  @Option(help: "Take passages from this index of yours.")
  var index: String?

  @Option(name: [.customShort("M"), .long], help: "A model for a column; may be repeated.")
  var model: [String] = []

  @Option(help: "A theme, by its name.")
  var theme: String?

  @Flag(help: "Ask servers for their models, as a start in a terminal does.")
  var discover = false

  func run() throws {
    var surroundings = try Surroundings()
    if let theme { surroundings.configuration.theme = theme }
    let text =
      try script == "-"
      ? String(decoding: FileHandle.standardInput.readDataToEndOfFile(), as: UTF8.self)
      : PromptFiles.read(script, mayWait: true)
    let parsed = try Script(parsing: text, path: script)
    let size = try Script.size(size)
    let stage = try Stage(share: surroundings.folders.share)
    defer { stage.remove() }

    var folders = stage.folders
    if index != nil { folders.indexes = surroundings.folders.indexes }
    var settings = surroundings.settings
    settings.folders = folders
    settings.discoversModels = discover
    // Always the same, as the rest of a script.
    settings.random = { 0 }
    var draft = Draft()
    if let tour = surroundings.folders.tour, prompt == nil, index == nil {
      draft = try Tour.draft(folder: tour)
      settings.documents = Tour.documents(folder: tour)
    }
    if let prompt {
      let text = try PromptFiles.read(prompt, mayWait: true)
      draft = Draft(name: prompt, promptText: text, promptPath: prompt, savedText: text)
    }
    if let index { draft.index = index }
    draft.models = try model.map(ModelOption.reference)
    let runtime = Runtime(settings: settings, clock: ScriptClock())
    let state = surroundings.state(size: size, draft: draft)
    let theme = try surroundings.theme()
    var player = Player(
      state: state, host: runtime, renderer: Renderer(theme: theme),
      path: script)
    let frames = try player.play(parsed)
    runtime.finish()
    for frame in frames {
      Console.line("── \(frame.name) (\(frame.grid.size.width)x\(frame.grid.size.height))")
      Console.write(frame.grid.text)
    }
    if let svg {
      guard let last = frames.last else {
        throw CommandError("The script asks for no frame: end it with 'screen'.")
      }
      try Data(last.grid.svg(isLight: theme.isLight).utf8).write(
        to: URL(fileURLWithPath: svg), options: .atomic)
    }
  }
}
