import CVectors
import GRDB

// The coded vectors of the passages that one search looks through, as one block of memory: a byte a
// dimension and 24 bytes a row.

struct VectorMatrix: Sendable {
  /// What a row is, in the order of the passages' ids.
  struct Entry: Sendable {
    var passage: Int64
    var vector: Int64
    var scale: Float
    var error: Float
  }

  /// A row whose inner product with the query lies between two bounds.
  struct Candidate {
    var row: Int
    var lower: Float
    var upper: Float
  }

  /// How many dimensions there may be: sums of products of codes stay within 32 bits.
  static let lengths = 1...65_536

  let dimensions: Int
  private let stride: Int
  private(set) var entries: [Entry] = []
  private var codes: [Int8] = []

  init(dimensions: Int) {
    self.dimensions = dimensions
    stride = (dimensions + 31) / 32 * 32
  }

  /// Adds a row; one of another length than the rest isn't taken.
  mutating func append(_ entry: Entry, codes: UnsafeRawBufferPointer) {
    guard codes.count == dimensions else { return }
    entries.append(entry)
    self.codes += codes.bindMemory(to: Int8.self)
    self.codes += repeatElement(0, count: stride - dimensions)
  }

  /// The place of a passage's row.
  func row(of passage: Int64) -> Int? {
    var low = 0
    var high = entries.count
    while low < high {
      let middle = (low + high) / 2
      if entries[middle].passage < passage { low = middle + 1 } else { high = middle }
    }
    return low < entries.count && entries[low].passage == passage ? low : nil
  }

  /// All rows that can be among the best so many: the exact best ones are in it for sure.
  ///
  /// - Parameter query: of length 1, and of as many dimensions as the rows.
  func candidates(
    for query: [Float], limit: Int, where isIncluded: (Int64) -> Bool, isCancelled: () -> Bool
  ) throws -> [Candidate] {
    var best = BestCandidates(limit: limit)
    func consider(_ candidate: Candidate) {
      if candidate.upper >= best.threshold, isIncluded(entries[candidate.row].passage) {
        best.add(candidate)
      }
    }
    try forEachRow(for: query, isCancelled: isCancelled, consider)
    return best.finished()
  }

  /// Each row with the bounds of its inner product with a query, in order.
  func forEachRow(
    for query: [Float], isCancelled: () -> Bool, _ body: (Candidate) -> Void
  ) throws {
    let query = CodedQuery(query, stride: stride)
    let block = 2048
    var products = [Int32](repeating: 0, count: block)
    for start in Swift.stride(from: 0, to: entries.count, by: block) {
      if isCancelled() { throw CancellationError() }
      let rows = start..<min(start + block, entries.count)
      codes.withUnsafeBufferPointer { codes in
        guard let base = codes.baseAddress else { return }
        vectors_dot_codes(base + start * stride, rows.count, stride, query.codes, &products)
      }
      entries.withUnsafeBufferPointer { entries in
        for row in rows {
          let entry = entries[row]
          let product = entry.scale * query.scale * Float(products[row - start])
          // Cauchy and Schwarz: what the codes leave out of one, times the other's length. The last
          // term covers the rounding of this line and those above.
          let margin = (1 + query.error) * entry.error + query.error + 1e-5
          body(Candidate(row: row, lower: product - margin, upper: product + margin))
        }
      }
    }
  }
}

/// The candidates that can still be among the best, while rows go by.
private struct BestCandidates {
  private let limit: Int
  private var kept: [VectorMatrix.Candidate] = []
  /// So many rows are at least as good as this.
  private(set) var threshold = -Float.infinity
  /// As many as may be kept until the next look at which of them still can be.
  private var room: Int

  init(limit: Int) {
    self.limit = limit
    room = 2 * limit + 1024
  }

  mutating func add(_ candidate: VectorMatrix.Candidate) {
    kept.append(candidate)
    if kept.count >= room { prune() }
  }

  consuming func finished() -> [VectorMatrix.Candidate] {
    prune()
    return kept
  }

  private mutating func prune() {
    guard kept.count >= limit else { return }
    threshold = kept.map(\.lower).sorted(by: >)[limit - 1]
    kept.removeAll { $0.upper < threshold }
    // Where most stay, since they are much alike, there is no use in looking again soon.
    room = max(room, 2 * kept.count)
  }
}
