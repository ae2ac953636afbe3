// What a person does at the terminal.

/// A key, a paste, the mouse, or news of the terminal itself.
public enum Input: Hashable, Sendable {
  case key(Key)
  /// Text that the terminal marked as pasted; it is never read as keys.
  case paste(String)
  case mouse(Mouse)
  /// The terminal has this size now.
  case resize(Size)
  /// Back in the foreground after a stop.
  case resume
}

/// What the mouse did, and where.
public struct Mouse: Hashable, Sendable {
  /// A button that went down or up, a move with it held down, or a step of the wheel.
  public enum Action: Hashable, Sendable {
    case press, release, drag, wheelUp, wheelDown
  }

  public var action: Action
  /// Cells, from 0 at the top left.
  public var position: Point

  public init(_ action: Action, at position: Point) {
    self.action = action
    self.position = position
  }
}
