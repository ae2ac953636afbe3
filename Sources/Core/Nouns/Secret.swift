// Where a secret is kept. The secret itself is read when a request is made, and is part of no value
// that is shown or kept.

/// A key or password by the place from which it is read.
public enum Secret: Hashable, Sendable {
  /// An environment variable by its name.
  case environment(String)
  /// A shell command that prints it, such as `pass show openai`.
  case command(String)

  /// The place as a POSIX shell expands it inside double quotes: `$OPENAI_API_KEY`,
  /// `$(pass show openai)`.
  public var shellExpansion: String {
    switch self {
    case .environment(let name): "$\(name)"
    case .command(let command): "$(\(command))"
    }
  }
}
