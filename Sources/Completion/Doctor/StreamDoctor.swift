// Tells a reader what a recorded stream did that a client must be ready for. It reads the bytes anew
// and asks nobody what was made of them, so that it is right about streams that were read wrong.

import Core

/// Names the rows of docs/streams.md that a stream shows.
public enum StreamDoctor {
  /// What there is to notice in a recording, in the order in which it was first met.
  ///
  /// A recording without an end is of a stream that goes on: what only its end can show is left out.
  /// Takes time in proportion to the bytes, and never more memory than a few times the largest
  /// event.
  ///
  /// - Parameter contextWindow: the model's, in tokens; nil when it is unknown.
  public static func examine(
    _ events: [TimedWireEvent], contextWindow: Int? = nil
  ) -> [StreamFinding] {
    var sightings = Sightings()
    var response = ResponseExamination(to: nil, contextWindow: contextWindow)
    for timed in events {
      sightings.time = timed.time
      switch timed.event {
      case .request(let request):
        response = ResponseExamination(to: request, contextWindow: contextWindow)
      case .head(let status, let contentType):
        response.begin(status: status, contentType: contentType)
      case .body(let bytes): response.take(bytes, &sightings)
      case .retry(let retry): response.fail(followedBy: retry, &sightings)
      case .end(let ending): response.end(ending, &sightings)
      }
    }
    return sightings.findings
  }
}
