import FineTuning
import RandomSource

// Examples of a usual size, as many as are asked for.

/// Gives examples of about 2 kB, none of which is like another.
public struct LongExamples {
  private var text: FaultText

  public init(seed: UInt64) { text = FaultText(random: SeededRandom(seed: seed)) }

  public mutating func next() -> TrainingExample {
    TrainingExample(
      input: [
        TrainingMessage(role: "system", text: "You summarize letters."),
        TrainingMessage(role: "user", text: text.prose(.english, 16)),
      ],
      answer: [TrainingMessage(role: "assistant", text: text.prose(.english, 12))])
  }
}
