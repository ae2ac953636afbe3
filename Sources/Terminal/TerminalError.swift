import Playground

// Why no screen can be opened.

public enum TerminalError: Error, Hashable, CustomStringConvertible {
  case notATerminal(stream: String)
  case unnamedType
  case unknownType(String)
  case incapableType(String)
  case tooSmall(Size)
  /// A system call failed, with its errno's text.
  case system(String)

  public var description: String {
    switch self {
    case .notATerminal(let stream):
      "\(stream) is not a terminal; the screen needs one, the other commands don't (whet --help)."
    case .unnamedType:
      "The environment variable TERM is not set; set it to your terminal's type, "
        + "such as xterm-256color."
    case .unknownType(let name):
      "No description of the terminal type \(name.debugDescription) is installed; set TERM to a "
        + "known one, such as xterm-256color, or install the package ncurses-term."
    case .incapableType(let name):
      "A terminal of the type \(name.debugDescription) (from TERM) cannot place its cursor, so "
        + "that no screen can be drawn on it."
    case .tooSmall(let size):
      "The terminal has \(size.width) x \(size.height) cells; make it at least "
        + "\(Size.smallest.width) x \(Size.smallest.height)."
    case .system(let reason):
      "The terminal cannot be opened: \(reason)."
    }
  }
}
