import Core

// A document as a person reads it: lines with their numbers, and the passages that chunkings make of
// it. It is made on a worker thread, whatever its length; here it is only looked up in.

/// The text of a document, and where chunkings cut it.
public struct ReadDocument: Hashable, Sendable {
  /// The passages that one chunking makes of the document.
  public struct Cutting: Hashable, Sendable {
    public var chunking: Chunking
    /// In UTF-8, in order; they may overlap, but none holds another.
    public var passages: [Range<Int>]

    public init(chunking: Chunking, passages: [Range<Int>]) {
      self.chunking = chunking
      self.passages = passages
    }

    /// The places of the passages that have some of these bytes.
    public func places(in bytes: Range<Int>) -> Range<Int> {
      let first = passages.partitioningIndex { $0.upperBound > bytes.lowerBound }
      let end = passages.partitioningIndex { $0.lowerBound >= bytes.upperBound }
      return first..<max(first, end)
    }
  }

  public let text: TextBuffer
  /// The byte of the document at which each line begins.
  private let starts: [Int]
  /// The number of each line in the file.
  private let numbers: [Int]
  /// The page that begins on a line, by the line's place.
  private let pages: [Int: Int]
  /// The chunkings that were asked for.
  public let cuttings: [Cutting]
  /// Those that the index has; the first is searched when nobody names one.
  public let chunkings: [Chunking]
  /// Where the passage stands in it.
  public let passage: Range<Int>
  /// Why this is the passage alone and not its document; nil where it is that.
  public let note: String?

  /// A document.
  ///
  /// - Parameters:
  ///   - fileLines: the line of the file of each line; empty where they are the same.
  ///   - pages: where each begins, in bytes, with its number.
  ///   - passage: the bytes of the passage that was looked for.
  public init(
    _ text: String, fileLines: [Int] = [], pages: [(byte: Int, number: Int)] = [],
    cuttings: [Cutting], chunkings: [Chunking], passage: Range<Int>
  ) {
    self.init(
      text: TextBuffer(text), firstByte: 0,
      number: { number in
        fileLines.isEmpty ? number : fileLines[min(number, fileLines.count) - 1]
      }, pages: pages, cuttings: cuttings, chunkings: chunkings, passage: passage, note: nil)
  }

  /// A passage without its document.
  ///
  /// - Parameter note: why, as a sentence.
  public init(_ passage: Passage, note: String?) {
    let first = passage.lines.lowerBound
    let start = passage.bytes.lowerBound
    let end = start.addingReportingOverflow(passage.text.utf8.count)
    self.init(
      text: TextBuffer(passage.text), firstByte: end.overflow ? 0 : start,
      number: { first + $0 - 1 }, pages: passage.page.map { [(start, $0)] } ?? [], cuttings: [],
      chunkings: [], passage: end.overflow ? 0..<passage.text.utf8.count : start..<end.partialValue,
      note: note)
  }

  private init(
    text: TextBuffer, firstByte: Int, number: (Int) -> Int, pages: [(byte: Int, number: Int)],
    cuttings: [Cutting], chunkings: [Chunking], passage: Range<Int>, note: String?
  ) {
    self.text = text
    var (starts, numbers): ([Int], [Int]) = ([], [])
    var (byte, line) = (firstByte, 1)
    for (place, content) in text.lines.enumerated() {
      starts.append(byte)
      numbers.append(number(line))
      byte += content.utf8.count
      guard place < text.lineEnds.count else { continue }
      byte += text.lineEnds[place].rawValue.utf8.count
      // Files count line feeds, as editors do.
      if text.lineEnds[place].rawValue.utf8.last == UInt8(ascii: "\n") { line += 1 }
    }
    self.starts = starts
    self.numbers = numbers
    self.pages = pages.reduce(into: [:]) { found, page in
      found[max(0, starts.partitioningIndex { $0 > page.byte } - 1)] = page.number
    }
    self.cuttings = cuttings
    self.chunkings = chunkings
    self.passage = passage
    self.note = note
  }

  /// The number of a line in the file, from its place.
  public func number(ofLine line: Int) -> Int { numbers[line] }

  /// The largest number of a line.
  public var lastNumber: Int { numbers.max() ?? 1 }

  /// The page that begins on a line; nil for none.
  public func page(beginningOnLine line: Int) -> Int? { pages[line] }

  /// Whether it has pages.
  public var hasPages: Bool { !pages.isEmpty }

  /// The bytes of the document that a part of a line is; at least one, so that an empty line is
  /// somewhere.
  public func bytes(ofLine line: Int, _ range: Range<Int>) -> Range<Int> {
    let start = starts[line] + range.lowerBound
    return start..<max(start + 1, starts[line] + range.upperBound)
  }

  /// Where a byte of the document stands.
  public func position(ofByte byte: Int) -> TextPosition {
    let line = max(0, starts.partitioningIndex { $0 > byte } - 1)
    return TextPosition(
      line: line, offset: min(max(0, byte - starts[line]), text.lines[line].utf8.count))
  }
}

extension Array {
  /// The first place whose element fulfills what all after it do, too; the end where none does.
  fileprivate func partitioningIndex(where isInSecondHalf: (Element) -> Bool) -> Int {
    var (low, high) = (0, count)
    while low < high {
      let middle = low + (high - low) / 2
      if isInSecondHalf(self[middle]) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
