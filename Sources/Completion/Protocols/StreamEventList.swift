// How dialects add to the events of a stream.

import Core

extension [StreamEvent] {
  /// Whether the answer ends with the last of them.
  var endAnswer: Bool { last?.endsAnswer ?? false }

  /// Adds a piece of text, thinking or a refusal, to the last event when that is of the same kind.
  mutating func append(_ piece: String, as kind: (String) -> StreamEvent) {
    if piece.isEmpty { return }
    // The last event leaves the array first, so that its text grows in place.
    switch (kind(piece), popLast()) {
    case (.text, .text(var text)):
      text += piece
      append(.text(text))
    case (.thinking, .thinking(var text)):
      text += piece
      append(.thinking(text))
    case (.refusal, .refusal(var text)):
      text += piece
      append(.refusal(text))
    case (let event, let before):
      if let before { append(before) }
      append(event)
    }
  }

  /// Adds the server's measurement of its rate, in tokens a second, when it is one.
  mutating func append(rate: Double?) {
    if let rate, rate.isFinite, rate > 0 { append(.rate(rate)) }
  }

  /// Adds the probabilities of tokens, when there are any.
  mutating func append(logprobs: JSON?) {
    let tokens = (logprobs?.array ?? []).compactMap(TokenLogprob.init(streamed:))
    if !tokens.isEmpty { append(.logprobs(tokens)) }
  }
}

extension TokenLogprob {
  /// `{"token":…,"bytes":[…],"logprob":…,"top_logprobs":[{"token":…,"logprob":…}]}`, as OpenAI and those that
  /// follow it write it; nil when it isn't one.
  fileprivate init?(streamed json: JSON) {
    guard let chosen = Candidate(json: json) else { return nil }
    self.init(
      token: chosen.token, bytes: json["bytes"]?.bytes, logprob: chosen.logprob,
      top: (json["top_logprobs"]?.array ?? []).compactMap(Candidate.init))
  }
}
