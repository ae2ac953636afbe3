// Where the wire events of a run come from: a server, a built-in model, a recording. To what reads
// them they are all the same.

import Core

protocol WireSource: AnyObject {
  /// The next event that has arrived; nil when nothing has. None follows an end.
  ///
  /// - Parameter now: milliseconds on the client's clock.
  func next(at now: Double) -> TimedWireEvent?
  /// When the next event is due on the client's clock; nil when only a socket can tell.
  var nextWakeUp: Double? { get }
  /// Ends it at once; what has arrived and the end are still to be taken.
  func stop(as ending: WireEvent.Ending, at now: Double)
  /// Says that the answer is over, so that nothing but the end is of interest.
  func answerHasEnded()
}
