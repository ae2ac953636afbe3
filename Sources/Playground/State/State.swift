// The whole interactive program as a value.

public struct State: Sendable {
  public var size: Size
  /// Set when the program is to end.
  public var isQuitting = false

  public init(size: Size) { self.size = size }
}

/// Takes in what has happened, and says what is to be done about it.
public func update(_ state: inout State, _ event: Event) -> [Effect] {
  []
}
