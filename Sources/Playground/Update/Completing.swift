import Core

// Names that the text being typed may mean, and the other of two braces.

extension State {
  mutating func complete() {}

  mutating func goToMatchingBrace() {}
}
