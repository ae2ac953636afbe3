// Words of a command that a person copies into a shell.

/// Quotes texts for POSIX shells.
public enum ShellWord {
  /// The text as one word that means itself, whatever is in it (POSIX.1-2024, Shell Command Language, 2.2.2).
  public static func quoted(_ text: String) -> String {
    let isPlain =
      !text.isEmpty
      && text.utf8.allSatisfy { byte in
        0x30...0x39 ~= byte || 0x41...0x5A ~= byte || 0x61...0x7A ~= byte
          || "-_./:,@+".utf8.contains(byte)
      }
    return isPlain ? text : "'" + text.replacing("'", with: #"'\''"#) + "'"
  }
}
