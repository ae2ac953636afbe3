import Playground
import Screen

// The program's heartbeat: one wait; then everything that is ready goes through `update`, and at most
// one frame is drawn. It decides nothing that the program could decide.

/// Runs the interactive program on a terminal.
public struct EventLoop {
  private let terminal: Terminal
  private let host: any Host
  private let renderer: Renderer
  private var frames = FrameSchedule()

  /// Milliseconds that events may take before the keyboard is looked at again.
  private static let slice = 4.0
  /// Milliseconds that an editor outside is given to end once the terminal is gone.
  private static let editorPatience = 1000.0

  public init(terminal: Terminal, host: any Host, renderer: Renderer) {
    self.terminal = terminal
    self.host = host
    self.renderer = renderer
  }

  /// Runs until the program quits or the terminal goes away; it is the caller who restores that.
  ///
  /// - Parameter effects: what to begin with, once the first frame stands.
  /// - Returns: why the terminal went away; nil when the program has quit by itself.
  public mutating func run(_ state: inout State, first effects: [Effect] = []) -> Terminal.Closing?
  {
    draw(state)
    perform(effects, &state)
    while true {
      takeInputs(&state)
      takeEvents(&state)
      if state.isQuitting { return nil }
      if let closing = terminal.closing { return closing }
      drawIfDue(state)
      let delays = [frames.delay(at: host.now), terminal.patience].compactMap { $0 }
      host.wait(for: terminal.descriptors, milliseconds: delays.min())
    }
  }

  private mutating func takeInputs(_ state: inout State) {
    let inputs = terminal.inputs()
    if inputs.isEmpty { return }
    take(inputs, &state)
    // What was typed is shown before any event's turn comes.
    if !state.isQuitting { draw(state) }
  }

  private mutating func takeEvents(_ state: inout State) {
    var sliceEnd = host.now + Self.slice
    for event in host.events() {
      perform(update(&state, event), &state)
      if event.isReply { frames.noteInput() } else { frames.noteEvent() }
      guard host.now >= sliceEnd else { continue }
      if terminal.hasInput { takeInputs(&state) }
      drawIfDue(state)
      sliceEnd = host.now + Self.slice
    }
  }

  private mutating func take(_ inputs: [Input], _ state: inout State) {
    for input in inputs { perform(update(&state, .input(input)), &state) }
    frames.noteInput()
  }

  private mutating func perform(_ effects: [Effect], _ state: inout State) {
    var forHost: [Effect] = []
    for effect in effects {
      if case .terminal(let request) = effect {
        perform(request, &state)
      } else {
        forHost.append(effect)
      }
    }
    if !forHost.isEmpty { host.perform(forHost) }
  }

  private mutating func perform(_ request: TerminalRequest, _ state: inout State) {
    switch request {
    case .suspend: take(terminal.suspend(), &state)
    case .edit(let edit): self.edit(edit, &state)
    case .view(let view): show(view, &state)
    case .copy(let text): terminal.copy(text)
    case .redraw:
      terminal.redraw()
      frames.noteInput()
    }
  }

  /// Lends the terminal to the person's editor. Streams go on meanwhile; nothing is drawn.
  private mutating func edit(_ edit: OutsideEdit, _ state: inout State) {
    terminal.lend()
    let result: OutsideResult
    do {
      let editor = try OutsideEditor(starting: edit)
      result = waitForEnd(of: editor, &state)
    } catch {
      result = .failed("\(error)")
    }
    take(terminal.takeBack(), &state)
    perform(update(&state, .editedOutside(edit.target, result)), &state)
    frames.noteInput()
  }

  /// Lends the terminal to the person's editor, to look at something.
  private mutating func show(_ view: OutsideView, _ state: inout State) {
    terminal.lend()
    var problem: String?
    do {
      let editor = try OutsideEditor(showing: view)
      if case .failed(let reason) = waitForEnd(of: editor, &state) { problem = reason }
    } catch {
      problem = "\(error)"
    }
    take(terminal.takeBack(), &state)
    perform(update(&state, .viewedOutside(problem: problem)), &state)
    frames.noteInput()
  }

  private mutating func waitForEnd(
    of editor: OutsideEditor, _ state: inout State
  ) -> OutsideResult {
    // When an editor that was asked to end has had its time to save what was written.
    var deadline: Double?
    while true {
      if let result = editor.result(wasInterrupted: deadline != nil) { return result }
      host.wait(
        for: [editor.descriptor, terminal.signalDescriptor],
        milliseconds: deadline.map { max(0, $0 - host.now) })
      terminal.takeSignalsWhileLent()
      if let deadline {
        if host.now >= deadline { editor.kill() }
      } else if terminal.closing != nil {
        editor.end()
        deadline = host.now + Self.editorPatience
      }
      for event in host.events() { perform(update(&state, event), &state) }
    }
  }

  private mutating func drawIfDue(_ state: State) {
    if frames.delay(at: host.now) == 0 { draw(state) }
  }

  private mutating func draw(_ state: State) {
    terminal.draw(renderer.frame(of: state))
    frames.noteFrame(at: host.now)
  }
}
