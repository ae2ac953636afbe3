import Core
import Playground

// What looks different in a text that is being written: the template's tags, the front matter, what
// was looked for, braces that match. Only what is in sight, and a bounded stretch around it, is
// looked at.

/// The spans of the lines in sight, by their numbers.
struct PromptSpans {
  private(set) var byLine: [Int: [StyledSpan]] = [:]
  private let theme: Theme
  private let buffer: TextBuffer
  private let visible: Range<TextPosition>

  /// Bytes around what is in sight in which a tag that reaches into it begins or ends.
  private static let reach = 8192

  init(of editor: Editor, visible: Range<TextPosition>, theme: Theme) {
    buffer = editor.buffer
    self.visible = visible
    self.theme = theme
  }

  // MARK: Template

  /// - Parameters:
  ///   - name: the prompt's.
  ///   - values: whether a variable has a value, by the names of those that are known.
  mutating func markTemplate(named name: String, values: [String: Bool]) {
    let front = FrontMatterLines(of: buffer, in: name).lines
    markFrontMatter(front)
    let start = TextPosition(line: front.upperBound, offset: 0)
    guard visible.upperBound > start else { return }
    let window = TextWindow(
      of: buffer, around: max(visible.lowerBound, start)..<visible.upperBound, before: Self.reach,
      after: Self.reach)
    for mark in Template.marks(in: window.bytes) {
      let range = window.positions(of: mark.range)
      guard range.lowerBound >= start else { continue }
      let role: StyleRole
      switch mark.kind {
      case .tag: role = .promptVariable
      case .role: role = .promptRole
      case .comment: role = .promptComment
      case .unknownHelper: role = .error
      case .variable(let name):
        // Where the text before is out of reach, a name may be bound by a block there.
        role = values[name] ?? !window.beginsText ? .promptVariable : .unknownVariable
      }
      add(range, role)
    }
  }

  private mutating func markFrontMatter(_ lines: Range<Int>) {
    for number in lines.clamped(to: visible.lowerBound.line..<visible.upperBound.line + 1) {
      let line = buffer.lines[number]
      let isComment = line.utf8.first { $0 != UInt8(ascii: " ") } == UInt8(ascii: "#")
      add(number, 0..<line.utf8.count, isComment ? .promptComment : .frontMatter)
      if let key = FrontMatterLines.key(in: line) { add(number, key, .frontMatterKey) }
    }
  }

  // MARK: Cursor

  mutating func markMatches(of finder: Finder) {
    let search = finder.search
    for number in visible.lowerBound.line...visible.upperBound.line {
      let line = buffer.lines[number]
      // Of a very long line, only what was found already is marked.
      guard line.utf8.count <= Self.reach else { continue }
      for range in search.matches(in: line) { add(number, range, .match) }
    }
    if let current = finder.current, finder.matches.indices.contains(current) {
      add(finder.matches[current], .currentMatch)
    }
  }

  mutating func markBraces(at cursor: TextPosition) {
    guard let pair = BracePair(at: cursor, in: buffer) else { return }
    add(pair.here, .matchingBrace)
    add(pair.partner, .matchingBrace)
  }

  mutating func markSelection(_ range: Range<TextPosition>) { add(range, .selection) }

  // MARK: Ranges

  private mutating func add(_ range: Range<TextPosition>, _ role: StyleRole) {
    let first = max(range.lowerBound.line, visible.lowerBound.line)
    let last = min(range.upperBound.line, visible.upperBound.line, buffer.lines.count - 1)
    guard first <= last else { return }
    for number in first...last {
      let count = buffer.lines[number].utf8.count
      let start = number == range.lowerBound.line ? range.lowerBound.offset : 0
      let end = number == range.upperBound.line ? range.upperBound.offset : count
      if start < min(end, count) { add(number, start..<min(end, count), role) }
    }
  }

  private mutating func add(_ line: Int, _ range: Range<Int>, _ role: StyleRole) {
    byLine[line, default: []].append(StyledSpan(range: range, style: theme.style(role)))
  }
}

extension Renderer {
  /// What looks different in the prompt's text, or in a value.
  ///
  /// - Parameters:
  ///   - focus: where the text stands.
  ///   - visible: what of it is in sight.
  func spans(
    of editor: Editor, at focus: Focus, in state: State, visible: Range<TextPosition>
  ) -> [Int: [StyledSpan]] {
    var spans = PromptSpans(of: editor, visible: visible, theme: theme)
    if focus == .prompt {
      spans.markTemplate(named: state.prompt.name, values: state.prompt.knownValues)
    }
    guard focus == state.focus else { return spans.byLine }
    if let finder = state.finder {
      spans.markMatches(of: finder)
    } else {
      spans.markBraces(at: editor.cursor)
    }
    if let selection = state.vi?.selection(in: editor) { spans.markSelection(selection) }
    return spans.byLine
  }
}
