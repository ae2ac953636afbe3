import Glibc
import Playground
import Screen

// Plays a script against the real program: the same updates, the same effects, the same frames as
// in a terminal. Only the terminal is missing.

/// A frame that a script asked for, under the name it gave.
public struct Frame: Sendable {
  public var name: String
  public var grid: Grid
}

/// A program without a terminal, driven by the steps of scripts.
public struct Player {
  private var state: State
  private let host: any Host
  private let renderer: Renderer
  private let path: String

  /// - Parameter path: the script's, for messages.
  public init(state: State, host: any Host, renderer: Renderer, path: String) {
    self.state = state
    self.host = host
    self.renderer = renderer
    self.path = path
  }

  /// Carries out the steps, and gives the frames that were asked for.
  ///
  /// Throws `ScriptError` when what a step waits for doesn't come.
  public mutating func play(_ script: Script) throws(ScriptError) -> [Frame] {
    var frames: [Frame] = []
    host.perform(state.start())
    for step in script.steps {
      guard !state.isQuitting else { break }
      switch step.step {
      case .input(let input): take(.input(input))
      case .waitIdle: try wait(line: step.line, for: nil)
      case .waitText(let text): try wait(line: step.line, for: text)
      case .write(let text): try write(text, line: step.line)
      case .screen(let name):
        takeEvents()
        frames.append(Frame(name: name, grid: renderer.frame(of: state)))
      }
    }
    return frames
  }

  private func write(_ text: String, line: Int) throws(ScriptError) {
    guard let file = state.prompt.path, let stream = fopen(file, "w") else {
      throw ScriptError(description: "\(path):\(line): the prompt has no file to write to")
    }
    fputs(text, stream)
    fclose(stream)
  }

  private mutating func take(_ event: Event) {
    let effects = update(&state, event)
    for case .terminal(.suspend) in effects { take(.input(.resume)) }
    host.perform(effects)
  }

  /// Takes in all that a moment brings: a host gives it in slices, so that keys don't wait for
  /// streams, and what a script shows must not depend on how far it came.
  private mutating func takeEvents() {
    var events = host.events()
    while !events.isEmpty {
      for event in events { take(event) }
      events = host.events()
    }
  }

  /// A step that has not been met after so long never will be.
  private static let patience = 60_000.0

  /// - Parameter text: what is to stand on the screen; nil waits until nothing is under way.
  private mutating func wait(line: Int, for text: String?) throws(ScriptError) {
    let start = ContinuousClock.now
    while true {
      takeEvents()
      if let text, renderer.frame(of: state).text.contains(text) { return }
      if host.isIdle {
        guard let text else { return }
        throw ScriptError(
          description: "\(path):\(line): the text '\(text)' never came; the screen is\n"
            + renderer.frame(of: state).text)
      }
      guard ContinuousClock.now - start < .milliseconds(Self.patience) else {
        throw ScriptError(
          description:
            "\(path):\(line): still \(text.map { "no '\($0)'" } ?? "busy") after a minute")
      }
      host.wait(for: [], milliseconds: Self.patience)
    }
  }
}
