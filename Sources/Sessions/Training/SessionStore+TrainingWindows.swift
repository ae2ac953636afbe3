// Parts of the list of a set's examples. Without a filter, a part is found by its numbers, however large
// the set is. With one, the set is searched a slice at a time, and what was found stays for the next
// part: a list that is scrolled searches nothing twice.

import Core
import FineTuning
import GRDB
import Synchronization

extension SessionStore {
  /// A part of the list of the examples that fit a filter.
  ///
  /// - Parameters:
  ///   - offset: how many that fit stand before the part, from 0.
  ///   - limit: how many rows at most.
  ///   - progress: told of the part as it is so far, about ten times a second while the set is searched
  ///     and once its rows are all there; false ends the search, which the next call goes on with.
  ///
  /// - Returns: the part; not complete where the search was ended.
  ///
  /// Throws `noTrainingSet`.
  public func exampleWindow(
    set name: String, filter: ExampleFilter = .everything, offset: Int, limit: Int,
    progress: (ExampleWindow) -> Bool = { _ in true }
  ) throws(SessionError) -> ExampleWindow {
    let (offset, limit) = (max(0, offset), max(0, min(limit, 10_000)))
    guard !filter.isEmpty else { return try plainWindow(set: name, offset: offset, limit: limit) }
    var search = try startSearch(set: name, filter: filter)
    // What was found is kept for the next call, also where this one ends early.
    defer { searches.withLock { $0.keep(search) } }
    let clock = ContinuousClock()
    var told = clock.now
    var isFilled = false
    while !search.isComplete {
      try advance(&search, until: clock.now + .milliseconds(20))
      let fills = search.numbers.count >= offset + limit
      guard fills && !isFilled || clock.now - told >= .milliseconds(100) else { continue }
      isFilled = isFilled || fills
      told = clock.now
      let window = try window(of: search, offset: offset, limit: limit)
      if !progress(window) { return window }
    }
    return try window(of: search, offset: offset, limit: limit)
  }

  /// An example with all that it says. Throws `noTrainingSet` and `noTrainingExample`.
  public func trainingExample(
    set name: String, number: Int
  ) throws(SessionError) -> StoredExample {
    try readToFind { db in
      let set = try TrainingSetRow.find(name, in: db)
      guard 1...max(1, set.summary.count) ~= number,
        let stored = try TrainingRow.stored(TrainingRow.id(number, in: set.id), in: db)
      else {
        throw SessionError.noTrainingExample(number: number, set: name, count: set.summary.count)
      }
      return stored
    }
  }

  /// All examples of a set that fit a filter, one after the other in the order of their numbers, in
  /// bounded memory; as they are when each slice of them is read.
  ///
  /// - Parameter body: false ends it.
  public func forEachExample(
    set name: String, filter: ExampleFilter = .everything, _ body: (StoredExample) throws -> Bool
  ) throws {
    var last = 0
    while true {
      let slice = try readToFind { db in
        let set = try TrainingSetRow.find(name, in: db)
        return try Self.fitting(filter, after: last, in: set, limit: 500, of: db)
      }
      for stored in slice.examples where try !body(stored) { return }
      guard let reached = slice.reached else { return }
      last = reached
    }
  }

  private func plainWindow(
    set name: String, offset: Int, limit: Int
  ) throws(SessionError) -> ExampleWindow {
    try readToFind { db in
      let set = try TrainingSetRow.find(name, in: db)
      let count = set.summary.count
      var window = ExampleWindow(count: count, isComplete: true, offset: offset, rows: [])
      guard offset < count, limit > 0 else { return window }
      window.rows = try TrainingRow.rows(
        where: "training_example.id BETWEEN ? AND ?",
        [
          TrainingRow.id(offset + 1, in: set.id),
          TrainingRow.id(min(count, offset + limit), in: set.id),
        ], in: db)
      return window
    }
  }

  private func window(
    of search: ExampleSearch, offset: Int, limit: Int
  ) throws(SessionError) -> ExampleWindow {
    let numbers = search.numbers.dropFirst(offset).prefix(limit)
    let rows = try readToFind { db in
      try TrainingRow.rows(
        where: "training_example.id IN (SELECT value FROM json_each(?))",
        [JSON.array(numbers.map { .integer(Int(TrainingRow.id(Int($0), in: search.set))) }).text],
        in: db)
    }
    return ExampleWindow(
      count: search.numbers.count, isComplete: search.isComplete, offset: offset, rows: rows)
  }

  // MARK: Searching

  private func startSearch(
    set name: String, filter: ExampleFilter
  ) throws(SessionError) -> ExampleSearch {
    let set = try readToFind { db in try TrainingSetRow.find(name, in: db) }
    let kept = searches.withLock { $0.take(set: set.id, filter: filter) }
    if var kept, kept.revision == set.revision {
      // A set that only grew is searched on from where it ended.
      kept.count = set.summary.count
      return kept
    }
    return ExampleSearch(
      set: set.id, filter: filter, revision: set.revision, count: set.summary.count)
  }

  /// Searches on until a moment, one slice of rows at least.
  private func advance(
    _ search: inout ExampleSearch, until end: ContinuousClock.Instant
  ) throws(SessionError) {
    let (set, filter) = (search.set, search.filter)
    let (first, count) = (search.next, search.count)
    let found = try readToFind { db in
      var matches = try ExampleMatches(
        filter, ids: TrainingRow.id(first, in: set)...TrainingRow.id(count, in: set), in: db)
      var found: [Int32] = []
      var looked = 0
      while let (number, fits) = try matches.next() {
        if fits { found.append(Int32(truncatingIfNeeded: number)) }
        looked += 1
        if looked % 64 == 0, ContinuousClock.now >= end { return (found, number + 1) }
      }
      return (found, count + 1)
    }
    search.numbers += found.0
    search.next = found.1
  }

  /// Looks again at examples that an action has changed, in what earlier searches found.
  func refreshSearches(
    set: Int64, numbers: [Int], from revision: Int, to new: Int
  ) throws(SessionError) {
    let kept = searches.withLock { $0.takeAll(set: set, revision: revision) }
    for var search in kept {
      let filter = search.filter
      let fitting = try readToFind { db in
        try numbers.filter { number in
          let id = TrainingRow.id(number, in: set)
          var matches = try ExampleMatches(filter, ids: id...id, in: db)
          return try matches.next()?.fits ?? false
        }
      }
      search.replace(numbers, fitting: Set(fitting))
      search.revision = new
      searches.withLock { $0.keep(search) }
    }
  }

  /// A slice of the examples that fit, with their texts.
  ///
  /// - Returns: them, and the number of the last that was looked at; nil where there is no more.
  static func fitting(
    _ filter: ExampleFilter, after last: Int, in set: TrainingSetRow, limit: Int, of db: Database
  ) throws -> (examples: [StoredExample], reached: Int?) {
    guard last < set.summary.count else { return ([], nil) }
    var matches = try ExampleMatches(
      filter,
      ids: TrainingRow.id(last + 1, in: set.id)...TrainingRow.id(set.summary.count, in: set.id),
      in: db)
    var examples: [StoredExample] = []
    var looked = 0
    while let (number, fits) = try matches.next() {
      if fits, let stored = try TrainingRow.stored(TrainingRow.id(number, in: set.id), in: db) {
        examples.append(stored)
      }
      looked += 1
      // Few that fit must not make one slice of a million that don't.
      if examples.count == limit || looked == 50 * limit { return (examples, number) }
    }
    return (examples, nil)
  }
}

/// What was found so far of the examples that fit a filter.
struct ExampleSearch {
  let set: Int64
  let filter: ExampleFilter
  /// Of the set, when it was begun or last looked at.
  var revision: Int
  /// How many examples there are to be looked at.
  var count: Int
  /// Of those that fit, in their order.
  var numbers: [Int32] = []
  /// The first that wasn't looked at yet.
  var next = 1

  init(set: Int64, filter: ExampleFilter, revision: Int, count: Int) {
    self.set = set
    self.filter = filter
    self.revision = revision
    self.count = count
  }

  var isComplete: Bool { next > count }

  /// Takes numbers in or out, by what is true of them now.
  mutating func replace(_ changed: [Int], fitting: Set<Int>) {
    for number in changed where number < next {
      let value = Int32(truncatingIfNeeded: number)
      let place = numbers.firstPlace { $0 >= value }
      let isThere = place < numbers.count && numbers[place] == value
      if fitting.contains(number), !isThere { numbers.insert(value, at: place) }
      if !fitting.contains(number), isThere { numbers.remove(at: place) }
    }
  }
}

extension [Int32] {
  /// The place of the first that a condition holds for, as it does for all after it.
  fileprivate func firstPlace(where condition: (Int32) -> Bool) -> Int {
    var (low, high) = (0, count)
    while low < high {
      let middle = (low + high) / 2
      if condition(self[middle]) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}

/// The last searches, the newest last.
struct ExampleSearches {
  private var kept: [ExampleSearch] = []
  /// A search of a million numbers takes four megabytes.
  private static let most = 3

  mutating func take(set: Int64, filter: ExampleFilter) -> ExampleSearch? {
    kept.firstIndex { $0.set == set && $0.filter == filter }.map { kept.remove(at: $0) }
  }

  mutating func takeAll(set: Int64, revision: Int) -> [ExampleSearch] {
    let taken = kept.filter { $0.set == set && $0.revision == revision }
    kept.removeAll { $0.set == set }
    return taken
  }

  mutating func keep(_ search: ExampleSearch) {
    _ = take(set: search.set, filter: search.filter)
    kept.append(search)
    if kept.count > Self.most { kept.removeFirst() }
  }
}
