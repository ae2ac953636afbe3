import Core
import Evaluation

// How far an evaluation is, on one line that is written over; nothing where nobody watches.

final class ProgressLine {
  func show(_ progress: EvaluationProgress) {
    guard Console.showsStatus else { return }
    Console.status(progress.line)
  }

  func clear() {
    if Console.showsStatus { Console.status("") }
  }
}
