import Core

// Why a command printed no secret, said so that a person can mend it. It never holds what the
// command printed, not even where errors go: a script that traces itself tells the secret there.

/// What became of a command that was to print a key or a password.
public struct SecretCommandError: Error, Hashable, Sendable, CustomStringConvertible {
  enum Reason: Hashable, Sendable {
    /// The system started no process, with its own words.
    case notStarted(String)
    case status(CInt)
    case signal(CInt)
    case tookTooLong(Duration)
    /// The first line of its output is blank, or no text.
    case nothingPrinted
    /// Nobody waited for it any more.
    case stopped
  }

  let command: String
  let reason: Reason

  init(_ reason: Reason, of command: String) {
    self.command = Self.line(of: command, atMost: 80)
    self.reason = reason
  }

  /// The first line that isn't blank, shortened.
  private static func line(of text: String, atMost count: Int) -> String {
    let line = text.split(whereSeparator: \.isNewline).first { !$0.allSatisfy(\.isWhitespace) }
    let shown = DisplayText.printable(String(line ?? ""))
    return shown.count <= count ? shown : shown.prefix(count - 1) + "…"
  }

  public var description: String {
    "The command '\(command)' gave no key: \(inWords). Try it in a shell: it must "
      + "print the key on its first line, without asking anything in the terminal."
  }

  private var inWords: String {
    switch reason {
    case .notStarted(let words): "it could not be started (\(words))"
    case .status(let status): "it failed with status \(status)"
    case .signal(let number): "it was ended by signal \(number)"
    case .tookTooLong(let limit): "it took longer than \(limit.components.seconds) s and was ended"
    case .nothingPrinted: "it printed nothing on the first line"
    case .stopped: "it was stopped"
    }
  }
}
