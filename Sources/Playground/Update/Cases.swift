import Core

// The cases of a dataset in the fields, and the values that stay while they change.

extension State {
  mutating func askForDataset() {}

  mutating func showCase(by step: Int) -> [Effect] { [] }

  mutating func lockValue() -> [Effect] { [] }
}
