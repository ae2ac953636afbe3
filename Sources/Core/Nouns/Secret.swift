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
    case .environment(let name) where Self.isVariableName(name): "$\(name)"
    case .environment(let name): "$(printenv '\(name.replacing("'", with: #"'\''"#))')"
    case .command(let command): "$(\(command))"
    }
  }
}

extension Secret {
  /// Whether a POSIX shell takes a text for the name of a variable (IEEE 1003.1, section 3.216).
  static func isVariableName(_ text: some StringProtocol) -> Bool {
    guard let first = text.utf8.first, !(0x30...0x39 ~= first) else { return false }
    return text.utf8.allSatisfy {
      0x30...0x39 ~= $0 || 0x41...0x5A ~= $0 || 0x61...0x7A ~= $0 || $0 == UInt8(ascii: "_")
    }
  }
}
