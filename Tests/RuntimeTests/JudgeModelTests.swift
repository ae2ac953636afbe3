import Core
import Foundation
import LoopbackServer
import Playground
import Sessions
import Synchronization
import Testing

@testable import Runtime

// A judge model over a real connection: what it is sent, what comes of it, what is kept.

@Suite struct JudgeModelTests {
  /// A server that judges, and remembers what it was asked.
  private final class JudgeServer: Sendable {
    private let bodies = Mutex<[String]>([])
    private let server: Mutex<ScriptedServer?> = Mutex(nil)

    /// - Parameter verdict: what it says to a request's body.
    init(_ verdict: @escaping @Sendable (String) -> String) throws {
      let server = try ScriptedServer { [self] connection in
        let body = Self.body(of: connection.readRequest())
        bodies.withLock { $0.append(body) }
        let text = JSON.string(verdict(body)).text
        let events = [
          #"{"choices":[{"index":0,"delta":{"content":\#(text)}}]}"#,
          #"{"choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}"#, "[DONE]",
        ]
        connection.send(
          "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nConnection: close\r\n\r\n"
            + events.map { "data: \($0)\n\n" }.joined())
      }
      self.server.withLock { $0 = server }
    }

    var asked: [String] { bodies.withLock { $0 } }
    var provider: Provider {
      Provider(name: "judge", baseURL: server.withLock { $0?.baseURL } ?? "")
    }

    private static func body(of request: String) -> String {
      request.split(separator: "\r\n\r\n", maxSplits: 1).last.map(String.init) ?? ""
    }
  }

  private static let judge = ModelReference(provider: "judge", model: "wise")

  /// A playground whose two columns have answered, driven by a runtime.
  private final class Bench {
    let workbench: Workbench
    var state: State
    private var taken = 0

    init(server: JudgeServer, rubric: String?) throws {
      let provider = server.provider
      workbench = try Workbench { settings in
        settings.providers = [provider]
        settings.rubric = rubric ?? Self.shippedRubric
        settings.random = { 0 }
      }
      state = State(
        size: Size(width: 105, height: 30),
        draft: Draft(
          name: "sample", promptText: "{{question}}", inputs: ["question": "How long for a wheel?"],
          models: [.echo, ModelReference(provider: "builtin", model: "extractive")], index: nil),
        models: [JudgeModelTests.judge], defaults: [.echo], retrieval: RetrievalSettings())
      perform(state.start())
      press("ctrl-r")
      try settle()
      press("tab tab tab")
    }

    static let shippedRubric = URL(filePath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
      .appending(path: "examples/judge/answers.prompt").path

    func perform(_ effects: [Effect]) { workbench.runtime.perform(effects) }

    func press(_ names: String) {
      for key in names.split(separator: " ").compactMap({ Key(name: String($0)) }) {
        perform(update(&state, .input(.key(key))))
      }
    }

    /// Goes on until nothing is left to do.
    func settle() throws {
      try workbench.run { bench in
        while taken < bench.events.count {
          perform(update(&state, bench.events[taken]))
          taken += 1
        }
        return bench.runtime.isIdle
      }
    }

    var preferences: [RecordedPreference] {
      get throws { try workbench.store.preferences(of: "sample") }
    }
  }

  @Test func `a judge compares the columns in both orders, and its word is kept as its own`() throws
  {
    // It prefers the answer that isn't the echo, wherever that stands.
    let server = try JudgeServer { body in
      let first = body.firstRange(of: "= answer 1").map { body[$0.upperBound...] } ?? ""
      return first.prefix(60).contains("How long for a wheel?")
        ? "The second.\nVERDICT: 2" : "The first.\nVERDICT: 1"
    }
    let bench = try Bench(server: server, rubric: nil)
    defer { bench.workbench.remove() }
    #expect(bench.state.columns.allSatisfy { !$0.answer.text.isEmpty })
    bench.press("J")
    try bench.settle()
    bench.press("enter")
    try bench.settle()
    #expect(server.asked.count == 2)
    for body in server.asked {
      #expect(!body.contains("builtin") && !body.contains("extractive"))
    }
    let preference = try #require(try bench.preferences.first?.preference)
    #expect(preference.isConsistent)
    #expect(preference.outcome == .second)
    guard case .model(let model, _) = preference.judge else {
      Issue.record("it is not the judge's")
      return
    }
    #expect(model == Self.judge)
    // Its questions are runs, with what went over the wire.
    let runs = try bench.workbench.store.sessions().flatMap {
      try bench.workbench.store.runs(of: $0.session.id)
    }
    #expect(runs.count { $0.model == Self.judge } == 2)
  }

  @Test func `a judge that always likes the first one disagrees with itself`() throws {
    let server = try JudgeServer { _ in "VERDICT: 1" }
    let bench = try Bench(server: server, rubric: nil)
    defer { bench.workbench.remove() }
    bench.press("J")
    try bench.settle()
    bench.press("enter")
    try bench.settle()
    let preference = try #require(try bench.preferences.first?.preference)
    #expect(preference.outcome == .tie && !preference.isConsistent)
  }

  @Test func `a judge over its budget is not asked`() throws {
    let server = try JudgeServer { _ in "VERDICT: 1" }
    let bench = try Bench(server: server, rubric: nil)
    defer { bench.workbench.remove() }
    bench.workbench.runtime.spending = Spending(limits: BudgetLimits(command: Money(dollars: 0)))
    bench.press("J")
    try bench.settle()
    bench.press("enter")
    try bench.settle()
    #expect(server.asked.isEmpty)
    #expect(try bench.preferences.isEmpty)
    guard case .judging(let page)? = bench.state.overlays.last else {
      Issue.record("the page is gone")
      return
    }
    #expect(page.lines.contains { $0.text.contains("No verdict") })
  }

  @Test func `a rubric of one's own is used, and one that is broken is told of`() throws {
    let server = try JudgeServer { _ in "VERDICT: TIE" }
    let path = NSTemporaryDirectory() + "rubric-\(UUID().uuidString).prompt"
    defer { try? FileManager.default.removeItem(atPath: path) }
    try Data("Mine: {{answer_1}}".utf8).write(to: URL(filePath: path))
    let bench = try Bench(server: server, rubric: path)
    defer { bench.workbench.remove() }
    bench.press("J")
    try bench.settle()
    #expect(bench.state.notice?.text.contains("takes no {{answer_2}}") == true)
    try Data("Mine: {{answer_1}} {{answer_2}}".utf8).write(to: URL(filePath: path))
    bench.press("J")
    try bench.settle()
    bench.press("enter")
    try bench.settle()
    #expect(server.asked.count == 2 && server.asked.allSatisfy { $0.contains("Mine: ") })
    #expect(try bench.preferences.map(\.preference.outcome) == [.tie])
  }

  @Test func `a pick and a remark are kept, and come back`() throws {
    let server = try JudgeServer { _ in "" }
    let bench = try Bench(server: server, rubric: nil)
    defer { bench.workbench.remove() }
    bench.press("4 B")
    try bench.settle()
    bench.press("2")
    try bench.settle()
    let preference = try #require(try bench.preferences.first?.preference)
    #expect(preference.judge == .person && preference.outcome == .second)
    let run = try bench.workbench.store.loadRun(preference.first.run)
    #expect(run.run.request.model == preference.first.variant.model)
    #expect(run.remark.score == 4 || preference.second.run == bench.state.columns[0].recordedRun)
  }
}
