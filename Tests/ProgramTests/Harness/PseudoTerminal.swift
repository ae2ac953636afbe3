import CTerminal
import Glibc
import Playground

// A terminal with somebody at it, for tests of whole programs: it starts one, presses keys, and looks
// at the screen until what should be there is there. Nothing here sleeps or knows what runs on it.
//
//   let terminal = try PseudoTerminal("whet", ["open", path])
//   try terminal.wait(for: "Prompt")
//   try terminal.press("ctrl-r", "down", "enter")
//   try terminal.type("a question")
//   try terminal.wait("the answer is done") { $0.contains("stop") }
//   try terminal.press("ctrl-q")
//   #expect(try terminal.waitForExit() == .exited(0))
//   #expect(terminal.isRestored)

final class PseudoTerminal {
  enum Ending: Hashable {
    case exited(CInt)
    case killed(signal: CInt)
  }

  /// What did not happen in time, with the screen as it then was.
  struct Failure: Error, CustomStringConvertible {
    let description: String
  }

  let process: pid_t
  /// All that the program has written.
  private(set) var output: [UInt8] = []
  private(set) var screen: EmulatedScreen
  private var ending: Ending?
  private var isHungUp = false

  /// Leads the session on the terminal until the end.
  private let leader: pid_t
  private let descriptor: CInt
  private let processDescriptor: CInt
  private let modesAtStart: termios
  /// Whether nothing more can come from the terminal.
  private var isClosed = false

  /// Starts a program of this package by its name, or any by its path.
  ///
  /// - Parameters:
  ///   - environment: what it sees besides PATH, HOME, TERM (`xterm-256color`) and LANG (`C.UTF-8`),
  ///     which this may replace; of the test's own environment nothing reaches it.
  ///   - directory: where it starts.
  init(
    _ program: String, _ arguments: [String] = [], size: Size = Size(width: 80, height: 24),
    environment: [String: String] = [:], directory: String? = nil
  ) throws {
    let path = program.contains("/") ? program : Self.path(of: program)
    var variables = ["TERM": "xterm-256color", "LANG": "C.UTF-8", "PATH": "/usr/bin:/bin"]
    variables["HOME"] = directory ?? "/nonexistent"
    variables.merge(environment) { _, new in new }
    let environment = variables.map { "\($0.key)=\($0.value)" }
    var descriptor: CInt = -1
    var leader: pid_t = -1
    process = spawning.withLock { _ in
      withCStrings([path] + arguments) { arguments in
        withCStrings(environment) { environment in
          spawn_on_terminal(
            path, arguments, environment, directory, CInt(size.width), CInt(size.height),
            &descriptor, &leader)
        }
      }
    }
    guard process > 0 else {
      throw Failure(description: "\(path): \(String(cString: strerror(errno)))")
    }
    self.leader = leader
    self.descriptor = descriptor
    processDescriptor = open_process(process)
    var modes = termios()
    tcgetattr(descriptor, &modes)
    modesAtStart = modes
    screen = EmulatedScreen(size: size)
  }

  deinit {
    if ending == nil {
      kill(process, SIGKILL)
      waitpid(process, nil, 0)
    }
    kill(leader, SIGKILL)
    waitpid(leader, nil, 0)
    if !isHungUp { close(descriptor) }
    close(processDescriptor)
  }

  /// Where a program of this package is.
  static func path(of program: String) -> String { productDirectory + program }

  /// Programs are built beside the one that runs the tests.
  private static let productDirectory: String = {
    var path = [CChar](repeating: 0, count: 4096)
    let count = readlink("/proc/self/exe", &path, path.count)
    let whole = String(
      decoding: path.prefix(max(0, count)).map(UInt8.init(bitPattern:)), as: UTF8.self)
    return whole[...(whole.lastIndex(of: "/") ?? whole.startIndex)].description
  }()

  // MARK: The hands

  /// Presses keys by their names, such as `ctrl-r`, `shift-tab`, `page-up` or `a`.
  func press(_ names: String...) throws {
    for name in names {
      guard let key = Key(name: name) else { throw Failure(description: "No key \(name)") }
      try write(key.bytes)
    }
  }

  func type(_ text: String) throws { try write(Array(text.utf8)) }

  /// Pastes a text the way terminals do when the program has asked for marked pastes.
  func paste(_ text: String) throws { try write(Array("\u{1B}[200~\(text)\u{1B}[201~".utf8)) }

  /// Presses and releases the left button on a cell.
  func click(x: Int, y: Int) throws {
    try write(Array("\u{1B}[<0;\(x + 1);\(y + 1)M\u{1B}[<0;\(x + 1);\(y + 1)m".utf8))
  }

  /// Turns the wheel by one step over a cell.
  func scroll(up: Bool, x: Int, y: Int) throws {
    try write(Array("\u{1B}[<\(up ? 64 : 65);\(x + 1);\(y + 1)M".utf8))
  }

  /// Sends bytes as they are; reads what comes meanwhile, so that neither side waits for the other.
  func write(_ bytes: [UInt8], within seconds: Double = 20) throws {
    var rest = bytes[...]
    let deadline = Self.now + seconds
    while !rest.isEmpty {
      switch look(until: deadline, toWrite: true) {
      case .readable: continue
      case .writable: break
      case .ended, .nothing: throw failure("The program reads no input")
      }
      // The terminal's driver keeps 4 KB: a larger write than there is room for would wait.
      let count = rest.prefix(512).withUnsafeBytes {
        Glibc.write(descriptor, $0.baseAddress, $0.count)
      }
      if count > 0 { rest.removeFirst(count) }
    }
  }

  func resize(to size: Size) {
    var window = winsize(
      ws_row: UInt16(size.height), ws_col: UInt16(size.width), ws_xpixel: 0, ws_ypixel: 0)
    _ = ioctl(descriptor, UInt(TIOCSWINSZ), &window)
    screen.resize(to: size)
  }

  func signal(_ number: CInt) { kill(process, number) }

  /// Closes the window while the program runs.
  func hangUp() {
    isHungUp = true
    isClosed = true
    close(descriptor)
  }

  // MARK: The eyes

  /// Looks until a text is on the screen.
  func wait(for text: String, within seconds: Double = 20) throws {
    try wait("\(text.debugDescription) is on the screen", within: seconds) { $0.contains(text) }
  }

  /// Looks until the screen is as it should be.
  func wait(
    _ expectation: String, within seconds: Double = 20, until isMet: (EmulatedScreen) -> Bool
  ) throws {
    let deadline = Self.now + seconds
    while !isMet(screen) {
      guard look(until: deadline) == .readable || isMet(screen) else {
        throw failure("Not seen: \(expectation)")
      }
    }
  }

  /// Looks until the program has ended, and all that it wrote is read.
  func waitForExit(within seconds: Double = 20) throws -> Ending {
    if let ending { return ending }
    let deadline = Self.now + seconds
    var status: CInt = 0
    while has_ended(process, &status) == 0 {
      guard look(until: deadline) != .nothing else { throw failure("The program goes on") }
    }
    let ending: Ending = status < 0 ? .killed(signal: -status) : .exited(status)
    self.ending = ending
    // The kernel hands over what was written last when it finds the time, then tells of the end; a
    // terminal that others still have open has none.
    let drainDeadline = Self.now + 2
    while !isClosed, look(until: drainDeadline) == .readable {}
    return ending
  }

  /// Whether the terminal is as it was before the program: modes off, cursor shown, the ordinary
  /// screen, and the driver's modes.
  ///
  /// What was written last may still be on its way from the kernel: it is waited for.
  var isRestored: Bool {
    let deadline = Self.now + 5
    while screen.modes != [7, 25] || !hasModesOfStart {
      guard !isClosed, look(until: deadline) != .nothing, Self.now < deadline else { return false }
    }
    return true
  }

  /// Whether the terminal's driver echoes, edits lines and makes signals as at the start.
  var hasModesOfStart: Bool {
    var modes = termios()
    tcgetattr(descriptor, &modes)
    return modes.c_iflag == modesAtStart.c_iflag && modes.c_oflag == modesAtStart.c_oflag
      && modes.c_cflag == modesAtStart.c_cflag && modes.c_lflag == modesAtStart.c_lflag
  }

  // MARK: Waiting

  private enum Readiness { case readable, writable, ended, nothing }

  /// Waits for output (which it takes in), the program's end, or room for input.
  private func look(until deadline: Double, toWrite: Bool = false) -> Readiness {
    while true {
      let events = Int16(POLLIN | (toWrite ? POLLOUT : 0))
      var polled = [
        pollfd(fd: isClosed ? -1 : descriptor, events: events, revents: 0),
        pollfd(fd: ending == nil ? processDescriptor : -1, events: Int16(POLLIN), revents: 0),
      ]
      let timeout = max(0, (deadline - Self.now) * 1000).rounded(.up)
      guard poll(&polled, 2, CInt(timeout)) > 0 else { return .nothing }
      if polled[0].revents & Int16(POLLIN | POLLHUP) != 0 {
        if takeOutput() { return .readable }
        // Nobody has the terminal open any more; the program's end is all that can come.
        isClosed = true
        if ending != nil { return .ended }
        continue
      }
      return polled[1].revents != 0 ? .ended : .writable
    }
  }

  private func takeOutput() -> Bool {
    var bytes = [UInt8](repeating: 0, count: 65536)
    let count = read(descriptor, &bytes, bytes.count)
    guard count > 0 else { return false }
    output += bytes.prefix(count)
    screen.feed(bytes.prefix(count))
    return true
  }

  private func failure(_ reason: String) -> Failure {
    Failure(description: "\(reason). The screen:\n\(screen.text)")
  }

  private static var now: Double {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }
}

/// Calls a function with texts as a list of C strings that a null pointer ends.
func withCStrings<Result>(
  _ texts: [String], _ body: ([UnsafeMutablePointer<CChar>?]) -> Result
) -> Result {
  let strings = texts.map { strdup($0) }
  defer { for string in strings { free(string) } }
  return body(strings + [nil])
}
