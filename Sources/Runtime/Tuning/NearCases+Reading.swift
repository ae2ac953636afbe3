import Core
import FineTuning
import Sessions

// Looks through training sets for cases of an evaluation, one example after the other: a set may be larger
// than memory.

extension NearCases {
  /// Looks through a file of examples; they are named by their lines. Throws what reading throws.
  ///
  /// - Returns: how many records hold no example that can be read.
  public mutating func take(file path: String) throws -> Int {
    var records = try ExampleRecords(path: path, format: nil)
    var reader = ExampleReader(format: records.format)
    var unreadable = 0
    while let record = try records.next() {
      if case .json(let json) = record.content, let example = try? reader.example(of: json) {
        take(example, number: record.line)
      } else {
        unreadable += 1
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
