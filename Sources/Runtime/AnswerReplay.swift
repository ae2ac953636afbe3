import Completion
import Core
import Sessions

// A recorded stream read again, all at once.

extension Answer {
  /// What a run's raw stream comes to; without a finish reason when the stream has no end.
  public init(replaying recorded: RecordedRun) {
    self.init(estimatedInputTokens: TokenEstimate.tokens(in: recorded.run.request.messages))
    var decoder = StreamDecoder(recorded.run.wire)
    for timed in recorded.events {
      for event in decoder.decode(timed.event) { apply(event, at: timed.time) }
    }
  }
}

extension ImportOutcome {
  /// What an import brought, in a sentence.
  public var sentence: String {
    var parts = ["\(added) \(added == 1 ? "run" : "runs") added to '\(session.name)'"]
    if alreadyThere > 0 { parts.append("\(alreadyThere) there already") }
    if !differing.isEmpty {
      parts.append("\(differing.count) left out, since they differ from the ones that are there")
    }
    return parts.joined(separator: ", ") + "."
  }
}
