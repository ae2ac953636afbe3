// A line's content into a block, once the quotes and items around it are known.

extension MarkdownParser {
  mutating func takeBlank(_ start: LineStart) {
    if state.leaf != .indentedCode {
      endTable()
      state.leaf = .none
      state.container = start.container
    }
    if state.blankCount == 0 { state.blankStart = start.line.start }
    state.blankCount += 1
  }

  mutating func takeCode(
    _ start: LineStart, of fence: MarkdownFence, in bytes: UnsafeBufferPointer<UInt8>
  ) {
    var line = start.line
    if line.closes(fence) {
      add(.fenceEnd, line.trimmed, container: start.container)
      state.leaf = .none
      return
    }
    // It may yet become the end of the code.
    if !start.isComplete, line.mayClose(fence) { return }
    line.skip(columns: min(line.indent, fence.indent))
    add(
      .code, line.start..<line.end, container: start.container, in: bytes,
      isComplete: start.isComplete)
  }

  mutating func takeLeaf(_ start: LineStart, in bytes: UnsafeBufferPointer<UInt8>) {
    var line = start.line
    let container = start.container
    let continues = state.leaf == .paragraph && !start.hasOpened
    if line.indent >= 4, !continues {
      let goesOn = state.leaf == .indentedCode && start.isInside && !start.hasOpened
      if !goesOn { endTable() }
      state.leaf = .indentedCode
      line.skip(columns: 4)
      add(
        .code, line.start..<line.end, container: container, in: bytes,
        isComplete: start.isComplete)
    } else if line.isBlank {
      // An item whose text stands on the next line.
      endTable()
      state.leaf = .none
      add(.paragraph, line.start..<line.start, container: container)
    } else if line.indent < 4, continues, start.isInside, takeUnderline(line) {
      return
    } else if line.indent < 4, takeSimpleBlock(start, in: bytes) {
      return
    } else if continues {
      extend(by: line.trimmed, in: bytes, isComplete: start.isComplete)
    } else if state.leaf == .table, start.isInside, !start.hasOpened,
      line.end - line.start <= Self.longestBlock
    {
      add(.tableRow(table: Int32(clamping: tables.count - 1)), line.trimmed, container: container)
    } else {
      endTable()
      state.leaf = .paragraph
      add(
        .paragraph, line.trimmed, container: container, in: bytes, isComplete: start.isComplete)
    }
  }

  /// A heading, a fence or a rule.
  private mutating func takeSimpleBlock(
    _ start: LineStart, in bytes: UnsafeBufferPointer<UInt8>
  ) -> Bool {
    let line = start.line
    if let heading = line.heading() {
      endTable()
      state.leaf = .none
      add(
        .heading(level: UInt8(clamping: heading.level)), heading.content,
        container: start.container, in: bytes, isComplete: start.isComplete)
    } else if let (fence, info) = line.fence() {
      endTable()
      add(.fence, info, container: start.container)
      state.leaf = .fencedCode(fence)
    } else if line.isRule {
      endTable()
      state.leaf = .none
      add(.rule, line.trimmed, container: start.container)
    } else {
      return false
    }
    return true
  }

  /// A line under a paragraph that makes a table or a heading of it.
  private mutating func takeUnderline(_ line: MarkdownLine) -> Bool {
    if takeTableStart(line) { return true }
    guard let level = line.underline else { return false }
    blocks[blocks.count - 1].kind = .heading(level: UInt8(clamping: level))
    state.leaf = .none
    return true
  }

  /// The last line of the paragraph becomes a header where this is the line under one.
  private mutating func takeTableStart(_ line: MarkdownLine) -> Bool {
    guard let header = lines.last, let paragraph = blocks.last, line.hasBar,
      !(paragraph.isContinued && paragraph.lineCount == 1), header.count <= Self.longestBlock,
      let alignments = line.delimiterCells(),
      line.with(header).cells().count == alignments.count
    else { return false }
    if paragraph.lineCount == 1 {
      blocks.removeLast()
    } else {
      blocks[blocks.count - 1].lineCount -= 1
    }
    let table = Int32(clamping: tables.count)
    tables.append(MarkdownTable(alignments: alignments, firstBlock: blocks.count))
    let index = Int32(clamping: lines.count - 1)
    blocks.append(
      MarkdownBlock(
        kind: .tableHeader(table: table), container: paragraph.container, firstLine: index,
        lineCount: 1))
    add(.tableDelimiter(table: table), line.trimmed, container: paragraph.container)
    state.leaf = .table
    return true
  }

  /// No more rows will come.
  mutating func endTable() {
    guard state.leaf == .table, let last = tables.indices.last else { return }
    tables[last].end = blocks.count
  }

  // MARK: Adding

  /// Adds a block of one line.
  mutating func add(_ kind: MarkdownBlock.Kind, _ content: Range<Int>, container: Int32) {
    addBlanks(before: kind, container: container)
    // The markers of new containers stand beside their first block.
    for index in containers.indices.reversed() {
      if containers[index].firstBlock >= 0 { break }
      containers[index].firstBlock = Int32(clamping: blocks.count)
    }
    state.container = container
    state.length = content.count
    blocks.append(
      MarkdownBlock(
        kind: kind, container: container, firstLine: Int32(clamping: lines.count), lineCount: 1))
    lines.append(content)
  }

  /// Adds a block of one line of any length.
  mutating func add(
    _ kind: MarkdownBlock.Kind, _ content: Range<Int>, container: Int32,
    in bytes: UnsafeBufferPointer<UInt8>, isComplete: Bool
  ) {
    add(kind, content.lowerBound..<content.lowerBound, container: container)
    lines.removeLast()
    blocks[blocks.count - 1].lineCount = 0
    state.length = 0
    extend(by: content, in: bytes, isComplete: isComplete)
  }

  /// Adds a line to the last block, which is cut where it becomes too long.
  mutating func extend(
    by content: Range<Int>, in bytes: UnsafeBufferPointer<UInt8>, isComplete: Bool
  ) {
    var rest = content
    while state.length + rest.count > Self.longestBlock {
      let cut = Self.cut(
        rest, atMost: Self.longestBlock - state.length, in: bytes)
      // Between two lines, there is nothing to cut.
      let isWithinLine = cut > content.lowerBound
      if isWithinLine { addLine(rest.lowerBound..<cut) }
      rest = cut..<rest.upperBound
      var next = blocks[blocks.count - 1]
      next.firstLine = Int32(clamping: lines.count)
      next.lineCount = 0
      next.isContinued = isWithinLine
      blocks.append(next)
      state.length = 0
      if !isComplete { noteCut(at: cut) }
    }
    addLine(rest)
  }

  private mutating func addLine(_ content: Range<Int>) {
    lines.append(content)
    blocks[blocks.count - 1].lineCount += 1
    state.length += content.count + 1
  }

  /// Where a line is cut so that no more than some bytes stand before: after a blank, if there is
  /// one near, else between two scalars.
  private static func cut(
    _ content: Range<Int>, atMost length: Int, in bytes: UnsafeBufferPointer<UInt8>
  ) -> Int {
    var end = content.lowerBound + max(0, length)
    while end > content.lowerBound, bytes[end] & 0xC0 == 0x80 { end -= 1 }
    var blank = end
    while blank > max(content.lowerBound, end - 256), !MarkdownLine.isBlank(bytes[blank - 1]) {
      blank -= 1
    }
    return blank > max(content.lowerBound, end - 256) ? blank : end
  }

  /// Empty lines between two blocks show as one; within code, each shows.
  private mutating func addBlanks(before kind: MarkdownBlock.Kind, container: Int32) {
    defer { state.blankCount = 0 }
    guard state.blankCount > 0, let last = blocks.last else { return }
    let isCode = kind == .code && last.kind == .code && state.leaf == .indentedCode
    for _ in 0..<(isCode ? state.blankCount : 1) {
      blocks.append(
        MarkdownBlock(
          kind: isCode ? .code : .blank, container: commonContainer(last.container, container),
          firstLine: Int32(clamping: lines.count), lineCount: 1))
      lines.append(state.blankStart..<state.blankStart)
    }
  }

  /// The innermost container that is around both.
  private func commonContainer(_ one: Int32, _ other: Int32) -> Int32 {
    var (one, other) = (one, other)
    while one != other {
      // A container comes after those around it.
      if one > other {
        one = containers[Int(one)].parent
      } else {
        other = containers[Int(other)].parent
      }
    }
    return one
  }
}

extension MarkdownParser {
  /// Takes in a line that is shown as it came, or what has come of one.
  mutating func takePlain(
    _ line: Range<Int>, in bytes: UnsafeBufferPointer<UInt8>, isComplete: Bool
  ) {
    if state.isWithinLine {
      extend(by: line, in: bytes, isComplete: isComplete)
    } else {
      add(.plain, line, container: -1, in: bytes, isComplete: isComplete)
    }
    state.isWithinLine = state.isWithinLine && !isComplete
  }
}
