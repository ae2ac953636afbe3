import Core
import Foundation
import GRDB
import LoopbackServer
import Runtime
import Sessions
import Synchronization
import Testing

// kill -9 of the whole program, at moments spread over its start, its typing and its streaming:
// what had come a second before is found again, and offered, by the next start.

@Suite struct KilledPlaygroundTests {
  /// Five playgrounds at once are killed ten times each.
  @Test(.timeLimit(.minutes(5)))
  func `fifty kills lose nothing that had come a second before`() throws {
    let losses = Mutex<[String]>([])
    let isDone = Latch(count: 5)
    for number in 0..<5 {
      Thread.detachNewThread {
        do {
          var trial = try KillTrial(number: number)
          for round in 0..<10 { try trial.run(round: round) }
          try trial.findEverything()
        } catch {
          losses.withLock { $0.append("playground \(number): \(error)") }
        }
        isDone.open()
      }
    }
    isDone.wait()
    #expect(losses.withLock { $0 } == [])
  }
}

/// One home, in which the playground is started and killed again and again.
private struct KillTrial {
  private let number: Int
  private let log = StreamLog()
  private let home: WhetHome
  /// The prompt as the store has it.
  private var draft = "Count."
  private var roundCount = 0

  init(number: Int) throws {
    self.number = number
    home = try WhetHome(server: try ModelServer(["m": log.model]))
    try home.write(draft, to: "a.prompt")
  }

  /// From 0 to 1: the same in every test run, and spread more evenly than by chance.
  private func moment(_ salt: Double) -> Double {
    (Double(number * 10 + roundCount) * 0.618_034 + salt).truncatingRemainder(dividingBy: 1)
  }

  /// Starts the playground on what the last kill left, and kills it.
  mutating func run(round: Int) throws {
    roundCount = round
    let firstRequest = log.count
    var typed = ""
    var typingTimes: [Double] = []
    if round % 5 == 4 {
      // In the middle of the start.
      let terminal = try home.start(["open", "a.prompt"])
      usleep(UInt32(moment(0) * 200_000))
      try kill(terminal)
    } else {
      let terminal = try open(round: round)
      let end = Deadline.now + 0.2 + moment(0.25) * 1.8
      let runTime = Deadline.now + moment(0.5) * 0.3
      var isRunning = false
      while Deadline.now < end {
        if !isRunning, Deadline.now >= runTime {
          try terminal.press("ctrl-r")
          isRunning = true
        }
        let letter = String(UnicodeScalar(UInt8(ascii: "a") + UInt8(typed.count % 26)))
        try terminal.type(letter)
        typed += letter
        typingTimes.append(Deadline.now)
        usleep(20_000)
      }
      try kill(terminal)
    }
    let second = Deadline.now - 1
    try checkStore(
      typed: typed, certain: typingTimes.count { $0 < second }, from: firstRequest, before: second)
  }

  /// Opens the playground; what was interrupted must be said, and the draft be there.
  private func open(round: Int) throws -> PseudoTerminal {
    let interrupted = try SessionStore(path: home.store).interruptedRuns()
    let models = round == 0 ? ["-M", "test/m", "-M", "test/m", "-M", "test/m"] : []
    let terminal = try home.start(["open", "a.prompt"] + models)
    if !interrupted.isEmpty { try terminal.wait(for: "test/m, ") }
    try terminal.wait(for: String(draft.prefix(30)))
    try terminal.wait("three columns") { $0.contains("C test/m") }
    // The cursor is where it was: what is typed now stands before all of it.
    try terminal.press("alt-<")
    return terminal
  }

  private func kill(_ terminal: PseudoTerminal) throws {
    terminal.signal(SIGKILL)
    try check(try terminal.waitForExit() == .killed(signal: SIGKILL), "it had ended by itself")
  }

  /// - Parameters:
  ///   - certain: how many of the typed letters must be there.
  ///   - second: what came earlier must be there.
  private mutating func checkStore(
    typed: String, certain: Int, from firstRequest: Int, before second: Double
  ) throws {
    try check(try integrity() == ["ok"], "the store is damaged")
    let store = try SessionStore(path: home.store)
    let kept = try store.loadDraft(named: home.path("a.prompt"))?.promptText ?? draft
    let keptCount = kept.count - draft.count
    try check(
      keptCount >= certain && kept == typed.prefix(max(0, keptCount)) + draft,
      "of '\(typed)' on '\(draft)', \(certain) letters certain, there is '\(kept)'")
    draft = kept

    let runs = try store.interruptedRuns().map { try store.loadRun($0.id) }
    let texts = runs.map { Answer(replaying: $0).text }
    let begun = log.requests(from: firstRequest).filter { $0.value.receivedAt < second }
    try check(runs.count >= begun.count, "of \(begun.count) runs there are \(runs.count)")
    for (request, stream) in log.requests(from: firstRequest) {
      let arrived = stream.sentAt.count { $0 < second }
      let text = texts.first { $0.hasPrefix("\(request).0 ") } ?? ""
      let count = text.split(separator: " ").count
      try check(
        count >= arrived && text == StreamLog.text(of: request, count: count),
        "of request \(request), \(arrived) words certain, there is '\(text)'")
    }
  }

  private func integrity() throws -> [String] {
    guard FileManager.default.fileExists(atPath: home.store) else { return ["ok"] }
    return try DatabaseQueue(path: home.store).read {
      try String.fetchAll($0, sql: "PRAGMA integrity_check")
    }
  }

  /// The last start ends every run that was interrupted, with what had come of it.
  func findEverything() throws {
    let terminal = try open(round: roundCount)
    try terminal.press("ctrl-q")
    try check(try terminal.waitForExit() == .exited(0), "it does not end")
    let runs = try home.recordedRuns()
    try check(runs.count >= 8, "only \(runs.count) runs were made")
    for run in runs {
      let isWhole = run.answer.text == Answer(replaying: run).text
      try check(isWhole && run.answer.finishReason == .interrupted, "\(run.run.id) is not ended")
    }
  }

  private func check(_ isTrue: Bool, _ problem: String) throws {
    guard !isTrue else { return }
    throw PseudoTerminal.Failure(description: "round \(roundCount): \(problem)")
  }
}

/// A model that says `REQUEST.0 REQUEST.1 …` for ever, and remembers when.
private final class StreamLog: Sendable {
  struct Stream {
    var receivedAt: Double
    /// When each word was handed to the connection.
    var sentAt: [Double] = []
  }

  private let streams = Mutex<[Int: Stream]>([:])
  private let nextRequest = Mutex(0)

  var count: Int { nextRequest.withLock { $0 } }

  func requests(from first: Int) -> [Int: Stream] {
    streams.withLock { $0.filter { $0.key >= first } }
  }

  static func text(of request: Int, count: Int) -> String {
    (0..<count).map { "\(request).\($0) " }.joined()
  }

  var model: ModelServer.Model {
    { [self] connection, _ in
      let request = nextRequest.withLock { number in
        defer { number += 1 }
        return number
      }
      streams.withLock { $0[request] = Stream(receivedAt: Deadline.now) }
      connection.sendHead()
      for word in 0... {
        guard connection.send(Scripted.chunk("\(request).\(word) ")) else { return }
        streams.withLock { $0[request]?.sentAt.append(Deadline.now) }
        usleep(15_000)
      }
    }
  }
}
