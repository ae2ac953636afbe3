import Core

// What a check is asked to hold a set against.

/// How a set is checked.
public struct CheckSettings: Hashable, Sendable {
  /// What every line must be; nil to take each for what it looks like.
  public var format: TrainingFormat?
  public var rules: FormatRules
  /// The tokens of an example that are trained on at most; nil where nobody said.
  public var window: Int?
  /// The system prompt that will be in use; nil where nobody said.
  public var systemPrompt: String?

  /// Whether conversations and preferences may stand side by side, as in a set that was not written yet.
  public var mayMixFormats = false

  public init(
    format: TrainingFormat? = nil, rules: FormatRules = .today, window: Int? = nil,
    systemPrompt: String? = nil
  ) {
    self.format = format
    self.rules = rules
    self.window = window
    self.systemPrompt = systemPrompt.map(Self.trimmed)
  }

  /// Findings of one kind that are kept with their lines; all are counted.
  public static let mostKept = 20

  /// Two system prompts that differ in the white space around them are one.
  static func trimmed(_ text: String) -> String {
    let scalars = text.unicodeScalars
    guard let first = scalars.firstIndex(where: { !$0.properties.isWhitespace }),
      let last = scalars.lastIndex(where: { !$0.properties.isWhitespace })
    else { return "" }
    return String(scalars[first...last])
  }
}
