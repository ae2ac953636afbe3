import Core
import Glibc

// What commands print. Text from models and documents goes to a terminal only with its controls
// made visible; to a file or a pipe it goes as it is.

enum Console {
  static let outputIsTerminal = isatty(STDOUT_FILENO) == 1
  private static let errorsAreTerminal = isatty(STDERR_FILENO) == 1

  /// Prints a piece of text, with no line end of its own, at once.
  static func write(_ text: String) {
    put(outputIsTerminal ? DisplayText.printable(text) : text, on: STDOUT_FILENO)
  }

  static func line(_ text: String) { write(text + "\n") }

  /// Prints a line where errors go.
  static func complain(_ text: String) {
    put((errorsAreTerminal ? DisplayText.printable(text) : text) + "\n", on: STDERR_FILENO)
  }

  /// Replaces the line that stands on the terminal, for progress.
  static func status(_ text: String) {
    put("\r\u{1B}[K" + DisplayText.printable(text), on: STDERR_FILENO)
  }

  /// Whether progress can be shown in place.
  static var showsStatus: Bool { errorsAreTerminal }

  private static func put(_ text: String, on descriptor: CInt) {
    var bytes = ArraySlice(text.utf8)
    while !bytes.isEmpty {
      let written = bytes.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
      if written < 0, errno == EINTR || errno == EAGAIN { continue }
      // Nobody reads any more: there is nothing left to say it to.
      guard written > 0 else { exit(1) }
      bytes = bytes.dropFirst(written)
    }
  }
}
