// What a file asks for that is not carried out: it is listed before anything is sent, and never
// passed over in silence.

/// A kind of assertion, or a key of one, that nothing is done with.
public struct UnsupportedAssertion: Hashable, Sendable, CustomStringConvertible {
  /// Where it stands: `tests[3].assert[1]`.
  public var place: String
  /// The type, or the key.
  public var name: String
  /// Why, and what to do instead.
  public var reason: String

  public init(place: String, name: String, reason: String) {
    self.place = place
    self.name = name
    self.reason = reason
  }

  public var description: String { "\(place): '\(name)' is not supported: \(reason)." }
}

/// Why an assertion can't be read, in a sentence.
public struct AssertionError: Error, Hashable, Sendable, CustomStringConvertible {
  /// Where it stands: `tests[3].assert[1]`.
  public let place: String
  public let problem: String

  public init(place: String, problem: String) {
    self.place = place
    self.problem = problem
  }

  public var description: String { "\(place): \(problem)." }
}
