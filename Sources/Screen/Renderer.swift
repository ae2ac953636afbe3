import Playground

// Draws the state as a grid of cells.

public struct Renderer: Sendable {
  public init() {}

  /// The frame that shows a state.
  public func frame(of state: State) -> Grid {
    Grid(size: state.size)
  }
}
