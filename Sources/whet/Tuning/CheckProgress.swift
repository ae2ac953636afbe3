import Core
import Runtime

// How far a check is, on one line that is written over; nothing where nobody watches.

final class CheckProgress {
  private var shownBytes = 0
  private var shownExamples = 0

  func show(_ progress: CheckRun.Progress) {
    // A line each 16 MB is a few a second.
    guard Console.showsStatus, progress.bytes - shownBytes >= 16 << 20 else { return }
    shownBytes = progress.bytes
    let share = progress.total.map {
      ", \(Numbers.share(Double(progress.bytes) / Double(max(1, $0))))"
    }
    Console.status("\(Numbers.grouped(progress.lines)) lines checked\(share ?? "")")
  }

  /// The same of a stored set, whose bytes nobody counts.
  func show(examples: Int) {
    guard Console.showsStatus, examples - shownExamples >= 5000 else { return }
    shownExamples = examples
    Console.status("\(Numbers.grouped(examples)) examples checked")
  }

  func clear() {
    if shownBytes + shownExamples > 0 { Console.status("") }
  }
}
