import ArgumentParser
import Core
import FineTuning
import Foundation
import Runtime

// How a job is shown while it is watched: a chart that is drawn anew on a terminal, a line for each event
// elsewhere.

final class TrainingJobScreen {
  /// Whether to return once the server has the job.
  private let detaches: Bool
  private let isColored =
    ProcessInfo.processInfo.environment["NO_COLOR"]?.isEmpty ?? true
  private var events: [TrainingEvent] = []
  private var record: TrainingJobRecord?
  /// What is going on beside the job itself.
  private var notice = ""
  private var drawnLines = 0
  private var shownStatus = ""
  private var hasDetached = false

  init(detaches: Bool = false) { self.detaches = detaches }

  /// Shows a job until it has ended. Throws the command's exit status, and what watching throws.
  func watch(
    _ name: String, of jobs: TrainingJobs, until interruption: Interruption
  ) throws {
    do {
      let ended = try jobs.watch(
        name, onProgress: show,
        isInterrupted: { [self] in hasDetached || interruption.hasCome })
      notice = ""
      draw()
      try conclude(ended)
    } catch is CancellationError {
      notice = ""
      draw()
      let short = name.suffix(8)
      if hasDetached {
        Console.complain("whet: the server has the job; whet tune watch \(short) shows it.")
        return
      }
      let isThere = record?.journey.job != nil
      Console.complain(
        isThere
          ? "whet: stopped watching; the job runs on. whet tune watch \(short) comes back to it, whet "
            + "tune cancel \(short) ends it."
          : "whet: stopped; whet tune watch \(short) goes on where it was.")
      throw ExitCode(3)
    }
  }

  private func conclude(_ job: TrainingJobRecord) throws {
    if let model = job.model {
      Console.line("\(model)")
      return
    }
    let reason = job.state?.error.map { ": \($0)" } ?? ""
    Console.complain("whet: the job has ended as \(job.status)\(reason)")
    throw ExitCode(1)
  }

  private func show(_ progress: TrainingJobProgress) {
    switch progress {
    case .uploading(let role, let bytes, let total):
      let share = Numbers.share(Double(bytes) / Double(max(1, total)))
      notice = "uploading the \(role.rawValue) file: \(share)"
      if !Console.outputIsTerminal, Console.showsStatus { return Console.status(notice) }
    case .waiting(let reason, let time):
      notice = "\(reason) Trying again in \(Int((time / 1000).rounded(.up))) s."
      if !Console.outputIsTerminal { Console.complain("whet: \(notice)") }
    case .told(let news):
      events += news
      if !Console.outputIsTerminal { for event in news { Console.line(Self.line(of: event)) } }
    case .changed(let job):
      notice = ""
      record = job
      if !Console.outputIsTerminal, job.status != shownStatus {
        shownStatus = job.status
        Console.line("\(job.name.suffix(8)) \(job.status)")
      }
      if detaches, job.journey.job != nil { hasDetached = true }
    }
    draw()
  }

  /// `12:04:31  Step 10  training 0.512  validation 0.633`.
  private static func line(of event: TrainingEvent) -> String {
    var parts = [event.time.map { LocalTime.system.timeOfDay($0) } ?? "--:--:--"]
    if event.level != .info { parts.append(event.level.rawValue) }
    parts.append(event.message)
    if let step = event.step, !event.message.contains("\(step)") { parts.append("step \(step)") }
    let losses = [
      ("training", event.metrics.trainLoss), ("validation", event.metrics.validLoss),
    ]
    for case (let name, let loss?) in losses {
      parts.append("\(name) \(Numbers.fixed(loss, digits: 3))")
    }
    return parts.joined(separator: "  ")
  }

  private func draw() {
    guard let width = Console.columns, let height = Console.rows, let record else { return }
    var lines = [
      text("\(record.provider)/\(record.request.model) on \(record.data.name)", width),
      text("\(record.name.suffix(8))  \(record.status)\(finish(of: record))", width),
    ]
    let chart = LossChart(events).rows(
      width: min(width - 1, 100), height: min(16, max(6, height - 8)))
    lines += chart.map(colored)
    for event in events.suffix(min(4, max(1, height - lines.count - 2))) {
      lines.append(text(Self.line(of: event), width))
    }
    if !notice.isEmpty { lines.append(text(notice, width)) }
    Console.redraw(lines, over: drawnLines)
    drawnLines = lines.count
  }

  private func finish(of record: TrainingJobRecord) -> String {
    guard let time = record.state?.estimatedFinish, !record.journey.hasEnded else { return "" }
    return ", to be done at \(LocalTime.system.timeOfDay(time))"
  }

  /// One row of the terminal, and no more.
  private func text(_ text: String, _ width: Int) -> String {
    var row = ""
    var rest = width - 1
    for character in DisplayText.printable(text).replacing("\n", with: " ") {
      rest -= DisplayText.width(of: String(character))
      if rest < 0 { break }
      row.append(character)
    }
    return row
  }

  private func colored(_ row: LossChart.Row) -> String {
    guard isColored else { return row.text }
    var text = ""
    var before: LossChart.Role?
    for (character, role) in zip(row.text, row.roles) {
      if let role, role != before {
        text += "\u{1B}[\(Self.color(of: role))m"
        before = role
      }
      text.append(character)
    }
    return text + "\u{1B}[0m"
  }

  private static func color(of role: LossChart.Role) -> String {
    switch role {
    case .axis: "0;2"
    case .training: "0"
    case .validation: "0;36"
    case .both: "0;35"
    }
  }
}
