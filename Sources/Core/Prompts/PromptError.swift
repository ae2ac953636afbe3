// What is wrong with a prompt file, said so that a person can find it and mend it.

/// A mistake in a prompt file, and where it stands.
public struct PromptError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The file, as it was named to the parser.
  public let name: String
  /// Counted from 1.
  public let line: Int
  /// Unicode scalars from the start of the line, counted from 1; nil when the line is all that is
  /// known.
  public let column: Int?
  public let problem: String

  public init(name: String, line: Int, column: Int? = nil, problem: String) {
    self.name = name
    self.line = line
    self.column = column
    self.problem = problem
  }

  public var description: String {
    "\(name):\(line)" + (column.map { ":\($0)" } ?? "") + ": \(problem)"
  }
}
