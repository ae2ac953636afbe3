import Core

// What each part of the prompt takes.

extension State {
  mutating func showParts() {}
}
