import Core

// Finding a text, and replacing it by another.

extension State {
  mutating func askForFind() {}

  mutating func askForReplacement() {}
}
