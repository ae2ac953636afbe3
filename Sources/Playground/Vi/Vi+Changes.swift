import Core

// How vi's commands change a text. Each is one change that can be undone.

extension Vi {
  /// Carries out a command that changes or yanks.
  mutating func change(
    _ command: ViCommand, in editor: inout Editor, register: inout String
  ) {
    editor.beginChange()
    // What is typed in the insert mode belongs to the command that began it.
    defer { if mode != .insert { editor.endChange() } }
    let count = command.count ?? 1
    switch command.action {
    case .operate(let name, let target):
      guard let stretch = stretch(of: target, count: command.count, for: name, in: editor) else {
        return
      }
      operate(name, on: stretch, command: command, in: &editor, register: &register)
    case .operateOnSelection(let name):
      guard let range = selection(in: editor) else { return }
      let stretch = Stretch(range: range, isLinewise: mode == .visualLine)
      mode = .normal
      operate(name, on: stretch, command: command, in: &editor, register: &register)
    case .insert(let place):
      begin(place, command: command, in: &editor)
    case .replaceCharacter(let character): replace(count, by: character, in: &editor)
    case .put(let isBefore):
      if let range = selection(in: editor) {
        putOverSelection(range, in: &editor, register: &register)
      } else {
        put(register, isBefore: isBefore, count: count, in: &editor)
      }
    case .joinLines: joinLines(count: count, in: &editor)
    case .toggleCase:
      let end = advanced(editor.cursor, by: count, in: editor.buffer)
      let range = editor.cursor..<end
      editor.replace(range, with: Self.withOtherCase(editor.buffer.text(in: range)))
    case .move, .visual, .select, .swapEnds, .undo, .redo, .repeatChange, .find, .findAgain,
      .commandLine:
      break
    }
  }

  /// What an operator works on.
  struct Stretch {
    var range: Range<TextPosition>
    var isLinewise = false

    var lines: ClosedRange<Int> { range.lowerBound.line...range.upperBound.line }
  }

  // MARK: Targets

  private mutating func stretch(
    of target: ViTarget, count: Int?, for name: ViOperator, in editor: Editor
  ) -> Stretch? {
    let buffer = editor.buffer
    let cursor = editor.cursor
    switch target {
    case .lines:
      let last = min(cursor.line + (count ?? 1) - 1, buffer.viLastLine)
      return Stretch(range: cursor..<max(cursor, buffer.lineEnd(last)), isLinewise: true)
    case .object(let object):
      return object.range(at: cursor, count: count ?? 1, in: buffer)
        .map { Stretch(range: $0, isLinewise: object.isLinewise) }
    case .motion(.wordForward(let isBig)) where name == .change && !buffer.isBlank(at: cursor):
      return Stretch(range: cursor..<wordsEnd(from: cursor, count ?? 1, isBig, in: buffer))
    case .motion(let motion):
      if case .find(let find) = motion { note(find) }
      guard let place = self.target(of: motion, count: count, in: editor) else { return nil }
      var range = min(cursor, place)..<max(cursor, place)
      if motion.isLinewise { return Stretch(range: range, isLinewise: true) }
      if motion.isInclusive {
        let last = range.upperBound
        range = range.lowerBound..<max(last, buffer.positionInLine(after: last))
      } else if case .wordForward = motion, range.upperBound.line > cursor.line {
        // The last word of a line is deleted, not the line's end with it.
        range = cursor..<max(cursor, buffer.lineEnd(range.upperBound.line - 1))
      }
      return Stretch(range: range)
    }
  }

  /// Where so many words end: `cw` leaves the blanks after them.
  private func wordsEnd(
    from start: TextPosition, _ count: Int, _ isBig: Bool, in buffer: TextBuffer
  ) -> TextPosition {
    var end = buffer.viRun(around: start, isBig: isBig).upperBound
    for _ in 1..<max(1, count) {
      let last = buffer.viWordEnd(after: buffer.position(before: end), isBig: isBig)
      end = buffer.positionInLine(after: last)
    }
    return max(start, end)
  }

  private func advanced(
    _ start: TextPosition, by count: Int, in buffer: TextBuffer
  ) -> TextPosition {
    var end = start
    for _ in 0..<count {
      let next = buffer.positionInLine(after: end)
      if next == end { break }
      end = next
    }
    return end
  }

  // MARK: Operators

  private mutating func operate(
    _ name: ViOperator, on stretch: Stretch, command: ViCommand, in editor: inout Editor,
    register: inout String
  ) {
    switch name {
    case .yank:
      register = text(of: stretch, in: editor)
      let start = stretch.range.lowerBound
      if start < editor.cursor, !stretch.isLinewise || start.line < editor.cursor.line {
        editor.moveTo(start)
      }
    case .delete where stretch.isLinewise:
      guard let lines = lines(of: stretch, in: editor.buffer) else { return }
      register = text(of: stretch, in: editor)
      deleteLines(lines, in: &editor)
    case .delete:
      guard !stretch.range.isEmpty else { return }
      register = text(of: stretch, in: editor)
      editor.replace(stretch.range, with: "")
    case .change:
      var range = stretch.range
      if stretch.isLinewise {
        range =
          editor.buffer.firstNonBlank(
            ofLine: stretch.lines.lowerBound)..<editor.buffer.lineEnd(stretch.lines.upperBound)
      }
      if !range.isEmpty {
        register = text(of: stretch, in: editor)
        editor.replace(range, with: "")
      }
      editor.moveTo(range.lowerBound)
      beginInsertion(command, in: editor)
    case .indent, .outdent:
      shift(stretch.lines, isOutward: name == .outdent, in: &editor)
    case .toggleCase:
      let range = stretch.range
      editor.replace(range, with: Self.withOtherCase(editor.buffer.text(in: range)))
      editor.moveTo(range.lowerBound)
    }
  }

  /// Whole lines end with a line feed, by which `p` knows them.
  private func text(of stretch: Stretch, in editor: Editor) -> String {
    guard stretch.isLinewise else { return editor.buffer.text(in: stretch.range) }
    let lines = lines(of: stretch, in: editor.buffer) ?? stretch.lines
    return editor.buffer.lines[lines].joined(separator: "\n") + "\n"
  }

  /// The lines of a stretch, as far as vi counts lines; nil when it counts none of them.
  private func lines(of stretch: Stretch, in buffer: TextBuffer) -> ClosedRange<Int>? {
    let last = min(stretch.lines.upperBound, buffer.viLastLine)
    return stretch.lines.lowerBound <= last ? stretch.lines.lowerBound...last : nil
  }

  private func deleteLines(_ lines: ClosedRange<Int>, in editor: inout Editor) {
    let buffer = editor.buffer
    let start: TextPosition
    let end: TextPosition
    if lines.upperBound + 1 < buffer.lines.count {
      start = TextPosition(line: lines.lowerBound, offset: 0)
      end = TextPosition(line: lines.upperBound + 1, offset: 0)
    } else {
      start = lines.lowerBound > 0 ? buffer.lineEnd(lines.lowerBound - 1) : .start
      end = buffer.end
    }
    editor.replace(start..<end, with: "")
    let line = min(lines.lowerBound, editor.buffer.viLastLine)
    editor.moveTo(editor.buffer.firstNonBlank(ofLine: line))
  }

  private static let indentation = "  "

  private func shift(_ lines: ClosedRange<Int>, isOutward: Bool, in editor: inout Editor) {
    let shifted = editor.buffer.lines[lines].map { line in
      guard isOutward else { return line.isEmpty ? line : Self.indentation + line }
      if line.hasPrefix("\t") { return String(line.dropFirst()) }
      return String(line.dropFirst(line.prefix(Self.indentation.count).prefix { $0 == " " }.count))
    }
    let start = TextPosition(line: lines.lowerBound, offset: 0)
    editor.replace(
      start..<editor.buffer.lineEnd(lines.upperBound), with: shifted.joined(separator: "\n"))
    editor.moveTo(editor.buffer.firstNonBlank(ofLine: lines.lowerBound))
  }

  // MARK: Inserting

  private mutating func begin(
    _ place: ViInsertion, command: ViCommand, in editor: inout Editor
  ) {
    let buffer = editor.buffer
    let line = editor.cursor.line
    let start = TextPosition(line: line, offset: 0)
    let indent = buffer.text(in: start..<buffer.firstNonBlank(ofLine: line))
    switch place {
    case .here: break
    case .after: editor.moveTo(buffer.positionInLine(after: editor.cursor))
    case .lineStart: editor.moveTo(buffer.firstNonBlank(ofLine: line))
    case .lineEnd: editor.moveTo(buffer.lineEnd(line))
    case .lineBelow:
      let end = buffer.lineEnd(line)
      editor.replace(end..<end, with: "\n" + indent)
    case .lineAbove:
      editor.replace(start..<start, with: indent + "\n")
      editor.moveTo(TextPosition(line: line, offset: indent.utf8.count))
    }
    beginInsertion(command, in: editor)
  }

  private mutating func beginInsertion(_ command: ViCommand, in editor: Editor) {
    mode = .insert
    insertion = Insertion(start: editor.cursor, command: command)
  }

  private func put(_ text: String, isBefore: Bool, count: Int, in editor: inout Editor) {
    guard !text.isEmpty, text.utf8.count * count <= Self.mostPut else { return }
    let buffer = editor.buffer
    let repeated = String(repeating: text, count: count)
    let line = editor.cursor.line
    guard text.hasSuffix("\n") else {
      let place = isBefore ? editor.cursor : buffer.positionInLine(after: editor.cursor)
      editor.replace(place..<place, with: repeated)
      editor.moveTo(editor.buffer.position(before: editor.cursor))
      return
    }
    if isBefore {
      let start = TextPosition(line: line, offset: 0)
      editor.replace(start..<start, with: repeated)
      editor.moveTo(editor.buffer.firstNonBlank(ofLine: line))
    } else {
      let line = min(line, buffer.viLastLine)
      let end = buffer.lineEnd(line)
      editor.replace(end..<end, with: "\n" + repeated.dropLast())
      editor.moveTo(editor.buffer.firstNonBlank(ofLine: line + 1))
    }
  }

  /// Bytes: a large count of a large text is a slip of the finger.
  private static let mostPut = 16_777_216

  private mutating func putOverSelection(
    _ range: Range<TextPosition>, in editor: inout Editor, register: inout String
  ) {
    let isLinewise = mode == .visualLine
    mode = .normal
    var text = register
    register = self.text(of: Stretch(range: range, isLinewise: isLinewise), in: editor)
    if isLinewise, text.hasSuffix("\n") { text.removeLast() }
    editor.replace(range, with: text)
  }

  // MARK: Characters and lines

  private mutating func replace(_ count: Int, by character: Character, in editor: inout Editor) {
    if let range = selection(in: editor) {
      mode = .normal
      let text = editor.buffer.text(in: range)
      editor.replace(range, with: String(text.map { $0.isNewline ? $0 : character }))
      editor.moveTo(range.lowerBound)
      return
    }
    let range = editor.cursor..<advanced(editor.cursor, by: count, in: editor.buffer)
    guard editor.buffer.text(in: range).count == count else { return }
    editor.replace(range, with: String(repeating: character, count: count))
    if character != "\n" { editor.moveTo(editor.buffer.position(before: editor.cursor)) }
  }

  /// Joins the lines of a selection, or so many, two at the least; one blank parts them.
  private mutating func joinLines(count: Int, in editor: inout Editor) {
    let buffer = editor.buffer
    let selection = selection(in: editor)
    mode = .normal
    let first = selection?.lowerBound.line ?? editor.cursor.line
    let wanted = selection.map { max($0.upperBound.line, first + 1) } ?? first + max(count, 2) - 1
    let last = min(wanted, buffer.viLastLine)
    guard first < last else { return }
    var text = buffer.lines[first]
    var seam = text.utf8.count
    for line in buffer.lines[first + 1...last] {
      let rest = line.drop { $0 == " " || $0 == "\t" }
      seam = text.utf8.count
      let needsBlank = !rest.isEmpty && !text.isEmpty && text.last?.isWhitespace != true
      text += (needsBlank ? " " : "") + rest
    }
    editor.replace(
      TextPosition(line: first, offset: 0)..<buffer.lineEnd(last), with: text)
    editor.moveTo(TextPosition(line: first, offset: seam))
  }

  private static func withOtherCase(_ text: String) -> String {
    text.reduce(into: "") { $0 += $1.isUppercase ? $1.lowercased() : $1.uppercased() }
  }
}
