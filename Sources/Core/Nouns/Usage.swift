// Tokens, as they are counted and billed.

/// The tokens of a run: what the model read, and what it wrote.
public struct Usage: Hashable, Sendable {
  /// All that the model read, cached tokens included.
  public var inputTokens: Int
  /// All that the model wrote, thinking included.
  public var outputTokens: Int
  /// Those of `inputTokens` that came out of the server's cache.
  public var cachedInputTokens: Int
  /// Those of `inputTokens` that were put into the server's cache.
  public var cacheWriteTokens: Int
  /// Those of `outputTokens` that are thinking.
  public var reasoningTokens: Int
  /// True when no server counted them.
  public var isEstimated: Bool

  public init(
    inputTokens: Int, outputTokens: Int, cachedInputTokens: Int = 0, cacheWriteTokens: Int = 0,
    reasoningTokens: Int = 0, isEstimated: Bool = false
  ) {
    self.inputTokens = inputTokens
    self.outputTokens = outputTokens
    self.cachedInputTokens = cachedInputTokens
    self.cacheWriteTokens = cacheWriteTokens
    self.reasoningTokens = reasoningTokens
    self.isEstimated = isEstimated
  }
}

extension Usage {
  /// Those of two runs together.
  public static func + (a: Usage, b: Usage) -> Usage {
    Usage(
      inputTokens: a.inputTokens + b.inputTokens, outputTokens: a.outputTokens + b.outputTokens,
      cachedInputTokens: a.cachedInputTokens + b.cachedInputTokens,
      cacheWriteTokens: a.cacheWriteTokens + b.cacheWriteTokens,
      reasoningTokens: a.reasoningTokens + b.reasoningTokens,
      isEstimated: a.isEstimated || b.isEstimated)
  }

  /// `input_tokens`, `output_tokens` and `estimated`; the others only where there are any.
  var json: JSON {
    var object: JSON.Object = [
      "input_tokens": .integer(inputTokens), "output_tokens": .integer(outputTokens),
    ]
    if cachedInputTokens > 0 { object["cached_input_tokens"] = .integer(cachedInputTokens) }
    if cacheWriteTokens > 0 { object["cache_write_tokens"] = .integer(cacheWriteTokens) }
    if reasoningTokens > 0 { object["reasoning_tokens"] = .integer(reasoningTokens) }
    object["estimated"] = .bool(isEstimated)
    return .object(object)
  }

  /// What is missing counts as 0, and as an estimate.
  init(json: JSON) {
    self.init(
      inputTokens: json["input_tokens"]?.tokenCount ?? 0,
      outputTokens: json["output_tokens"]?.tokenCount ?? 0,
      cachedInputTokens: json["cached_input_tokens"]?.tokenCount ?? 0,
      cacheWriteTokens: json["cache_write_tokens"]?.tokenCount ?? 0,
      reasoningTokens: json["reasoning_tokens"]?.tokenCount ?? 0,
      isEstimated: json["estimated"]?.bool ?? true)
  }
}

extension JSON {
  /// A count of tokens from a file or a server: bounded, so that no sum of them can overflow.
  public var tokenCount: Int? { integer.map { min(max($0, 0), 1 << 40) } }
}
