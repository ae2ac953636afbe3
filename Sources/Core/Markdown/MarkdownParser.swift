// Markdown's lines into blocks (CommonMark 0.31, with GitHub's tables and task lists): which quotes
// and list items a line stands in. Each line is looked at once; what an unfinished line adds can be
// taken back.

/// The blocks of a growing text.
///
/// It knows offsets only: whoever owns the bytes hands them in.
struct MarkdownParser: Hashable, Sendable {
  /// A longer paragraph or line is cut into blocks of this many bytes at the most, so that a text
  /// without a line end costs no more than one with many lines.
  static let longestBlock = 4096
  /// Quotes and list items in one another; what would go deeper is text.
  static let deepest = 12

  /// The block that further lines may belong to.
  enum Leaf: Hashable, Sendable {
    case none
    case paragraph
    case fencedCode(MarkdownFence)
    case indentedCode
    case table
  }

  var blocks: [MarkdownBlock] = []
  /// What the blocks have of the text: UTF-8 offsets, without line ends and markers.
  var lines: [Range<Int>] = []
  var containers: [MarkdownContainer] = []
  var tables: [MarkdownTable] = []
  var state = LineState()
  /// The last cut within a line that hasn't ended, and how things stood there.
  private(set) var cut: (offset: Int, place: Place)?

  /// What the next line is read with.
  struct LineState: Hashable, Sendable {
    var leaf = Leaf.none
    /// The innermost open container; -1 for none.
    var container: Int32 = -1
    /// Empty lines since the last block, and where they begin.
    var blankCount = 0
    var blankStart = 0
    /// Bytes of the last block.
    var length = 0
    /// Whether it goes on in the line in which the last block was cut.
    var isWithinLine = false
  }

  // MARK: Taking back

  /// How far everything had come at the start of a line, or at a cut.
  struct Place: Hashable, Sendable {
    fileprivate(set) var blockCount = 0
    fileprivate var lineCount = 0
    fileprivate var containerCount = 0
    fileprivate var tableCount = 0
    fileprivate var lastBlock: MarkdownBlock?
    fileprivate var lastTable: MarkdownTable?
    fileprivate var state = LineState()

    /// The blocks that nothing to come can change.
    var settledBlockCount: Int {
      blockCount - (state.leaf == .paragraph || state.isWithinLine ? 1 : 0)
    }

    func hasEnded(table: Int) -> Bool {
      table < tableCount - 1 || table < tableCount && lastTable?.end != nil
    }
  }

  var place: Place {
    Place(
      blockCount: blocks.count, lineCount: lines.count, containerCount: containers.count,
      tableCount: tables.count, lastBlock: blocks.last, lastTable: tables.last, state: state)
  }

  mutating func goBack(to place: Place) {
    // The last block may have become another since.
    blocks.removeSubrange(max(0, place.blockCount - 1)...)
    if let last = place.lastBlock { blocks.append(last) }
    lines.removeSubrange(place.lineCount...)
    containers.removeSubrange(place.containerCount...)
    tables.removeSubrange(place.tableCount...)
    if let last = place.lastTable { tables[tables.count - 1] = last }
    state = place.state
    cut = nil
  }

  /// Notes a cut in a line that hasn't ended: what stands before it is settled.
  mutating func noteCut(at offset: Int) {
    var place = place
    place.state.isWithinLine = true
    cut = (offset, place)
  }

  // MARK: Lines

  /// Takes in a line, or what has come of one.
  ///
  /// - Parameters:
  ///   - range: its bytes, without its end.
  ///   - isComplete: whether its end has come.
  mutating func take(
    _ range: Range<Int>, in bytes: UnsafeBufferPointer<UInt8>, isComplete: Bool
  ) {
    if state.isWithinLine {
      extend(by: range, in: bytes, isComplete: isComplete)
      state.isWithinLine = !isComplete
      return
    }
    var line = MarkdownLine(range, in: bytes)
    let path = path(to: state.container)
    let entered = enter(path, in: &line)
    let isInside = entered == path.count
    var start = LineStart(
      line: line, container: entered == 0 ? -1 : path[entered - 1], isInside: isInside,
      isComplete: isComplete)
    if case .fencedCode(let fence) = state.leaf {
      if isInside {
        takeCode(start, of: fence, in: bytes)
        return
      }
      state.leaf = .none
    }
    if line.isBlank {
      if isComplete { takeBlank(start) }
      return
    }
    repeat {
      // What it will be is not clear yet: shown too early, it would jump.
      if !isComplete, start.line.maySoonBeMarkup { return }
    } while openContainer(at: &start)
    takeLeaf(start, in: bytes)
  }

  /// A line of which the markers of containers are being taken off.
  struct LineStart {
    var line: MarkdownLine
    /// The innermost container that it stands in.
    var container: Int32
    /// Whether it stands in all the containers of the line before.
    var isInside: Bool
    var isComplete: Bool
    /// Whether it opened a container.
    var hasOpened = false
  }

  private func path(to container: Int32) -> [Int32] {
    var path: [Int32] = []
    var next = container
    while next >= 0 {
      path.append(next)
      next = containers[Int(next)].parent
    }
    return path.reversed()
  }

  /// Takes the marks of open containers off a line; tells how many of them go on.
  private func enter(_ path: [Int32], in line: inout MarkdownLine) -> Int {
    for (count, id) in path.enumerated() {
      let container = containers[Int(id)]
      if container.kind == .quote {
        guard line.isQuoted else { return count }
        line.skipQuoteMark()
      } else if !line.isBlank {
        guard line.indent >= Int(container.indent) else { return count }
        line.skip(columns: Int(container.indent))
      }
    }
    return path.count
  }

  /// Opens a quote or an item where one begins.
  private mutating func openContainer(at start: inout LineStart) -> Bool {
    let line = start.line
    let indent = line.indent
    let depth = start.container < 0 ? 0 : Int(containers[Int(start.container)].depth) + 1
    guard indent < 4, depth < Self.deepest else { return false }
    if line.isQuoted {
      open(.quote, depth: depth, at: &start)
      start.line.skipQuoteMark()
      return true
    }
    let interrupts = state.leaf == .paragraph && start.isInside && !start.hasOpened
    if interrupts, line.underline != nil { return false }
    guard !line.isRule, let marker = line.itemMarker() else { return false }
    var rest = line
    rest.skipBlanks()
    rest.skip(bytes: marker.length)
    let isEmpty = rest.isBlank
    if interrupts, isEmpty || marker.number ?? 1 != 1 { return false }
    let blanks = rest.indent
    let width = isEmpty || blanks > 4 ? 1 : blanks
    rest.skip(columns: width)
    var kind = MarkdownContainer.Kind.bullet
    if let isDone = rest.taskMark {
      kind = .task(isDone: isDone)
      rest.skip(bytes: 3)
      rest.skipBlanks()
    } else if marker.number != nil {
      kind = .number
    }
    open(
      kind, depth: depth, indent: indent + marker.length + width, markerLength: marker.length,
      at: &start)
    start.line = rest
    return true
  }

  private mutating func open(
    _ kind: MarkdownContainer.Kind, depth: Int, indent: Int = 0, markerLength: Int = 1,
    at start: inout LineStart
  ) {
    containers.append(
      MarkdownContainer(
        kind: kind, indent: UInt16(clamping: indent), markerLength: UInt8(clamping: markerLength),
        depth: UInt8(clamping: depth), parent: start.container,
        markerStart: start.line.contentStart))
    start.container = Int32(clamping: containers.count - 1)
    start.hasOpened = true
  }
}

extension MarkdownParser {
  static func == (left: MarkdownParser, right: MarkdownParser) -> Bool {
    left.blocks == right.blocks && left.lines == right.lines && left.state == right.state
      && left.containers == right.containers && left.tables == right.tables
  }

  func hash(into hasher: inout Hasher) { hasher.combine(lines) }
}
