import Core
import Glibc
import Synchronization

// What commands print. Text from models and documents goes to a terminal only with its controls
// made visible; to a file or a pipe it goes as it is.

enum Console {
  static let outputIsTerminal = isatty(STDOUT_FILENO) == 1
  /// Whether somebody is at the keys.
  static let inputIsTerminal = isatty(STDIN_FILENO) == 1
  private static let errorsAreTerminal = isatty(STDERR_FILENO) == 1
  /// The errno with which the output was first refused; 0 while it is taken.
  private static let outputError = Mutex<CInt>(0)

  /// Whether the output is taken no more: its reader is gone, or it finds no room.
  static var isOutputRefused: Bool { outputError.withLock { $0 != 0 } }

  /// Why the output was refused; nil when it wasn't, and when its reader had enough.
  static var outputProblem: String? {
    let error = outputError.withLock { $0 }
    guard error != 0, error != EPIPE else { return nil }
    return "The output can't be written: \(String(cString: strerror(error)).lowercased())."
  }

  /// Prints a piece of text, with no line end of its own, at once; once the output is refused,
  /// nothing more.
  static func write(_ text: String) {
    guard !isOutputRefused else { return }
    let error = put(outputIsTerminal ? DisplayText.printable(text) : text, on: STDOUT_FILENO)
    outputError.withLock { $0 = error }
  }

  static func line(_ text: String) { write(text + "\n") }

  /// Prints a line where errors go.
  static func complain(_ text: String) {
    _ = put((errorsAreTerminal ? DisplayText.printable(text) : text) + "\n", on: STDERR_FILENO)
  }

  /// Prints a question, whose answer is to stand on the same line.
  static func ask(_ text: String) { _ = put(DisplayText.printable(text), on: STDERR_FILENO) }

  /// Replaces the line that stands on the terminal, for progress.
  static func status(_ text: String) {
    _ = put("\r\u{1B}[K" + DisplayText.printable(text), on: STDERR_FILENO)
  }

  /// Writes lines over so many that were written before. They may hold colours, and no text of others
  /// that was not made printable.
  static func redraw(_ lines: [String], over count: Int) {
    let up = count > 0 ? "\u{1B}[\(count)A" : ""
    _ = put(up + "\r\u{1B}[J" + lines.map { $0 + "\n" }.joined(), on: STDOUT_FILENO)
  }

  /// The height of the terminal that is written to; nil where there is none.
  static var rows: Int? {
    var size = winsize()
    guard outputIsTerminal, ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_row > 0
    else { return nil }
    return Int(size.ws_row)
  }

  /// The width of the terminal that is written to; nil where there is none.
  static var columns: Int? {
    var size = winsize()
    guard outputIsTerminal, ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0
    else { return nil }
    return Int(size.ws_col)
  }

  /// Whether progress can be shown in place.
  static var showsStatus: Bool { errorsAreTerminal }

  /// Returns 0, or the errno of what went wrong.
  private static func put(_ text: String, on descriptor: CInt) -> CInt {
    var bytes = ArraySlice(text.utf8)
    while !bytes.isEmpty {
      let written = bytes.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
      if written < 0, errno == EINTR { continue }
      if written < 0, errno == EAGAIN {
        // A pipe that does not block, and is full: its reader takes its time.
        var state = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
        _ = poll(&state, 1, -1)
        continue
      }
      guard written > 0 else { return errno }
      bytes = bytes.dropFirst(written)
    }
    return 0
  }
}
