import Core

// An earlier version of the prompt that a column runs, beside the text that is being written.

/// A version of the prompt in a column.
public struct PinnedPrompt: Hashable, Sendable {
  public let version: PromptVersion
  /// Its text, understood.
  public let prompt: PromptFile
  /// The partials that it puts in, be they known or not.
  let partialNames: Set<String>

  /// - Parameters:
  ///   - name: the prompt's, which says how its text is read.
  ///   - partials: the texts of partials by their names, as they are now: a version holds its own
  ///     text only.
  init(
    _ version: PromptVersion, of name: String, partials: [String: String]
  ) throws(PromptError) {
    self.version = version
    prompt = try PromptFile(
      parsing: version.text, name: "\(version.label) of \(name)", partials: partials)
    partialNames = Template.partialNames(in: version.text)
  }
}
