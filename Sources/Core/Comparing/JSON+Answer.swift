// The JSON that a model answered, be it bare or in a fenced block of Markdown.

extension JSON {
  /// The object or array that an answer consists of, or that its first fenced block of code holds which
  /// is JSON; nil where there is none. Text around such a block is passed over.
  public init?(ofAnswer answer: String) {
    let blocks = [answer[...]] + answer.fencedBlocks
    for block in blocks {
      guard block.contains(where: { $0 == "{" || $0 == "[" }) else { continue }
      guard let value = try? JSON(parsing: String(block)) else { continue }
      switch value {
      case .object, .array:
        self = value
        return
      default: continue
      }
    }
    return nil
  }
}
