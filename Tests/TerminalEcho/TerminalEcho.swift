import Core
import Glibc
import Playground
import Screen
import Terminal

// A program for the terminal room's tests: it shows the name of each input that it got, a line each,
// the last at the bottom, over a status line. It ends at ctrl-d; ctrl-z stops it.
//
//   terminal-echo [--picture | --crash trap|abort|overflow | --copy BYTES | --loop [--flood]]

@main
struct TerminalEcho {
  static func main() {
    let arguments = CommandLine.arguments.dropFirst()
    do {
      let terminal = try Terminal()
      let closing: Terminal.Closing?
      if arguments.contains("--loop") {
        closing = runLoop(terminal, isFlooded: arguments.contains("--flood"))
      } else {
        var echo = Echo(terminal, arguments: Array(arguments))
        closing = echo.run()
      }
      terminal.restore()
      print("closing: \(closing.map { "\($0)" } ?? "none")")
    } catch {
      print(error)
      exit(1)
    }
  }

  private static func runLoop(_ terminal: Terminal, isFlooded: Bool) -> Terminal.Closing? {
    var loop = EventLoop(
      terminal: terminal, host: PollingHost(isFlooded: isFlooded),
      renderer: Renderer(theme: .plain))
    var state = State(
      size: terminal.size, draft: Draft(), models: [], defaults: [], retrieval: RetrievalSettings())
    return loop.run(&state)
  }
}

struct Echo {
  private let terminal: Terminal
  private let arguments: [String]
  private var lines: [String] = []

  init(_ terminal: Terminal, arguments: [String]) {
    self.terminal = terminal
    self.arguments = arguments
  }

  mutating func run() -> Terminal.Closing? {
    let host = PollingHost(isFlooded: false)
    while terminal.closing == nil {
      terminal.draw(arguments.contains("--picture") ? picture : frame)
      host.wait(for: terminal.descriptors, milliseconds: terminal.patience)
      for input in terminal.inputs() {
        lines.append(Self.name(of: input))
        if input == .key(Key("d", .control)) { return nil }
        if input == .key(Key("z", .control)) { lines += terminal.suspend().map(Self.name) }
        if input == .key(Key("x", .control)) { actOnControlX() }
      }
    }
    return terminal.closing
  }

  private func actOnControlX() {
    if let option = arguments.firstIndex(of: "--crash") {
      crash(arguments[option + 1])
    } else if let option = arguments.firstIndex(of: "--copy") {
      terminal.copy(String(repeating: "x", count: Int(arguments[option + 1]) ?? 0))
    }
  }

  private func crash(_ kind: String) {
    switch kind {
    case "abort": abort()
    case "overflow": print(depth(of: lines.count))
    default: fatalError("asked to")
    }
  }

  private func depth(of level: Int) -> Int { level < 0 ? 0 : 1 + depth(of: level + 1) }

  private var frame: Grid {
    var grid = Grid(size: terminal.size)
    let height = grid.size.height - 1
    for (y, line) in lines.suffix(height).enumerated() {
      grid.put(line, x: 0, y: y, style: .plain)
    }
    let status = "pid \(getpid()) size \(grid.size.width)x\(grid.size.height) count \(lines.count)."
    grid.put(status, x: 0, y: height, style: Style(attributes: .reverse))
    grid.cursor = Point(x: 0, y: min(lines.count, height))
    return grid
  }

  /// Colours, attributes, and text that is hard to place.
  private var picture: Grid {
    var grid = Grid(size: terminal.size)
    let orange = Style(foreground: .rgb(255, 135, 0), background: .ansi(4))
    grid.put("orange on blue", x: 0, y: 0, style: orange)
    grid.put("bright", x: 20, y: 0, style: Style(foreground: .ansi(9), attributes: .bold))
    grid.put("漢字 wide", x: 0, y: 1, style: .plain)
    grid.put("e\u{301}a\u{308}\u{323} marks", x: 0, y: 2, style: .plain)
    grid.put("नमस्ते|", x: 0, y: 3, style: .plain)
    grid.put("👩‍👩‍👧|", x: 0, y: 4, style: .plain)
    grid.put("界", x: grid.size.width - 2, y: 5, style: .plain)
    grid.put("|corner", x: grid.size.width - 7, y: grid.size.height - 1, style: .plain)
    if arguments.contains("--many-colors") {
      for x in 0..<grid.size.width {
        let color = Color.rgb(UInt8(truncatingIfNeeded: x * 3), UInt8(lines.count % 256), 128)
        grid.put("#", x: x, y: 7, style: Style(foreground: color, background: .ansi(UInt8(x & 15))))
      }
    }
    grid.put("count \(lines.count).", x: 0, y: 8, style: .plain)
    return grid
  }

  private static func name(of input: Input) -> String {
    switch input {
    case .key(let key): "key \(key.name)"
    case .paste(let text):
      "paste \(text.utf8.count) lines \(text.split(separator: "\n").count) \(text.prefix(60))"
    case .mouse(let mouse): "mouse \(mouse.action) \(mouse.position.x),\(mouse.position.y)"
    case .resize(let size): "resize \(size.width)x\(size.height)"
    case .resume: "resume"
    }
  }
}
