// What of a passage is embedded. The names around it say what it is about, which its own words often
// don't.

enum EmbeddedText {
  /// The title of its document, or the name of the file; the headings above it; its text. What the
  /// text or the headings begin with isn't said twice.
  ///
  /// - Parameter headings: as the passage table has them, a line each.
  static func text(title: String?, source: String, headings: String, text: String) -> String {
    let body = [headings, text].filter { !$0.isEmpty }.joined(separator: "\n")
    let name = title.flatMap { $0.isEmpty ? nil : $0 } ?? stem(of: source)
    return name.isEmpty || body.hasPrefix(name) ? body : name + "\n" + body
  }

  private static func stem(of source: String) -> String {
    let file = source.split(separator: "/").last ?? ""
    // What is hidden has a dot in front, and that is no suffix.
    return String(file.dropFirst().lastIndex(of: ".").map { file[..<$0] } ?? file)
  }
}
