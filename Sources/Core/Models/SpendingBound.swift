// The most that a request can cost, counted before it is sent.
//
// Input: a token stands for at least one byte of text, and all text is in the body, whose quotes,
// names and escapes outweigh the few tokens that a chat template puts around each message. For
// tools, and for a form that the answer is to have, servers add prompts of their own. Output: APIs
// that bill for thinking count it within the limit of the answer that is sent to them; without one,
// no answer is longer than its model's longest, or than its window. What a body patch asks for
// beside tokens (searches of the server's, pictures by their addresses, faster service) is beyond
// this.

/// Why it can't be told what a request may cost.
public enum UnboundedCost: Error, Hashable, Sendable {
  /// The model's price is not known.
  case unknownPrice
  /// Nothing limits the length of the answer.
  case unknownLength
}

extension ModelProfile {
  /// The most that a request can cost.
  public func largestCost(of request: SentRequest) throws(UnboundedCost) -> Money {
    guard var price else { throw .unknownPrice }
    if price.isFree { return .zero }
    let body = (try? JSON(parsing: Array(request.body.utf8))) ?? .null
    guard let limit = answerLimit(in: body) ?? maxOutputTokens ?? contextWindow else {
      throw .unknownLength
    }
    if body.asksForHourOfCache { price.cacheWrite = max(price.cacheWrite, price.input * 2) }
    let prompts = [body.hasTools, body.hasAnswerForm].count { $0 }
    let inputTokens = request.body.utf8.count + prompts * Self.serverPromptTokens
    let answers = max(1, body["n"]?.tokenCount ?? 1)
    return price.largestCost(inputTokens: inputTokens, outputTokens: limit) * answers
  }

  /// Tokens of the answer at most, by whatever name the body gives them; of several, the most.
  private func answerLimit(in body: JSON) -> Int? {
    let names = ["max_tokens", "max_completion_tokens", "max_output_tokens"]
    let own = parameterNames["max_tokens"].map { [$0] } ?? []
    let limits = (names + own).map { body[$0] } + [body["options"]?["num_predict"]]
    return limits.compactMap { $0?.integer }.filter { $0 > 0 }.max()
  }

  /// What a server adds for tools: Anthropic documents up to 530 (platform.claude.com, "Tool use
  /// system prompt token count"). Of what is added for an answer's form nobody says the length.
  private static let serverPromptTokens = 1024
}

extension JSON {
  fileprivate var hasTools: Bool { !(self["tools"]?.array ?? []).isEmpty }

  /// Whether the answer is to be JSON, or to follow a schema, in the words of any protocol.
  fileprivate var hasAnswerForm: Bool {
    let forms = [
      self["response_format"], self["text"]?["format"], self["output_config"]?["format"],
      self["output_format"], self["format"],
    ]
    return forms.contains { $0.map { !$0.isNull } ?? false }
  }

  /// Whether any of it is to stay in Anthropic's cache for an hour, which costs twice the input to
  /// write (platform.claude.com, "Prompt caching").
  fileprivate var asksForHourOfCache: Bool {
    switch self {
    case .object(let object):
      object["ttl"] == "1h" || object.members.contains { $0.value.asksForHourOfCache }
    case .array(let items): items.contains(where: \.asksForHourOfCache)
    default: false
    }
  }
}
