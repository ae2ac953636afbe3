import Core
import Foundation
import Playground
import Sessions
import Testing

@testable import Runtime

/// A runtime in a temporary folder with documents of its own, and what it has told so far.
final class Workbench {
  let path: String
  let runtime: Runtime
  let clock: any RuntimeClock
  private(set) var events: [Event] = []
  private(set) var answers: [Int: Answer] = [:]

  /// - Parameters:
  ///   - folder: of an earlier workbench, to go on where it ended; nil for a new one.
  ///   - adjust: changes what the runtime works with.
  init(
    clock: any RuntimeClock = ScriptClock(), in folder: String? = nil,
    adjust: (inout Runtime.Settings) -> Void = { _ in }
  ) throws {
    self.clock = clock
    path = folder ?? NSTemporaryDirectory() + "whet-\(UUID().uuidString)"
    let documents = path + "/documents"
    try FileManager.default.createDirectory(atPath: documents, withIntermediateDirectories: true)
    try Data("# Returns\n\nYou have thirty days to return a wheel.\n".utf8)
      .write(to: URL(filePath: documents + "/returns.md"))
    var settings = Runtime.Settings(
      folders: Folders(allIn: path, share: nil), environment: [:], providers: [])
    settings.discoversModels = false
    settings.documents = documents
    adjust(&settings)
    runtime = Runtime(settings: settings, clock: clock)
  }

  func remove() { try? FileManager.default.removeItem(atPath: path) }

  var store: SessionStore {
    get throws { try SessionStore(path: Folders(allIn: path, share: nil).store) }
  }

  var notices: [Notice] {
    events.compactMap { if case .noticed(let notice) = $0 { notice } else { nil } }
  }

  func perform(_ effects: Effect...) { runtime.perform(effects) }

  /// Goes on until a condition is met; fails when nothing is left that could meet it.
  ///
  /// - Parameter waiting: whether it may also come from outside.
  func run(
    until isMet: (Workbench) throws -> Bool, waiting: Bool = false,
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let deadline = ContinuousClock.now + .seconds(60)
    while true {
      take(runtime.events())
      if try isMet(self) { return }
      guard waiting || !runtime.isIdle, ContinuousClock.now < deadline else {
        Issue.record("nothing came of it", sourceLocation: sourceLocation)
        return
      }
      runtime.wait(for: [], milliseconds: 1000)
    }
  }

  /// Goes on until nothing is left to do.
  func runUntilIdle() throws {
    try run { $0.runtime.isIdle }
    take(runtime.events())
  }

  private func take(_ new: [Event]) {
    for case .stream(let update) in new {
      for event in update.events {
        answers[update.number, default: Answer()].apply(event, at: update.time)
      }
    }
    events += new
  }
}

extension RunPlan {
  /// A run of the model that gives back its prompt.
  static func echo(_ number: Int, _ text: String = "one two three") -> RunPlan {
    RunPlan(
      number: number, column: number, promptText: "{{text}}", promptPath: "a/refunds.prompt",
      promptName: "a/refunds.prompt", inputs: ["text": text],
      request: CompletionRequest(
        model: .echo, messages: [Message(role: .user, text: text)], question: text))
  }
}
