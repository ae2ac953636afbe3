import Core

// The techniques of the craft, each as an edit of the prompt that can be undone.

extension State {
  mutating func showTechniques() {}

  mutating func apply(technique: Command) -> [Effect] { [] }
}
