import Completion
import Core
import Playground

// A recorded run played again with no screen: the recording goes through the live decoder.

/// Plays recorded runs for a command, which waits until they end.
public enum ReplayedRun {
  /// Plays a run at a pace, and gives what it comes to.
  ///
  /// - Parameter speed: how many times faster than it was; infinity for at once.
  public static func play(
    _ recorded: RecordedRun, speed: Double, interruption: Interruption, onText: (String) -> Void
  ) -> Answer {
    let client = CompletionClient()
    let request = recorded.run.request
    let given = request.givenBeginning
    client.replay(id: 0, events: recorded.events, speed: speed, given: given)
    var answer = Answer(
      estimatedInputTokens: TokenEstimate.tokens(in: request.messages), given: given)
    if !given.isEmpty { onText(given) }
    while !client.isIdle {
      for case .stream(_, let time, _, let events) in client.advance() {
        for event in events {
          if case .text(let piece) = event { onText(piece) }
          answer.apply(event, at: time)
        }
      }
      guard !client.isIdle else { break }
      client.wait(for: [interruption.descriptor])
      if interruption.hasCome { client.stop(0) }
    }
    return answer
  }

  /// How far a step goes.
  public enum Step: String, CaseIterable, Sendable {
    /// An event over the wire.
    case event
    /// A piece by which the answer grows.
    case token
  }

  /// Plays a run step by step, and gives what it comes to.
  ///
  /// - Parameter onStep: is given each step in words: an event with its number, its time and what it
  ///   says, or the text of a token. When it returns false, the rest is played without it.
  public static func play(
    _ recorded: RecordedRun, by step: Step, onStep: (String) -> Bool
  ) -> Answer {
    let request = recorded.run.request
    var answer = Answer(
      estimatedInputTokens: TokenEstimate.tokens(in: request.messages),
      given: request.givenBeginning)
    var tape = RunTape(recorded.events, given: request.givenBeginning)
    var number = 0
    var goesOn = true
    if step == .token, !request.givenBeginning.isEmpty { goesOn = onStep(request.givenBeginning) }
    while let next = step == .event ? tape.playEvent() : tape.playLine() {
      for event in next.events { answer.apply(event, at: next.time) }
      guard goesOn else { continue }
      switch step {
      case .event:
        number += 1
        let time = WireTime.stamp(next.time)
        let words = [
          next.wire.map(\.words) ?? "", next.events.compactMap(\.words).joined(separator: "  "),
        ]
        goesOn = onStep(
          "\(number)  \(time)  \(words.filter { !$0.isEmpty }.joined(separator: "  "))")
      case .token:
        for case .text(let piece) in next.events where goesOn { goesOn = onStep(piece) }
      }
    }
    return answer
  }
}

extension WireEvent {
  /// What it is, in a few words.
  fileprivate var words: String {
    switch self {
    case .request(let request): "request \(request.url)"
    case .head(let status, let contentType): "response \(status) \(contentType)"
    case .body(let bytes): "\(bytes.count) bytes"
    case .retry: "retry"
    case .end(.complete): "end"
    case .end(.failed(let sentence)): "failed: \(sentence)"
    case .end(.cancelled): "cancelled"
    }
  }
}

extension StreamEvent {
  /// What it says, in a few words; nil where that is for programs only.
  fileprivate var words: String? {
    switch self {
    case .text(let piece): "text \(JSON.string(piece).text)"
    case .thinking(let piece): "thinking \(JSON.string(piece).text)"
    case .refusal(let piece): "refusal \(JSON.string(piece).text)"
    case .toolCall(let fragment): "tool call \(fragment.name ?? "") \(fragment.arguments)"
    case .finish(let reason): "finish \(reason.rawValue)"
    case .truncation(let sentence): "cut off: \(sentence)"
    case .failure(let sentence): "failure: \(sentence)"
    case .usage(let usage): "usage in \(usage.inputTokens) out \(usage.outputTokens)"
    case .logprobs, .progress, .rate, .retry: nil
    }
  }
}
