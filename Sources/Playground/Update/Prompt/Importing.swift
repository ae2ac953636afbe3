import Core

// Prompts of other programs.

extension State {
  mutating func askForImport() { overlays.append(.line(LineInput(.importPrompt))) }
}
