// What the parts of a template's tags are, for an editor that colours them while they are typed. A
// broken text is marked around its mistakes.

/// A stretch of a template that isn't plain text; later marks lie over earlier ones.
public struct TemplateMark: Hashable, Sendable {
  /// What the stretch is for.
  public enum Kind: Hashable, Sendable {
    /// A tag as a whole: `{{json name}}`, `{{#if name}}`, `{{else}}`, `{{/if}}`, `{{> name}}`.
    case tag
    /// Begins a message: `{{role "system"}}`, `{{history}}`.
    case role
    case comment
    /// A variable by its name; it lies over its tag.
    case variable(String)
    /// A name that is called like a helper, and is none.
    case unknownHelper
  }

  public var kind: Kind
  /// UTF-8 bytes of the text, braces included.
  public var range: Range<Int>
}

extension Template {
  /// The marks of a stretch of a template, whether or not it parses; it may begin in the middle.
  ///
  /// What `each`, `with` and `as |name|` bind within the stretch is no variable.
  public static func marks(in bytes: [UInt8]) -> [TemplateMark] {
    var marker = TemplateMarker(tags: TemplateTags(in: bytes))
    marker.run()
    return marker.marks
  }
}

private struct TemplateMarker {
  let tags: TemplateTags
  var marks: [TemplateMark] = []
  private var scope = TagScope()

  init(tags: TemplateTags) { self.tags = tags }

  mutating func run() {
    for tag in tags.tags {
      let words = tags.words(of: tag)
      var kind = TemplateMark.Kind.tag
      if tag.kind == .comment { kind = .comment }
      if tag.kind == .output, let first = words.first?.text,
        TagScope.isRole(first, argumentCount: words.count - 1)
      {
        kind = .role
      }
      marks.append(TemplateMark(kind: kind, range: tag.range))
      switch tag.kind {
      case .text, .comment: break
      case .close: scope.close()
      case .partial: markArguments(words.dropFirst())
      case .output: markCall(words[...], of: tag)
      case .otherwise: markCall(words.dropFirst(), of: tag)
      case .open, .openInverted:
        markCall(words[...], of: tag)
        scope.open(words)
      }
    }
  }

  /// Marks a call whose first word may be a helper.
  private mutating func markCall(_ words: ArraySlice<TemplateWord>, of tag: TemplateToken) {
    guard let first = words.first else { return }
    let hasArguments = words.dropFirst().contains { $0.kind != .parameter && $0.kind != .close }
    if TemplateHelper(rawValue: first.text) != nil {
      markArguments(words.dropFirst())
    } else if hasArguments {
      marks.append(TemplateMark(kind: .unknownHelper, range: first.range))
      markArguments(words.dropFirst())
    } else {
      markVariable(first, over: tag.kind == .output ? tag.range : nil)
    }
  }

  private mutating func markArguments(_ words: ArraySlice<TemplateWord>) {
    var isCallee = false
    for word in words {
      if isCallee {
        if TemplateHelper(rawValue: word.text) == nil {
          marks.append(TemplateMark(kind: .unknownHelper, range: word.range))
        }
      } else if word.kind == .path {
        markVariable(word)
      }
      isCallee = word.kind == .open
    }
  }

  /// - Parameter range: what to mark in place of the word itself.
  private mutating func markVariable(_ word: TemplateWord, over range: Range<Int>? = nil) {
    guard word.kind == .path, let name = scope.variable(in: word.text) else { return }
    marks.append(TemplateMark(kind: .variable(name), range: range ?? word.range))
  }
}
