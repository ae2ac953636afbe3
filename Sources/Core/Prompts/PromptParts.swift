// What a prompt's tokens are spent on: its messages, and within them its passages and values. An
// estimate, as every count before a server's.

/// One part of a prompt, and what it takes.
public struct PromptPart: Hashable, Sendable {
  public enum Kind: Hashable, Sendable {
    /// A message, a tool or the answer's schema: together these make the whole.
    case whole
    /// A passage or a variable's value: a share of the messages, not beside them.
    case share
  }

  public var kind: Kind
  /// `system`, `user 2`, `passage 1: file.md`, `{{question}}`.
  public var name: String
  /// By the estimate that knows no model.
  public var tokens: Int

  public init(_ kind: Kind, _ name: String, tokens: Int) {
    self.kind = kind
    self.name = name
    self.tokens = tokens
  }
}

extension PromptFile {
  /// What each part of the prompt takes, in the order of the messages; then tools and schema; then
  /// the shares of passages and variables.
  ///
  /// - Parameters:
  ///   - messages: the prompt as it is filled in.
  ///   - refilled: fills the prompt in for other passages, and with one of the variables left
  ///     empty; nil where that can't be done. What is missing then is the share.
  public func parts(
    of messages: [Message], inputs: [String], passages: [Passage],
    refilled: (_ passages: [Passage], _ emptied: String?) -> [Message]?
  ) -> [PromptPart] {
    var parts: [PromptPart] = []
    var turns: [Role: Int] = [:]
    for message in messages {
      turns[message.role, default: 0] += 1
      let number = turns[message.role] ?? 1
      let isOnly = messages.count { $0.role == message.role } == 1
      let isHistory = message.metadata["purpose"]?.string == "history"
      parts.append(
        PromptPart(
          .whole,
          message.role.rawValue + (isOnly ? "" : " \(number)") + (isHistory ? " (history)" : ""),
          tokens: TokenEstimate.tokens(in: [message])))
    }
    for tool in parameters.tools {
      let name = (tool["function"] ?? tool)["name"]?.string ?? "without a name"
      parts.append(
        PromptPart(.whole, "tool \(name)", tokens: TokenEstimate.tokens(in: tool.text)))
    }
    if let schema = parameters.responseSchema {
      parts.append(
        PromptPart(.whole, "schema", tokens: TokenEstimate.tokens(in: schema.text)))
    }
    let total = TokenEstimate.tokens(in: messages)
    func share(_ name: String, without: [Message]?) {
      guard let without else { return }
      let tokens = max(0, total - TokenEstimate.tokens(in: without))
      parts.append(PromptPart(.share, name, tokens: tokens))
    }
    if variables.contains("passages") {
      for (index, passage) in passages.prefix(Self.mostShares).enumerated() {
        var others = passages
        others.remove(at: index)
        share("passage \(index + 1): \(passage.title)", without: refilled(others, nil))
      }
    }
    for name in inputs.prefix(Self.mostShares) {
      share("{{\(name)}}", without: refilled(passages, name))
    }
    return parts
  }

  /// Each share takes a filling of its own.
  private static let mostShares = 40
}
