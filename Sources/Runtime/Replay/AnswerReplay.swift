import Completion
import Core

// A recorded stream read again, all at once.

extension Answer {
  /// What a run's raw stream comes to; without a finish reason when the stream has no end.
  public init(replaying recorded: RecordedRun) {
    let request = recorded.run.request
    self.init(
      estimatedInputTokens: TokenEstimate.tokens(in: request.messages),
      given: request.givenBeginning)
    var decoder = StreamDecoder(given: request.givenBeginning)
    for timed in recorded.events {
      for event in decoder.decode(timed.event) { apply(event, at: timed.time) }
    }
  }
}
