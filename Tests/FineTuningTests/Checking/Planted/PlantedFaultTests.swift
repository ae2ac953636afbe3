import Testing
import TrainingFaults

@Suite struct PlantedFaultTests {
  /// Wordings that the detectors were developed with, and others.
  @Test(arguments: [false, true])
  func `planted faults are found, and little else`(isHeldOut: Bool) {
    var score = FaultScore()
    for seed in [31, 32, 33] as [UInt64] {
      score.add(PlantedTrainingSet(seed: seed, isHeldOut: isHeldOut))
    }
    for kind in FaultKind.allCases {
      let count = score.counts[kind] ?? FaultScore.Count()
      #expect(count.planted == 60, "\(kind)")
      #expect(count.recall >= 0.98, "\(kind)")
      #expect(count.precision >= 0.95, "\(kind)")
    }
  }

  @Test func `the same seed plants the same`() {
    let (a, b) = (PlantedTrainingSet(seed: 5, count: 400), PlantedTrainingSet(seed: 5, count: 400))
    #expect(a.faults == b.faults)
    #expect(a.lines.map(\.example) == b.lines.map(\.example))
    #expect(a.faults != PlantedTrainingSet(seed: 6, count: 400).faults)
  }
}
