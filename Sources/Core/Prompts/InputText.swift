// How the text of a variable's value is written in a field or on a command line: as it is, or as
// the name of a file that holds it. It reads no file.

/// A value as it was typed.
public enum InputText: Hashable, Sendable {
  /// The value itself.
  case literal(String)
  /// `@path`: the text of this file.
  case file(String)

  /// A text that begins with `@` names a file; with `@@` it stands for itself, less one `@`. What
  /// has several lines, or a blank after the `@`, names no file.
  public init(_ text: String) {
    guard text.utf8.first == UInt8(ascii: "@") else {
      self = .literal(text)
      return
    }
    let path = text.dropFirst()
    if path.utf8.first == UInt8(ascii: "@") {
      self = .literal(String(path))
    } else if path.first.map({ !$0.isWhitespace }) == true, !path.contains(where: \.isNewline) {
      self = .file(String(path))
    } else {
      self = .literal(text)
    }
  }

  /// How a value is typed so that it is read as itself.
  public static func typed(_ value: String) -> String {
    Self(value) == .literal(value) ? value : "@" + value
  }
}
