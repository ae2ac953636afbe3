import CTerminal
import Core
import Glibc
import Playground
import Screen

// The terminal that whet runs in: the only place that calls curses, and the only owner of standard
// input and output while it is open. It knows grids and inputs, and nothing of the program.

/// An open terminal; one at a time, used from the main thread.
///
/// Once it is open every way out gives the terminal back as it was: `restore`, `exit`, and a crash.
public final class Terminal {
  /// Why the terminal can be used no longer.
  public enum Closing: Hashable, Sendable {
    /// SIGTERM, SIGHUP or SIGINT was sent.
    case signal(CInt)
    /// Standard input has ended: the window is gone.
    case hangUp
  }

  /// The window's size in cells.
  public private(set) var size: Size
  /// Set once the terminal is going away: give it back, and end.
  public private(set) var closing: Closing?

  /// Whether there are no colours but the terminal's own 16, or fewer.
  public var hasFewColors: Bool { painter.hasFewColors }

  /// Whether its description says how texts get onto a clipboard (`Ms`, user_caps(5)). tmux takes
  /// them whatever the description that it has its programs use, if it is set to.
  public var hasClipboard: Bool {
    !Modes.capability("Ms").isEmpty || Self.variable("TMUX") != nil
  }

  private let signals: CInt
  private var decoder = InputDecoder()
  private var painter: Painter
  private var isCursorVisible = true
  private var isRestored = false

  /// Takes the terminal over: raw, on its alternate screen, with bracketed paste and mouse reports.
  public init() throws(TerminalError) {
    guard isatty(STDIN_FILENO) == 1 else { throw .notATerminal(stream: "Standard input") }
    guard isatty(STDOUT_FILENO) == 1 else { throw .notATerminal(stream: "Standard output") }
    guard let type = Self.variable("TERM") else { throw .unnamedType }
    size = Self.windowSize
    guard size.width >= Size.smallest.width, size.height >= Size.smallest.height else {
      throw .tooSmall(size)
    }
    Self.setCharacterEncoding()
    var modes = termios()
    guard tcgetattr(STDIN_FILENO, &modes) == 0 else { throw .system(Self.lastError) }
    signals = signals_open()
    guard signals >= 0 else { throw .system(Self.lastError) }

    // The window's size comes from the kernel; LINES and COLUMNS are often stale.
    use_env(false)
    use_tioctl(true)
    let wantsColor = Self.variable("NO_COLOR") == nil
    let types = wantsColor ? Self.types(for: type) : [type]
    guard let opened = types.first(where: { curses_open($0) }) else {
      signals_close()
      throw .unknownType(type)
    }
    guard !Modes.capability("cup").isEmpty else {
      endwin()
      signals_close()
      throw .incapableType(type)
    }
    let farewell = Modes.farewell()
    restoration_arm(STDOUT_FILENO, farewell, farewell.utf8.count, &modes)

    curses_resize(Int32(size.height), Int32(size.width))
    raw()
    noecho()
    nonl()
    // Without this curses stops drawing whenever a key is waiting.
    typeahead(-1)
    curses_allow_line_moves()
    painter = Painter(pairs: ColorPairs(isWanted: wantsColor, type: opened))
    decoder.eraseByte = Self.eraseByte(of: modes)
    write(Modes.enter)
  }

  deinit { restore() }

  // MARK: Input

  /// What can be read when `inputs` has something to give.
  public var descriptors: [CInt] { [STDIN_FILENO, signals] }

  /// Milliseconds until `inputs` should be called even if nothing comes, because the meaning of
  /// bytes that are half read is then decided; nil when none are.
  public var patience: Double? { decoder.deadline.map { max(0, $0 - Self.now) } }

  /// Whether a key or a signal is waiting.
  public var hasInput: Bool { Self.canRead(STDIN_FILENO) || Self.canRead(signals) }

  /// Everything that has been typed, pasted or clicked, and any change of the window; never waits.
  ///
  /// A stop from outside (SIGTSTP) happens in here. At most 256 KB are read in one call.
  public func inputs() -> [Input] {
    guard !isRestored else { return [] }
    var inputs = takeSignals()
    inputs += takeBytes()
    inputs += decoder.expire(at: Self.now)
    return inputs
  }

  private func takeBytes() -> [Input] {
    var inputs: [Input] = []
    for _ in 0..<64 {
      guard closing == nil, Self.canRead(STDIN_FILENO) else { break }
      var bytes = [UInt8](repeating: 0, count: 4096)
      let count = read(STDIN_FILENO, &bytes, bytes.count)
      if count > 0 {
        inputs += decoder.decode(bytes.prefix(count), at: Self.now)
      } else if count == 0 || errno != EINTR {
        // The end, or EIO: either way there is nobody at the other side.
        closing = .hangUp
      }
    }
    return inputs
  }

  private func takeSignals() -> [Input] {
    var inputs: [Input] = []
    for number in pendingSignals() {
      switch number {
      case SIGWINCH: inputs += takeSize()
      case SIGTSTP: inputs += suspend()
      case SIGCONT: inputs += resume()
      default: if closing == nil { closing = .signal(number) }
      }
    }
    return inputs
  }

  private func pendingSignals() -> Set<CInt> {
    var numbers = [UInt8](repeating: 0, count: 4096)
    let count = read(signals, &numbers, numbers.count)
    return Set(numbers.prefix(max(0, count)).map(CInt.init))
  }

  private func takeSize() -> [Input] {
    let newSize = Self.windowSize
    guard newSize != size else { return [] }
    size = newSize
    curses_resize(Int32(size.height), Int32(size.width))
    redraw()
    return [.resize(size)]
  }

  // MARK: Output

  /// Shows a grid: what differs from the one before is written, in one go.
  public func draw(_ grid: Grid) {
    guard !isRestored else { return }
    painter.paint(grid, in: size)
    if grid.cursor == nil, isCursorVisible { write(Modes.hideCursor) }
    curses_leave_cursor(grid.cursor == nil)
    if let cursor = grid.cursor { move(Int32(clamping: cursor.y), Int32(clamping: cursor.x)) }
    refresh()
    if grid.cursor != nil, !isCursorVisible { write(Modes.showCursor) }
    isCursorVisible = grid.cursor != nil
  }

  /// Makes the next `draw` write every cell anew.
  public func redraw() {
    painter.invalidate()
    curses_repaint()
  }

  /// Puts a text on the clipboard, by OSC 52; rings the bell for one over
  /// `TerminalRequest.longestCopy`.
  public func copy(_ text: String) {
    guard !isRestored else { return }
    let bytes = Array(text.utf8)
    write(
      bytes.count > TerminalRequest.longestCopy
        ? "\u{07}" : "\u{1B}]52;c;\(Base64.encode(bytes))\u{1B}\\")
  }

  /// Writes past curses, which has nothing buffered between two calls of `draw`.
  private func write(_ sequence: String) {
    var rest = Array(sequence.utf8)[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { Glibc.write(STDOUT_FILENO, $0.baseAddress, $0.count) }
      if count < 0, errno == EINTR { continue }
      // A terminal that takes nothing is gone; reading will tell.
      guard count > 0 else { return }
      rest.removeFirst(count)
    }
  }

  // MARK: Coming and going

  /// Gives the terminal back and stops, as ^Z does; returns when the process goes on.
  ///
  /// - Returns: what the program is to be told of: that it is back, and the size if it is another.
  public func suspend() -> [Input] {
    guard !isRestored else { return [] }
    leave()
    signals_stop_job()
    return enter()
  }

  /// After a stop that gave no notice (SIGSTOP): the modes are now the shell's.
  private func resume() -> [Input] {
    leave()
    return enter()
  }

  private func enter() -> [Input] {
    // The next refresh brings curses' own modes and the alternate screen back.
    write(Modes.enter)
    isCursorVisible = true
    redraw()
    return takeSize() + [.resume]
  }

  private func leave() {
    write(Modes.leave + Modes.showCursor)
    endwin()
  }

  /// Gives the terminal to another program of this process group, until `takeBack`.
  public func lend() {
    guard !isRestored else { return }
    leave()
    signals_lend()
  }

  /// What can be read when a signal came while the terminal is lent.
  public var signalDescriptor: CInt { signals }

  /// Deals with the signals that came while the terminal is lent: a stop stops this program, too.
  public func takeSignalsWhileLent() {
    for number in pendingSignals() {
      switch number {
      case SIGTSTP: signals_stop_job()
      case SIGTERM, SIGHUP: if closing == nil { closing = .signal(number) }
      default: break
      }
    }
  }

  /// - Returns: what the program is to be told of, as after `suspend`.
  public func takeBack() -> [Input] {
    guard !isRestored else { return [] }
    signals_take_back()
    return enter()
  }

  /// Gives the terminal back as it was; a second call does nothing.
  public func restore() {
    guard !isRestored else { return }
    isRestored = true
    leave()
    restoration_disarm()
    signals_close()
  }
}
