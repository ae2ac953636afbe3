import RandomSource

// A model that is scripted: it sees a prompt's text and nothing else, as a real one does, and acts in
// each case by the nature that was planted.

/// Answers prompts about a planted world.
public struct PlantedModel: Sendable {
  /// What every document begins with, so that passages in a prompt can be counted.
  static let mark = "Note:"

  /// By the last word of their questions, which no other question has.
  private let cases: [Substring: PlantedCase]
  /// How often a right answer comes out wrong. By luck, a wrong one comes out right a fifth as often.
  private let noise: Double
  private var random: SeededRandom

  public init(_ world: PlantedWorld, noise: Double, seed: UInt64) {
    cases = Dictionary(
      uniqueKeysWithValues: world.cases.map { (Self.words(of: $0.question).last ?? "", $0) })
    self.noise = noise
    random = SeededRandom(seed: seed)
  }

  /// The answer to a prompt that holds a case's question, the documents that it was given whole, and
  /// perhaps a firm sentence on the form.
  public mutating func answer(to prompt: String) -> String {
    let words = Self.words(of: prompt)
    guard let asked = words.first(where: { cases[$0] != nil }).flatMap({ cases[$0] }) else {
      return "I can't tell."
    }
    let nature = asked.nature
    let passageCount = words.count { $0 == Self.mark }
    let sees = words.contains { $0 == asked.answer + "." }
    var isRight =
      nature.isAble && passageCount <= nature.mostPassages && (nature.knows || sees)
    if nature.unsteadiness > 0, Double.random(in: 0..<1, using: &random) < nature.unsteadiness {
      isRight = false
    }
    let isBare = !nature.chats || prompt.contains("answer alone")
    var comesOut = isRight && isBare
    if Double.random(in: 0..<1, using: &random) < (comesOut ? noise : noise / 5) {
      comesOut.toggle()
    }
    if comesOut { return asked.answer }
    return isRight && !isBare ? "I think that it is \(asked.answer)." : "It is unknown."
  }

  private static func words(of text: String) -> [Substring] {
    text.utf8.split { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\n") }.map(Substring.init)
  }
}
