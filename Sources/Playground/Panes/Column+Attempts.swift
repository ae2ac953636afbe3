import Core

// The runs of a variant that is repeated. One of them is shown; the others stand before and after it,
// each as the column would be that shows it, so that they stream and scroll like any other.

/// One of the runs that a column asked for together.
public struct Attempt: Hashable, Sendable {
  /// The number of the run, as its stream has it; nil where nothing was run.
  public var run: Int?
  /// The name under which it is kept; nil until it is.
  public var recordedRun: Identifier?
  public var rating: Rating?
  public var isRunning: Bool
  /// What has come so far; of a chain, the answer to the step under way, or to the last.
  public var answer: Answer
  /// The tokens so far, earlier steps included.
  public var usage: Usage
  /// What it costs so far, earlier steps included; nil where nobody keeps an account.
  public var cost: Cost?
  public var terms: RunTerms

  fileprivate init(_ column: Column) {
    run = column.run
    recordedRun = column.recordedRun
    rating = column.rating
    isRunning = column.isRunning
    answer = column.answer
    usage = column.usage
    cost = column.cost
    terms = column.terms
  }
}

extension Column {
  /// All that was asked for together, in order; one where nothing is repeated.
  public var attempts: [Attempt] {
    earlierAttempts.map(Attempt.init) + [Attempt(self)] + laterAttempts.map(Attempt.init)
  }

  public var attemptCount: Int { earlierAttempts.count + 1 + laterAttempts.count }

  /// The place of the attempt that is shown, from 0.
  public var shownAttempt: Int { earlierAttempts.count }

  /// The numbers of the runs that are under way.
  public var runsUnderWay: [Int] {
    (earlierAttempts + [self] + laterAttempts).filter(\.isRunning).compactMap(\.run)
  }

  /// Notes in all attempts that a second has passed.
  mutating func countSecondOfAll() {
    for place in 0..<attemptCount { change(attempt: place) { $0.countSecond() } }
  }

  /// The place of the attempt whose run has a number; nil for a run that isn't here.
  func attempt(ofRun number: Int) -> Int? {
    if run == number { return shownAttempt }
    if let place = earlierAttempts.firstIndex(where: { $0.run == number }) { return place }
    return laterAttempts.firstIndex { $0.run == number }.map { $0 + shownAttempt + 1 }
  }

  /// Changes an attempt where it stands; `place` must be that of one.
  mutating func change<Result>(
    attempt place: Int, _ change: (inout Column) -> Result
  ) -> Result {
    if place < shownAttempt { return change(&earlierAttempts[place]) }
    if place > shownAttempt { return change(&laterAttempts[place - shownAttempt - 1]) }
    return change(&self)
  }

  /// Shows another of the attempts; nothing where there is none at that place.
  mutating func show(attempt place: Int) {
    guard place != shownAttempt, (0..<attemptCount).contains(place) else { return }
    let current = self
    let all = earlierAttempts + [withoutOthers] + laterAttempts
    self = all[place]
    earlierAttempts = Array(all[..<place])
    laterAttempts = Array(all[(place + 1)...])
    takeQuestion(of: current)
  }

  /// The attempt that is shown, alone.
  var withoutOthers: Column {
    var column = self
    column.earlierAttempts = []
    column.laterAttempts = []
    return column
  }
}
