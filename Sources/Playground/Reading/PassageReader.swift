import Core

// A passage read in its document: where the reader is, and which passage is looked at. Only what is in
// sight is ever wrapped, so that a document of many megabytes scrolls like a short one.

/// A page that shows a passage in its document, or all that is known of it.
public struct PassageReader: Hashable, Sendable {
  /// What is shown; one at a time.
  public enum Page: Hashable, Sendable {
    case text, details
  }

  /// The passage that is looked at.
  public internal(set) var passage: Passage
  public private(set) var document: ReadDocument
  /// Its scroll position; nobody types in it.
  public private(set) var editor: Editor
  public internal(set) var page = Page.text
  /// Why the passage stands where it stands; nil while that isn't known.
  public internal(set) var details: PassageDetails?
  /// Why nothing is known; nil where something is, or is on its way.
  var detailsProblem: String?
  /// The first row of the details that is shown.
  public internal(set) var detailsTop = 0
  /// The bytes of the passage that is looked at.
  public private(set) var selected: Range<Int>
  /// The chunking whose cuts stand beside those of the passage's own; nil for none.
  public internal(set) var compared: Chunking?
  /// The number of the reading that is under way.
  public internal(set) var pendingReading: Int?
  /// The number of the inspection that is under way.
  var pendingInspection: Int?

  /// What the compared chunking goes through where the index has none of it.
  static let otherChunkings = [
    Chunking(), Chunking(.recursive, size: 200, overlap: 20), Chunking(.sentences, size: 220),
    Chunking(.tokens, size: 250, overlap: 50), Chunking(.structure, size: 400),
  ]

  /// - Parameter note: why its document isn't shown; nil where that is on its way.
  init(_ passage: Passage, note: String? = nil) {
    self.passage = passage
    document = ReadDocument(passage, note: note)
    selected = document.passage
    editor = Editor(document.text, cursor: .start, top: Self.start, history: EditHistory())
  }

  private static let start = Editor.RowPosition(line: 0, row: 0)

  /// The chunkings whose cuts are in the gutter: the passage's own, and the one beside it.
  ///
  /// - Parameter width: cells; where there are few, the compared one takes the place of the other.
  public func shownCuttings(width: Int) -> [ReadDocument.Cutting] {
    let own = Array(document.cuttings.prefix(1))
    let other = document.cuttings.dropFirst().filter { $0.chunking == compared }
    return width >= Self.widthForTwo ? own + other : other.isEmpty ? own : other
  }

  private static let widthForTwo = 80
  /// The cells of a chunking's cuts.
  public static let cutWidth = 6

  /// The cells before the text: the line's number, and the cuts of each chunking.
  public func gutterWidth(in width: Int) -> Int {
    let digits = max(3, "\(document.lastNumber)".utf8.count)
    return digits + 1 + shownCuttings(width: width).count * Self.cutWidth
  }

  // MARK: What it shows

  /// Takes in a document that was read for it.
  mutating func show(_ document: ReadDocument, in area: Rectangle) {
    let isFirst = self.document.cuttings.isEmpty
    self.document = document
    pendingReading = nil
    if isFirst {
      editor = Editor(document.text, cursor: .start, top: Self.start, history: EditHistory())
      look(at: document.passage, in: area)
    }
  }

  /// Goes to a passage, by its bytes.
  mutating func look(at bytes: Range<Int>, in area: Rectangle) {
    if bytes != selected {
      details = nil
      detailsTop = 0
    }
    detailsProblem = nil
    selected = bytes
    let start = document.position(ofByte: bytes.lowerBound)
    let width = textWidth(in: area)
    let top = editor.withView(width: width) { view in
      let row = view.place(of: start).row
      return view.row(row, movedBy: -area.height / 4) ?? Self.start
    }
    scroll(to: top, in: area)
  }

  /// The passage of its chunking so many further on; nil at the document's ends.
  func passage(movedBy step: Int) -> Range<Int>? {
    guard let passages = document.cuttings.first?.passages else { return nil }
    let place = passages.firstIndex { $0.lowerBound >= selected.lowerBound } ?? passages.count
    let isThere = passages.indices.contains(place) && passages[place] == selected
    let target = isThere || step < 0 ? place + step : place
    return passages.indices.contains(target) ? passages[target] : nil
  }

  /// The chunking to compare with next; nil after the last one.
  var nextCompared: Chunking? {
    guard let own = document.cuttings.first?.chunking else { return nil }
    var all = document.chunkings.filter { $0 != own }
    all += Self.otherChunkings.filter { $0 != own && !all.contains($0) }
    guard let compared else { return all.first }
    return all.firstIndex(of: compared).flatMap { all.dropFirst($0 + 1).first }
  }

  /// The words of the query in the passage that is looked at, as far as they stand in some bytes of
  /// the document.
  public func matches(in bytes: Range<Int>) -> [Range<Int>] {
    let passage = details?.passage ?? passage
    let start = selected.lowerBound
    guard passage.bytes.lowerBound == start || document.note != nil, bytes.overlaps(selected) else {
      return []
    }
    // In order, and next to each other: those before are passed over.
    var (low, high) = (0, passage.matches.count)
    while low < high {
      let middle = (low + high) / 2
      if passage.matches[middle].upperBound + start <= bytes.lowerBound {
        low = middle + 1
      } else {
        high = middle
      }
    }
    return passage.matches[low...].prefix { $0.lowerBound + start < bytes.upperBound }
      .map { $0.lowerBound + start..<$0.upperBound + start }
  }

  // MARK: Scrolling

  mutating func scroll(_ step: ScrollStep, in area: Rectangle) {
    if page == .details {
      let rows = ReportText(detailLines, width: area.width).rows.count
      detailsTop = step.top(from: detailsTop, of: rows, height: area.height)
      return
    }
    let end = document.text.end
    let top = editor.withView(width: textWidth(in: area)) { [top = editor.top] view in
      let count = step.rowCount(height: area.height)
      if let count, let row = view.row(view.clamped(top), movedBy: count) { return row }
      // Past one of its ends.
      return step == .start || count.map { $0 < 0 } == true ? Self.start : view.place(of: end).row
    }
    scroll(to: top, in: area)
  }

  /// Shows the rows from one on, but no blank ones at the end while there are others.
  private mutating func scroll(to top: Editor.RowPosition, in area: Rectangle) {
    let end = document.text.end
    let top = editor.withView(width: textWidth(in: area)) { view in
      guard view.rows(from: top, height: area.height).count < area.height else { return top }
      let top = view.row(view.place(of: end).row, movedBy: 1 - area.height) ?? Self.start
      _ = view.rows(from: top, height: area.height)
      return top
    }
    editor.top = top
  }

  /// Follows a change of the screen's size.
  mutating func layOut(in area: Rectangle) {
    let top = editor.withView(width: textWidth(in: area)) { [top = editor.top] in $0.clamped(top) }
    scroll(to: top, in: area)
    if page == .details { scroll(.rows(0), in: area) }
  }

  private func textWidth(in area: Rectangle) -> Int {
    max(1, area.width - gutterWidth(in: area.width))
  }

  /// All that is known of the passage.
  public var detailLines: [ReportLine] {
    if let details { return details.lines }
    return [
      detailsProblem.map { ReportLine(.problem, $0) } ?? ReportLine(.note, "Looking into it…")
    ]
  }
}
