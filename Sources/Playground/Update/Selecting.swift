import Core

// Selections of text: widened by motions, copied.

extension State {
  mutating func select(_ command: Command) {}

  mutating func copySelection() -> [Effect] { [] }
}
