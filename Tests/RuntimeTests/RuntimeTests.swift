import Core
import Foundation
import LoopbackServer
import Playground
import Testing

@testable import Runtime

@Suite("Runtime")
struct RuntimeTests {
  @Test("An index that is not there is told of, with how to make it")
  func missingIndex() throws {
    let bench = try Workbench()
    defer { bench.remove() }
    for name in ["handbook", "../etc/passwd"] {
      bench.perform(
        .search(
          SearchRequest(number: 3, query: "x", index: name, retrieval: RetrievalSettings())))
      try bench.runUntilIdle()
      #expect(
        bench.events.last
          == .searchFailed(
            number: 3,
            problem:
              "There is no index '\(name)': `whet index add --index \(name) FOLDER` makes it."))
    }
    bench.perform(.listIndexes)
    try bench.runUntilIdle()
    #expect(bench.events.last == .indexesListed([]))
  }

  @Test("A timer comes at its time, and is not set twice", arguments: [true, false])
  func timers(onScriptClock: Bool) throws {
    let clock: any RuntimeClock = onScriptClock ? ScriptClock() : SystemClock()
    let bench = try Workbench(clock: clock)
    defer { bench.remove() }
    let start = clock.now
    bench.perform(
      .schedule(.second, after: 30), .schedule(.settle, after: 10), .schedule(.settle, after: 99))
    #expect(!bench.runtime.isIdle)
    try bench.runUntilIdle()
    #expect(bench.events == [.timer(.settle), .timer(.second)])
    #expect(clock.now - start >= 30)
    if onScriptClock { #expect(clock.now == 30) }
  }

  @Test("What goes over the wire comes with what it says, and the doctor answers for its run")
  func wire() throws {
    let bench = try Workbench()
    defer { bench.remove() }
    bench.perform(.startRuns([.echo(7)]))
    try bench.runUntilIdle()
    let events = bench.events.compactMap { event -> TimedWireEvent? in
      guard case .stream(let update) = event else { return nil }
      return update.wire.map { TimedWireEvent(time: update.time, event: $0) }
    }
    #expect(events.first?.event == .head(status: 200, contentType: "text/event-stream"))
    #expect(events.last?.event == .end(.complete))
    bench.perform(.examineWire(WireExamination(number: 7, model: .echo, events: events)))
    try bench.runUntilIdle()
    guard case .wireExamined(number: 7, _)? = bench.events.last else {
      Issue.record("the doctor did not answer: \(String(describing: bench.events.last))")
      return
    }
  }

  @Test("The doctor knows the window that a server says its model has")
  func listedWindow() throws {
    let server = try ScriptedServer { connection in
      _ = connection.readRequest()
      connection.respond(#"{"data":[{"id":"m","context_length":64}]}"#)
    }
    let bench = try Workbench(clock: SystemClock()) { settings in
      settings.providers = [Provider(name: "local", baseURL: server.baseURL)]
      settings.discoversModels = true
      settings.documents = nil
    }
    defer { bench.remove() }
    bench.perform(.lookAround(session: nil))
    try bench.runUntilIdle()
    let count = #"data: {"choices":[],"usage":{"prompt_tokens":64,"completion_tokens":1}}"# + "\n\n"
    let events: [WireEvent] = [
      .request(SentRequest(wire: .chatCompletions, url: "http://host/v1", body: "{}")),
      .head(status: 200, contentType: "text/event-stream"), .body(Array(count.utf8)),
      .end(.complete),
    ]
    let examination = WireExamination(
      number: 1, model: ModelReference(provider: "local", model: "m"),
      events: events.map { TimedWireEvent(time: 0, event: $0) })
    bench.perform(.examineWire(examination))
    try bench.runUntilIdle()
    guard case .wireExamined(number: 1, let findings)? = bench.events.last else {
      Issue.record("the doctor did not answer: \(String(describing: bench.events.last))")
      return
    }
    #expect(findings.contains { $0.sentence.contains("64 of 64 tokens") }, "\(findings)")
  }

  @Test("A server that is not there offers no models, and keeps nothing waiting")
  func noServer() throws {
    let stage = try Stage(share: nil)
    defer { stage.remove() }
    let runtime = Runtime(
      settings: Runtime.Settings(
        folders: stage.folders, environment: [:],
        // The port of `discard`, which nothing listens on.
        providers: [Provider(name: "gone", baseURL: "http://127.0.0.1:9/v1")]),
      clock: ScriptClock())
    runtime.perform([.lookAround(session: nil)])
    var events: [Event] = []
    while !runtime.isIdle {
      runtime.wait(for: [], milliseconds: 1000)
      events += runtime.events()
    }
    #expect(events.isEmpty)
  }

  @Test("A prompt that is opened for the first time takes the standard index, where there is one")
  func standardIndex() throws {
    let bench = try Workbench()
    defer { bench.remove() }
    let indexes = Folders(allIn: bench.path, share: nil).indexes
    try FileManager.default.createDirectory(atPath: indexes, withIntermediateDirectories: true)
    try Data("x".utf8).write(to: URL(filePath: bench.path + "/a.prompt"))
    bench.perform(.readPrompt(path: bench.path + "/a.prompt"))
    try bench.runUntilIdle()
    try Data().write(to: URL(filePath: indexes + "/default.sqlite"))
    bench.perform(.readPrompt(path: bench.path + "/a.prompt"))
    try bench.runUntilIdle()
    let opened = bench.events.compactMap {
      if case .promptOpened(let draft) = $0 { draft } else { nil }
    }
    #expect(opened.map(\.index) == [nil, "default"])
  }

  @Test("Prompts are read and saved, and what goes wrong is a notice")
  func promptFiles() throws {
    let bench = try Workbench()
    defer { bench.remove() }
    let path = bench.path + "/a.prompt"
    bench.perform(.savePrompt(PromptSave(path: path, text: "Hi {{x}}", expected: nil)))
    bench.perform(.readPrompt(path: path), .readPrompt(path: path + "x"))
    try bench.runUntilIdle()
    #expect(
      bench.events == [
        .promptSaved(path: path, text: "Hi {{x}}"),
        .promptOpened(
          Draft(name: path, promptText: "Hi {{x}}", promptPath: path, savedText: "Hi {{x}}")),
        .noticed(Notice(.error, "There is no file \(path)x.")),
      ])
  }
}

@Suite("Clocks")
struct ClockTests {
  @Test("A script's clock stands until it leaps, and never goes back")
  func leaps() {
    let clock = ScriptClock()
    #expect(clock.now == 0)
    clock.leap(to: 1500)
    #expect(clock.now == 1500)
    clock.leap(to: 20)
    #expect(clock.now == 1500)
    #expect(clock.secondsSince1970 == 1_767_603_846)
    #expect(clock.localTime.minute(0) == "1970-01-01 00:00")
  }

  @Test("It goes by itself while a server is waited for, and stands again after")
  func running() {
    let clock = ScriptClock()
    clock.setRunning(true)
    let start = clock.now
    while clock.now == start {}
    clock.setRunning(false)
    let stopped = clock.now
    #expect(stopped > start)
    #expect(clock.now == stopped)
  }

  @Test(
    "Any number of seconds is a point in time",
    arguments: [0, -1, 1e300, .infinity, -.infinity, .nan])
  func hostileTimes(seconds: Double) {
    for time in [LocalTime.system, .universal] {
      #expect(time.minute(seconds).count >= 16)
      #expect(time.timeOfDay(seconds).count == 8)
    }
  }

  @Test("Times are shown by the clock of the place")
  func texts() {
    #expect(LocalTime.universal.minute(1_767_603_845) == "2026-01-05 09:04")
    #expect(LocalTime.universal.timeOfDay(1_767_603_845) == "09:04:05")
  }
}
