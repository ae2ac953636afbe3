// What a loop needs of the world outside the program: something that carries out effects, and
// brings back events. The Runtime room is one; a loop needs to know no more of it than this.

/// Carries out effects and brings back events, for a loop that calls it from one thread.
public protocol Host: AnyObject {
  /// Milliseconds on a clock that never goes back.
  var now: Double { get }

  /// Whether nothing is under way: no timer set, nothing streaming, nobody at work, no events.
  var isIdle: Bool { get }

  /// Carries out what an update asked for; never waits.
  func perform(_ effects: [Effect])

  /// Sleeps until one of the descriptors can be read, or the host has events, or a time has passed.
  ///
  /// - Parameter milliseconds: nil waits without end, 0 only looks.
  func wait(for descriptors: [CInt], milliseconds: Double?)

  /// What has happened since the last call; never waits.
  func events() -> [Event]
}
