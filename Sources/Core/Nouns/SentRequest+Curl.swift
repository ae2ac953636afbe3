// A request as a command for people to paste into a shell. Requests come out of session files of
// other people too: whatever they hold, they must not become an option, a file's name or a command.

extension SentRequest {
  /// The request as one curl command for a POSIX shell.
  ///
  /// It sends the same bytes as whet did when the secrets are where their places say. Requests hold
  /// no NUL, which no shell could pass on: JSON escapes it.
  ///
  /// - Parameter isKept: whether a secret is one of the person's own that is meant for this
  ///   server. Of any other `[key]` is put down: the place is a command to run, or a key to send, of
  ///   whoever made the recording.
  public func curlCommand(where isKept: (Secret) -> Bool) -> String {
    var lines = ["curl -sS -N --globoff --url \(url.quotedForShell)"]
    if method != "POST" { lines.append("-X \(method.quotedForShell)") }
    lines += fields.map { "-H \($0.quotedForShell(where: isKept))" }
    if method == "GET", body.isEmpty { return Self.joined(lines) }
    // curl reads a file when data begin with @, and no argument may be larger than Linux lets it.
    if body.hasPrefix("@") || body.utf8.count >= Self.argumentLimit {
      lines[0] = "printf %s \(body.quotedForShell) | " + lines[0]
      lines.append("--data-binary @-")
    } else {
      lines.append("--data-binary \(body.quotedForShell)")
    }
    return Self.joined(lines)
  }

  /// The bytes of one argument at most, the NUL at its end among them (execve(2)).
  private static let argumentLimit = 128 << 10

  private static func joined(_ lines: [String]) -> String { lines.joined(separator: " \\\n  ") }
}

extension HTTPField {
  /// The field in quotes, in double ones where a secret is to be put in.
  fileprivate func quotedForShell(where isKept: (Secret) -> Bool) -> String {
    // curl reads a colon with nothing after it as: send no such field.
    if value.isEmpty, secret == nil { return "\(name);".quotedForShell }
    let line = "\(name): \(value)"
    guard let secret else { return line.quotedForShell }
    guard isKept(secret) else { return "\(line)[key]".quotedForShell }
    return "\"\(line.escapedForShell)\(secret.shellExpansion)\""
  }
}

extension String {
  /// In single quotes, inside which only the quote itself means anything.
  fileprivate var quotedForShell: String { "'\(replacing("'", with: #"'\''"#))'" }

  /// As it stands between double quotes.
  fileprivate var escapedForShell: String {
    String(
      String.UnicodeScalarView(
        unicodeScalars.flatMap { scalar -> [Unicode.Scalar] in
          ["\\", "\"", "$", "`"].contains(scalar) ? ["\\", scalar] : [scalar]
        }))
  }
}
