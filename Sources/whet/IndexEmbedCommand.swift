import ArgumentParser
import Core
import Foundation
import Retrieval
import Runtime

// `whet index embed`: gives the passages of an index their vectors.

struct IndexEmbedCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "embed",
    abstract: "Give passages vectors, to be found by meaning; those that have one keep it.")

  @Option(help: "The index's name.")
  var index = IndexFolder.standardName

  @Option(help: "What makes the vectors.")
  var model = StaticEmbedder.name

  func run() throws {
    let surroundings = try Surroundings()
    let passageIndex = try IndexOption.open(index, in: surroundings)
    let embedder = try surroundings.searchModels.embedder(named: model)
    let interruption = Interruption()
    let line = EmbeddingProgressLine()
    // Also when it fails: the error is not to stand on the progress's line.
    defer { line.clear() }
    let report = try passageIndex.embed(
      with: embedder, progress: { line.show($0) }, isCancelled: { interruption.hasCome })
    line.clear()
    let kept = report.reused > 0 ? ", \(report.reused) taken from texts alike" : ""
    let dropped = report.dropped > 0 ? ", \(report.dropped) vectors dropped" : ""
    Console.line("\(index): \(report.embedded) texts embedded by \(model)\(kept)\(dropped)")
    if report.cut > 0 {
      Console.line(
        "too long for \(model): \(report.cut) texts, of which the beginnings were embedded")
    }
    if report.wasCancelled {
      Console.complain("whet: stopped; the same command goes on where it was.")
      throw ExitCode(1)
    }
  }
}

/// How far embedding has come: a line that stays in place on a terminal, now and then one in a pipe.
private final class EmbeddingProgressLine {
  private let clock = SystemClock()
  private let start: Double
  private var last = -Double.infinity
  private var before: Int?

  init() { start = clock.now }

  func show(_ progress: EmbeddingProgress) {
    let before = before ?? progress.done
    self.before = before
    let interval = Console.showsStatus ? 100.0 : 5_000
    guard progress.total > 0, clock.now - last >= interval else { return }
    last = clock.now
    let seconds = max((clock.now - start) / 1000, 0.001)
    let rate = Double(progress.done - before) / seconds
    var text = "\(progress.done * 100 / progress.total) % · "
    text += "\(progress.done) of \(progress.total) passages"
    if rate > 0 {
      text += " · \(Int(Double(progress.total - progress.done) / rate)) s left"
    }
    if Console.showsStatus { Console.status(text) } else { Console.complain(text) }
  }

  func clear() {
    if Console.showsStatus { Console.status("") }
  }
}
