// What the program asks of the world. Effects are plain data, so that a test compares them.

public enum Effect: Hashable, Sendable {
  /// For whoever owns the terminal; a script has none and lets these be.
  case terminal(TerminalRequest)
}

public enum TerminalRequest: Hashable, Sendable {
  /// Give the terminal back and stop, as ^Z does; then go on with `Input.resume`.
  case suspend
  /// Put a text on the clipboard (OSC 52).
  case copy(String)
  /// Paint everything anew.
  case redraw
}
