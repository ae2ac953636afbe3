import Core

// What follows when the cursor in an answer has moved, or left it.

extension State {
  mutating func cursorMoved(inColumn index: Int) -> [Effect] { [] }
}
