// What is wrong with a configuration file, said so that a person can find it and mend it.

/// A mistake in a configuration file, and on which line it stands.
public struct ConfigurationError: Error, Hashable, Sendable, CustomStringConvertible {
  public let path: String
  /// Counted from 1.
  public let line: Int
  /// Never repeats a value of the file.
  public let problem: String

  public var description: String { "\(path):\(line): \(problem)" }
}
