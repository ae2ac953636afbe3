// What becomes of the scores of passages: the best are kept, or those are counted that are better than
// one. Scores come in the order of the passages.

/// Takes the scores that matter to it.
protocol ScoreCollector {
  /// Scores up to this don't matter.
  var threshold: UInt32 { get }

  /// Takes a score above the threshold.
  mutating func take(_ passage: Int64, score: UInt32) throws
}

/// The best few passages; among equals those that came first.
struct BestScores: ScoreCollector {
  struct Entry {
    var passage: Int64
    var score: UInt32
  }

  private let limit: Int
  private let isIncluded: (Int64) throws -> Bool
  /// A heap: the worst is the first.
  private var heap: [Entry] = []
  private(set) var threshold: UInt32 = 0

  /// - Parameter limit: at least 1.
  init(limit: Int, where isIncluded: @escaping (Int64) throws -> Bool) {
    self.limit = limit
    self.isIncluded = isIncluded
  }

  /// The best first.
  var sorted: [Entry] { heap.sorted { Self.isWorse($1, $0) } }

  mutating func take(_ passage: Int64, score: UInt32) throws {
    guard try isIncluded(passage) else { return }
    let entry = Entry(passage: passage, score: score)
    if heap.count < limit {
      heap.append(entry)
      rise(heap.count - 1)
    } else {
      heap[0] = entry
      sink()
    }
    if heap.count == limit { threshold = heap[0].score }
  }

  private static func isWorse(_ one: Entry, _ other: Entry) -> Bool {
    (one.score, other.passage) < (other.score, one.passage)
  }

  private mutating func rise(_ start: Int) {
    var place = start
    while place > 0, Self.isWorse(heap[place], heap[(place - 1) / 2]) {
      heap.swapAt(place, (place - 1) / 2)
      place = (place - 1) / 2
    }
  }

  private mutating func sink() {
    var place = 0
    while 2 * place + 1 < heap.count {
      var child = 2 * place + 1
      if child + 1 < heap.count, Self.isWorse(heap[child + 1], heap[child]) { child += 1 }
      guard Self.isWorse(heap[child], heap[place]) else { return }
      heap.swapAt(place, child)
      place = child
    }
  }
}

/// How many passages come before one.
struct BetterScores: ScoreCollector {
  private let passage: Int64
  private let score: UInt32
  private let isIncluded: (Int64) throws -> Bool
  private(set) var count = 0

  /// - Parameter score: of the passage, above 0.
  init(than passage: Int64, score: UInt32, where isIncluded: @escaping (Int64) throws -> Bool) {
    self.passage = passage
    self.score = score
    self.isIncluded = isIncluded
  }

  var threshold: UInt32 { score - 1 }

  mutating func take(_ passage: Int64, score: UInt32) throws {
    guard score > self.score || passage < self.passage else { return }
    if try isIncluded(passage) { count += 1 }
  }
}
