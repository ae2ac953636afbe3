import Core
import FineTuning
import Sessions

// Looks through training sets for cases of an evaluation, one example after the other: a set may be larger
// than memory.

extension NearCases {
  /// Looks through a file of SFT or DPO JSONL; examples are named by their lines. Throws `LineFileError`.
  ///
  /// - Returns: how many lines hold no example that can be read.
  public mutating func take(file path: String) throws -> Int {
    var chunks = try LineChunks(path: path)
    var unreadable = 0
    while let chunk = try chunks.next() {
      guard !chunk.isLongLine else {
        unreadable += 1
        continue
      }
      var number = chunk.start
      for line in chunk.bytes.split(separator: 0x0A, omittingEmptySubsequences: false) {
        number += 1
        guard line.contains(where: { $0 > 0x20 }) else { continue }
        if let json = try? JSON(parsing: line), let example = TrainingExample(json: json) {
          take(example, number: number)
        } else {
          unreadable += 1
        }
      }
    }
    return unreadable
  }

  /// Looks through a set of the store, but what was rejected in it.
  public mutating func take(set name: String, of store: SessionStore) throws {
    try store.forEachExample(set: name) { stored in
      if stored.state != .rejected { take(stored.example, number: stored.number) }
      return true
    }
  }
}
