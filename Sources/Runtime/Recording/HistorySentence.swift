import Sessions

// What people are told of a file that was imported.

extension HistoryOutcome {
  /// Of more sessions than these, only the sums are told.
  private static let mostSentences = 5

  /// A sentence for each session where there are few, then what they come to.
  ///
  /// - Parameter isTrial: whether nothing was kept, and the sentences say what would be.
  public func sentences(isTrial: Bool = false) -> [String] {
    let few = sessions.count <= Self.mostSentences ? sessions : []
    let each = few.map { $0.sentence(isTrial: isTrial) }
    guard sessions.count == 1 else { return each + [total] }
    return each + (leftOut > 0 ? ["\(leftOut) left out."] : [])
  }

  /// `31 sessions with 214 runs, 180 of them new; 2 left out.`
  public var total: String {
    let rest = leftOut > 0 ? "; \(leftOut) left out." : "."
    if sessions.isEmpty { return "Nothing could be taken" + rest }
    let added = sessions.reduce(0) { $0 + $1.added }
    let runs = sessions.reduce(added) { $0 + $1.alreadyThere + $1.differing.count }
    let new = added == runs ? "" : added == 0 ? ", all there already" : ", \(added) of them new"
    return "\(Self.count(sessions.count, "session")) with \(Self.count(runs, "run"))\(new)\(rest)"
  }

  private static func count(_ number: Int, _ noun: String) -> String {
    "\(number) \(noun)\(number == 1 ? "" : "s")"
  }
}
