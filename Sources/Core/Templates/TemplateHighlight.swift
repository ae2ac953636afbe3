// What the parts of a template's text are, for an editor that colours them while it is typed. A
// broken text is coloured up to its mistake.

/// A stretch of a template that isn't plain text.
public struct TemplateHighlight: Hashable, Sendable {
  /// What the stretch is for.
  public enum Kind: Hashable, Sendable {
    /// Puts a value in: `{{name}}`, `{{json name}}`.
    case variable
    /// Begins a message: `{{role "system"}}`, `{{history}}`.
    case role
    /// Opens, parts or closes a block: `{{#if name}}`, `{{else}}`, `{{/if}}`.
    case block
    case comment
  }

  public var kind: Kind
  /// UTF-8 bytes of the text, braces included.
  public var range: Range<Int>
}

extension Template {
  /// The tags of a text, in order, whether or not it parses as a whole.
  public static func highlights(in text: String) -> [TemplateHighlight] {
    let bytes = Array(text.utf8)
    return TemplateScanner.scan(bytes).tokens.compactMap { token in
      let kind: TemplateHighlight.Kind
      switch token.kind {
      case .text: return nil
      case .comment: kind = .comment
      case .open, .openInverted, .otherwise, .close, .partial: kind = .block
      case .output:
        var parser = TemplateExpressionParser(bytes: bytes, token: token)
        switch try? parser.tag().call.target {
        case .helper(.role), .helper(.history): kind = .role
        default: kind = .variable
        }
      }
      return TemplateHighlight(kind: kind, range: token.range)
    }
  }
}
