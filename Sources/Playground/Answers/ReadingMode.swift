// How an answer is read: it stays with its column from run to run.

/// What of an answer is unfolded, and whether it is shown as it came.
public struct ReadingMode: Hashable, Sendable {
  /// The bytes as they came, rather than what Markdown and JSON make of them.
  public var isRaw = false
  /// Whether the thinking is unfolded.
  public var showsThinking = false
  /// Whether the tool calls are unfolded.
  public var showsToolCalls = false
  /// Whether the steps before the last are unfolded.
  public var showsSteps = false

  public init() {}
}
