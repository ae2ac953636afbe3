// Why a server was not asked, or gave no use of itself: always a sentence for a person.

public struct CompletionError: Error, Hashable, Sendable, CustomStringConvertible {
  /// What happened, where, and what to do.
  public let description: String

  public init(_ description: String) { self.description = description }
}
