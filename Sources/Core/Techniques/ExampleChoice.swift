// Which examples to show, out of those that there are.

/// How examples are chosen.
public enum ExampleChoice: Hashable, Sendable {
  /// Drawn by lot; the same seed draws the same ones of the same list.
  case random(seed: Int)
  /// Those whose inputs share the most words with a text, which are then shown last: models mind
  /// the last ones most.
  case similar(to: String)
  /// A person marks them.
  case byHand
}

extension ExampleChoice {
  /// How many are shown unless a person says otherwise.
  public static let count = 3

  /// Places drawn by lot, in the order of the list.
  public static func places(of count: Int, outOf total: Int, seed: Int) -> [Int] {
    var generator = SeededGenerator(seed: seed)
    return Array(Array(0..<max(0, total)).shuffled(using: &generator).prefix(count)).sorted()
  }
}

/// Random numbers that are the same for the same seed: SplitMix64 (Steele, Lea and Flood, 2014).
struct SeededGenerator: RandomNumberGenerator {
  private var state: UInt64

  init(seed: Int) { state = UInt64(bitPattern: Int64(seed)) }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}
