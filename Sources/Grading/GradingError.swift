// Why an answer could not be graded: that is no wrong answer.

/// Why an assertion could not be carried out, in a sentence that says what to do.
public struct GradingError: Error, Hashable, Sendable, CustomStringConvertible {
  public let description: String

  public init(_ description: String) { self.description = description }
}
