import Completion
import Core

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
}
