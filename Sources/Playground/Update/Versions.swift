import Core

// The versions of the prompt: listed, compared, put back, named.

extension State {
  mutating func showVersions() -> [Effect] { [] }

  mutating func restoreVersion() -> [Effect] { [] }

  mutating func compareVersion() -> [Effect] { [] }

  mutating func markVersion() {}

  mutating func askForVersionName() {}

  mutating func askForVersionNote() {}

  mutating func pickVersion() -> [Effect] { [] }
}
