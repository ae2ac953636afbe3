import Core

// Prompts of several steps, of which each is given the answer to the one before.

extension State {
  mutating func toggleSteps() {}
}
