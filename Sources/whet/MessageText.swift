import Core

// Messages for a reader: what isn't text stands in brackets.

extension Message {
  /// Its parts, one after the other.
  var readableText: String {
    if parts.count == 1, case .text(let text) = parts[0] { return text }
    return parts.map { part in
      switch part {
      case .text(let text): text
      case .media(let url, let contentType):
        "[media \((contentType.map { [$0, url] } ?? [url]).map(Self.cut).joined(separator: " "))]"
      case .section(let name): "[section \(name)]"
      }
    }.joined()
  }

  /// A `data:` URL holds a whole picture: its beginning tells what it is.
  private static func cut(_ text: String) -> String {
    text.count > 80 ? text.prefix(79) + "…" : text
  }
}
