// What speaks against a sentence in the statements that are about the same matter: another number or
// name, a negation on one side only, a word that excludes another.

/// Looks for what speaks against a claim.
struct ClaimConflict {
  private enum Limit {
    /// The least weight by which words fit a clause with another number or name better than the one
    /// that has the claim's own.
    static let margin = 1.0
    /// The least weight of words that are denied, or said, on one side only.
    static let denied = 0.9
  }

  typealias Exclusive = [Int: [(group: Int, member: Int)]]

  let claim: SupportClaim
  let statements: [SupportStatement]
  let bytes: UnsafeBufferPointer<UInt8>
  /// By terms: the groups of words that exclude each other.
  let exclusive: Exclusive
  /// By terms.
  let names: [String]

  /// The first conflict that is found; nil for none.
  func first(missing credits: [Double]) -> SupportConflict? {
    for (unit, credit) in zip(claim.units, credits)
    where credit == 0 && unit.isValue && isReplaced(unit) {
      return .value(text(of: unit))
    }
    for place in claim.clauses.indices {
      let clause = claim.clauses[place]
      let units = claim.units.filter { $0.clause == place }
      if let (word, other) = exclusion(of: clause, units) {
        return .opposite(names[word], of: names[other])
      }
      if isDenied(clause, units) { return .negation }
    }
    for unit in claim.units where isMisplaced(unit) { return .value(text(of: unit)) }
    return nil
  }

  private func text(of unit: SupportClaim.Unit) -> String {
    String(decoding: bytes[unit.word.range], as: UTF8.self)
  }

  // MARK: Numbers and names

  /// Whether another number of the same kind, or another name, stands where a missing one could.
  ///
  /// One that counts what nothing there counts is an addition.
  private func isReplaced(_ unit: SupportClaim.Unit) -> Bool {
    guard let quantity = unit.word.quantity else { return statements.contains(where: hasOtherName) }
    return statements.contains { $0.quantities.contains { quantity.competes(with: $0) } }
  }

  private func hasOtherName(_ statement: SupportStatement) -> Bool {
    statement.names.contains { claim.weights[$0] == nil }
  }

  /// Whether a number or a name stands in a clause that is about something else, beside one that is
  /// about the same and has another.
  private func isMisplaced(_ unit: SupportClaim.Unit) -> Bool {
    guard let quantity = unit.word.quantity else { return unit.isValue && isMisplacedName(unit) }
    let others = claim.units.filter { $0.clause == unit.clause && $0.word.range != unit.word.range }
    for statement in statements {
      var own: Double?
      var best = 0.0
      for clause in statement.clauses {
        let shared = Self.sharedWeight(others, clause)
        let quantities = clause.words.compactMap(\.quantity)
        if quantities.contains(where: { $0.agrees(with: quantity) }) {
          own = max(own ?? 0, shared)
        } else if quantities.contains(where: { quantity.competes(with: $0) && !isSaid($0) }) {
          best = max(best, shared)
        }
      }
      if let own { return best - own >= Limit.margin }
    }
    return false
  }

  private func isSaid(_ quantity: Quantity) -> Bool {
    claim.units.contains { $0.word.quantity?.agrees(with: quantity) == true }
  }

  private func isMisplacedName(_ unit: SupportClaim.Unit) -> Bool {
    let others = claim.units.filter { $0.clause == unit.clause && !$0.isValue }
    var own: Double?
    var best = 0.0
    for statement in statements {
      let shared = others.reduce(0) {
        statement.terms.contains($1.word.term.id) ? $0 + $1.weight : $0
      }
      if statement.terms.contains(unit.word.term.id) {
        own = max(own ?? 0, shared)
      } else if hasOtherName(statement) {
        best = max(best, shared)
      }
    }
    return own.map { best - $0 >= Limit.margin } == true
  }

  private static func sharedWeight(_ units: [SupportClaim.Unit], _ clause: SupportClause) -> Double
  {
    units.reduce(0) { isHeld($1, in: clause) ? $0 + $1.weight : $0 }
  }

  private static func isHeld(_ unit: SupportClaim.Unit, in clause: SupportClause) -> Bool {
    clause.words.contains { word in
      if let quantity = unit.word.quantity {
        return word.quantity?.agrees(with: quantity) == true
      }
      return word.quantity == nil && word.term.id == unit.word.term.id
    }
  }

  // MARK: Words

  /// Whether most of what a clause shares with the statements stands where they deny, and it doesn't,
  /// or the other way round.
  private func isDenied(_ clause: SupportClause, _ units: [SupportClaim.Unit]) -> Bool {
    // "At most 5", "not more than 5".
    let clauses = statements.map { statement in
      statement.clauses.filter { other in
        !((other.isBound || clause.isBound)
          && units.contains { $0.word.quantity != nil && Self.isHeld($0, in: other) })
      }
    }
    // What is both said and denied tells nothing.
    let telling = units.filter { unit in
      let holders = clauses.joined().filter { Self.isHeld(unit, in: $0) }
      return unit.isSolid && Set(holders.map(\.isNegated)).count == 1
    }
    return clauses.contains { isDenied(clause, telling, by: $0) }
  }

  /// The same for one statement.
  private func isDenied(
    _ clause: SupportClause, _ units: [SupportClaim.Unit], by others: [SupportClause]
  ) -> Bool {
    var same = 0.0
    var opposed = 0.0
    var isWordOpposed = false
    for unit in units {
      guard let holder = others.first(where: { Self.isHeld(unit, in: $0) }) else { continue }
      if holder.isNegated == clause.isNegated {
        same += unit.weight
      } else {
        // "Closed on Sundays": no other day can stand for it.
        if unit.isValue, exclusive[unit.word.term.id] != nil { return true }
        opposed += unit.weight
        if unit.word.quantity == nil { isWordOpposed = true }
      }
    }
    return opposed > same && opposed >= Limit.denied && isWordOpposed
  }

  /// A word of a clause, and the one that excludes it in the clause that is closest to it.
  private func exclusion(
    of clause: SupportClause, _ units: [SupportClaim.Unit]
  ) -> (Int, Int)? {
    let said = Set(claim.clauses.lazy.flatMap(\.words).map(\.term.id))
    for word in clause.words {
      guard let groups = exclusive[word.term.id] else { continue }
      let others = units.filter { $0.word.term.id != word.term.id }
      let clauses = statements.flatMap { statement in
        statement.clauses.map { (statement, $0, Self.sharedWeight(others, $0)) }
      }
      guard let best = clauses.max(by: { $0.2 < $1.2 }), best.2 > 0 else { continue }
      // Another clause that fits, too, has the word itself.
      let holdsWord = clauses.contains { statement, other, shared in
        other.words.contains { $0.term.id == word.term.id }
          && (shared > best.2 - Limit.margin / 2 || shared > 0 && statement.range == best.0.range)
      }
      guard !holdsWord else { continue }
      for there in best.1.words where !said.contains(there.term.id) {
        let excludes = exclusive[there.term.id]?.contains { other in
          groups.contains { $0.group == other.group && $0.member != other.member }
        }
        // "Not raised" and "stayed" say the same.
        if excludes == true, clause.isNegated == best.1.isNegated {
          return (word.term.id, there.term.id)
        }
      }
    }
    return nil
  }
}
