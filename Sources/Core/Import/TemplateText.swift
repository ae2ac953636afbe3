// A template being written, from pieces that are text and pieces that are tags. Text that would be a
// tag by accident is escaped, so that it comes out as it went in.

/// The text of a template, or of a part of one.
struct TemplateText: Hashable, Sendable {
  private var written = ""
  /// Text that waits for what follows it.
  private var pending = ""

  init() {}

  init(literal: String) { pending = literal }

  /// The template's text.
  var source: String { written + Self.escaped(pending, isBeforeTag: false) }

  /// Whether it holds no tag and no text but white space.
  var isBlank: Bool { written.isBlank && pending.isBlank }

  /// A text that comes out as it is.
  mutating func append(literal text: String) { pending += text }

  /// A tag with its braces.
  mutating func append(tag: String) {
    written += Self.escaped(pending, isBeforeTag: true) + tag
    pending = ""
  }

  mutating func append(_ other: TemplateText) {
    if !other.written.isEmpty {
      append(tag: other.written)
      pending = other.pending
    } else {
      pending += other.pending
    }
  }

  /// A brace that can't be one of two: a tag that says it.
  private static let brace = "{{#with \"{\"}}{{this}}{{/with}}"

  private static func escaped(_ text: String, isBeforeTag: Bool) -> String {
    var escaped = ""
    var rest = Substring(text)
    while let braces = rest.firstRange(of: "{{") {
      let before = rest[..<braces.lowerBound]
      escaped += before
      if before.hasSuffix("\\") {
        // A second backslash would make a tag of them, and say one backslash.
        escaped += "\\" + brace
        rest = rest[braces.lowerBound...].dropFirst()
      } else {
        escaped += "\\{{"
        rest = rest[braces.upperBound...]
      }
    }
    escaped += rest
    guard isBeforeTag else { return escaped }
    if rest.hasSuffix("{") {
      escaped.removeLast()
      if rest.dropLast().hasSuffix("\\") { escaped += "\\" }
      escaped += brace
    } else if rest.hasSuffix("\\") {
      // One of the backslashes before a tag is taken for an escape.
      escaped += "\\"
    }
    return escaped
  }
}
