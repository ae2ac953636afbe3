import TrainingFaults

// Prints how well planted faults of training sets are found: `swift run planted-training-faults 1 2 3`.
// With `--slips`, also what was missed or found wrongly. `--time 1000000` measures time and memory of so
// many examples of about 2 kB.

@main
struct PlantedTrainingFaults {
  /// Seeds that nothing was tuned with.
  private static let defaultSeeds: [UInt64] = [901, 902, 903, 904, 905]

  static func main() {
    let words = CommandLine.arguments.dropFirst()
    if words.first == "--time" {
      return ContentTimer.run(words.dropFirst().first.flatMap(Int.init) ?? 100_000)
    }
    let given = words.compactMap(UInt64.init)
    let seeds = given.isEmpty ? defaultSeeds : given
    for isHeldOut in [false, true] {
      var score = FaultScore()
      for seed in seeds { score.add(PlantedTrainingSet(seed: seed, isHeldOut: isHeldOut)) }
      print(isHeldOut ? "held-out wordings" : "wordings of the development", "seeds", seeds)
      print(padded("kind", 22), "planted  found  wrong  recall  precision")
      for kind in FaultKind.allCases {
        let count = score.counts[kind] ?? FaultScore.Count()
        print(
          padded(kind.rawValue, 22), right(count.planted, 7), right(count.found, 6),
          right(count.wrong, 6), padded(share(count.recall), 7), share(count.precision))
      }
      if words.contains("--slips") {
        for slip in score.slips.prefix(60) {
          print(
            slip.isMissed ? "missed" : "wrong", slip.fault.kind, slip.fault.line,
            slip.text.suffix(330))
        }
      }
      print()
    }
  }

  private static func padded(_ text: String, _ width: Int) -> String {
    text + String(repeating: " ", count: max(0, width - text.count))
  }

  private static func right(_ number: Int, _ width: Int) -> String {
    let text = String(number)
    return String(repeating: " ", count: max(0, width - text.count)) + text
  }

  /// With three places.
  private static func share(_ share: Double) -> String {
    let thousandths = String(Int((share * 1000).rounded(.down)))
    let digits = String(repeating: "0", count: max(0, 4 - thousandths.count)) + thousandths
    return digits.dropLast(3) + "." + digits.suffix(3)
  }
}
