import Core

// What a person thinks of the answers.

extension State {
  mutating func rate(_ rating: Rating) -> [Effect] { [] }
}
