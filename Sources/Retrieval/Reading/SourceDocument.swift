// What a file says, as text that can be split into passages. A file holds one document, or many:
// the rows of a table.

/// One document of a file, as text.
struct SourceDocument: Equatable {
  /// The row's id, unique in its file; nil for a file that is one document.
  var row: String?
  /// What it is called, where that isn't its file's name.
  var title: String?
  /// UTF-8. Of a text file its very bytes; else what was made of it.
  var text: [UInt8]
  var syntax: Syntax
  /// Where each page begins in the text, in order; empty for what has no pages.
  var pages: [PageStart] = []
  /// The line of the file from which each line of the text is; empty where they are the same, and
  /// for files that have no lines.
  var fileLines: [Int] = []
  /// Fields that a search can be narrowed by.
  var metadata: [String: String] = [:]

  struct PageStart: Equatable {
    /// An offset in the text, in bytes.
    var byte: Int
    /// From 1.
    var number: Int
  }

  /// Takes what the document states of itself: its title, where it has one, and the rest as what it
  /// is filtered by.
  mutating func take(_ fields: StatedFields) {
    var fields = fields
    title = title ?? fields.remove("title").map { String($0.prefix(Self.titleLength)) }
    metadata = fields.values
  }

  /// Of a title that a file states; in characters.
  static let titleLength = 200

  /// A digest of all that is indexed of it.
  var hash: Int {
    var digest = ContentDigest()
    digest.update(title ?? "")
    for (name, value) in metadata.sorted(by: { $0.key < $1.key }) {
      digest.update(name)
      digest.update(value)
    }
    digest.update(text)
    return digest.value
  }

  /// The page that a byte of the text is on.
  func page(at byte: Int) -> Int? {
    pages[..<pages.partitioningIndex { $0.byte > byte }].last?.number
  }

  /// The lines of the file from which some lines of the text are.
  func linesInFile(_ lines: ClosedRange<Int>) -> ClosedRange<Int> {
    guard let last = fileLines.last else { return lines }
    func line(_ number: Int) -> Int {
      fileLines.indices.contains(number - 1) ? fileLines[number - 1] : last
    }
    let first = line(lines.lowerBound)
    return first...max(first, line(lines.upperBound))
  }
}

extension RandomAccessCollection where Index == Int {
  /// The first index whose element fulfills what all elements after it do, too.
  func partitioningIndex(where isInSecondHalf: (Element) -> Bool) -> Int {
    var (low, high) = (startIndex, endIndex)
    while low < high {
      let middle = low + (high - low) / 2
      if isInSecondHalf(self[middle]) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
