// A sentence of an answer as what is to be found in passages: its words with their weights, and its
// numbers and names, of which none may be missing.

struct SupportClaim {
  /// A word or a number that is to be found.
  struct Unit {
    var word: SupportWord
    var clause: Int
    var weight: Double
    /// Whether it is a number, a name or a piece of code: nothing else can stand for it.
    var isValue = false
    /// Whether it is more than a word that any rewording may bring along.
    var isSolid = false
  }

  private enum Weight {
    static let general = 0.25
    static let number = 1.2
    static let vagueNumber = 0.2
    static let name = 1.3
    /// Of a word that stands in every statement; a rare one weighs 1.
    static let common = 0.5
    /// What stands in a heading or in the sentence before counts less.
    static let context = 0.8
  }

  let clauses: [SupportClause]
  private(set) var units: [Unit] = []
  /// By terms.
  private(set) var weights: [Int: Double] = [:]

  init(clauses: [SupportClause]) { self.clauses = clauses }

  /// - Parameter rarity: from 0 for a word of all statements to 1 for one of none.
  mutating func add(_ word: SupportWord, inClause clause: Int, isName: Bool, rarity: Double) {
    var unit = Unit(word: word, clause: clause, weight: 0)
    if let quantity = word.quantity {
      unit.weight = quantity.isVague ? Weight.vagueNumber : Weight.number
      unit.isValue = !quantity.isVague
      unit.isSolid = !quantity.isVague
    } else {
      guard word.term.kind != .function, weights[word.term.id] == nil else { return }
      let isGeneral = word.term.kind == .general && !isName && !word.isCode
      unit.weight =
        isGeneral ? Weight.general : Weight.common + (1 - Weight.common) * rarity
      unit.isValue = isName || word.isCode
      unit.isSolid = !isGeneral
      if unit.isValue { unit.weight *= Weight.name }
      weights[word.term.id] = unit.weight
    }
    units.append(unit)
  }

  /// Whether there is anything to be found.
  var isTelling: Bool { units.contains(where: \.isSolid) }

  /// How well a statement holds a unit: 1, less in what stands around it, or 0.
  func credit(of unit: Unit, in statement: SupportStatement) -> Double {
    if let quantity = unit.word.quantity {
      if statement.quantities.contains(where: { $0.agrees(with: quantity) }) { return 1 }
      return statement.contextQuantities.contains { $0.agrees(with: quantity) }
        ? Weight.context : 0
    }
    if statement.terms.contains(unit.word.term.id) { return 1 }
    return statement.context.contains(unit.word.term.id) ? Weight.context : 0
  }

  /// How well a statement holds each unit.
  func credits(in statement: SupportStatement) -> [Double] {
    units.map { credit(of: $0, in: statement) }
  }

  /// The weight that a statement adds; nil where it adds too little to be part of what supports a
  /// claim: a single word may stand anywhere.
  ///
  /// - Parameters:
  ///   - credits: of the statement.
  ///   - known: of those that were chosen before; nil for the first.
  ///   - isNear: whether it stands beside one of those.
  func gain(by credits: [Double], beyond known: [Double]?, isNear: Bool) -> Double? {
    var gain = 0.0
    var solid = [Int](repeating: 0, count: clauses.count)
    var isWord = false
    for (place, unit) in units.enumerated() {
      let before = known?[place] ?? 0
      guard credits[place] > before else { continue }
      gain += unit.weight * (credits[place] - before)
      if unit.isSolid, !continuesName(place) {
        solid[unit.clause] += 1
        if !unit.isValue { isWord = true }
      }
    }
    let most = solid.max() ?? 0
    return known == nil || most > 1 || (most == 1 && isNear && isWord) ? gain : nil
  }

  /// Whether the unit before it is part of the same name.
  private func continuesName(_ place: Int) -> Bool {
    guard place > 0, units[place].isValue, units[place].word.quantity == nil else { return false }
    let before = units[place - 1]
    return before.isValue && before.word.quantity == nil
      && units[place].word.range.lowerBound - before.word.range.upperBound == 1
  }

  /// The words of units as they stand in the text, each once.
  func names(
    in bytes: UnsafeBufferPointer<UInt8>, where isMeant: (Int) -> Bool
  ) -> [String] {
    var names: [String] = []
    for (place, unit) in units.enumerated() where unit.isSolid && isMeant(place) {
      let name = String(decoding: bytes[unit.word.range], as: UTF8.self)
      if !names.contains(name) { names.append(name) }
    }
    return names
  }
}

/// How much of a claim some statements hold.
struct ClaimCoverage {
  /// By the units of the claim.
  private(set) var credits: [Double]
  /// Of all weights, from 0 to 1.
  private(set) var share = 0.0
  /// Of the weights of words that are no numbers, names or code.
  private(set) var topicShare = 0.0
  /// Whether a number, a name or a piece of code is in none of them.
  private(set) var missesValue = false

  /// The least weight of words that tell what a claim is about; of fewer, its names and numbers do.
  private static let leastTopic = 0.5

  init(of claim: SupportClaim, by statements: [SupportStatement]) {
    credits = [Double](repeating: 0, count: claim.units.count)
    for statement in statements {
      credits = zip(credits, claim.credits(in: statement)).map { max($0, $1) }
    }
    var all = 0.0
    var there = 0.0
    var words = 0.0
    for (unit, credit) in zip(claim.units, credits) {
      all += unit.weight
      share += unit.weight * credit
      if unit.isValue {
        if credit == 0 { missesValue = true } else { there += unit.weight }
      } else {
        there += unit.weight
        words += unit.weight
        topicShare += unit.weight * credit
      }
    }
    // Where there are hardly any words, the names and numbers that are there tell the topic.
    if words < Self.leastTopic {
      (words, topicShare) = (there, share)
    }
    share = all > 0 ? share / all : 0
    topicShare = words > 0 ? topicShare / words : 0
  }
}
