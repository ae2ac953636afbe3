import Core

// The prompt in an editor of the person's own.

extension State {
  mutating func editOutside() -> [Effect] { [] }
}
