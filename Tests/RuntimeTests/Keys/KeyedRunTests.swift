import Core
import Foundation
import LoopbackServer
import Playground
import Sessions
import Synchronization
import Testing

@testable import Runtime

// Keys that a command prints, all the way to a server. The commands read from a named pipe, so that
// a test says when they end.

@Suite("Runs whose key a command prints")
struct KeyedRunTests {
  private static let key = "canary-0123456789-abcdefghij"

  /// A server that says "Hi." and has one model, and what it was asked with.
  private final class Server: Sendable {
    let requests = Mutex<[String]>([])

    func start() throws -> ScriptedServer {
      try ScriptedServer { [self] connection in
        let request = connection.readRequest()
        requests.withLock { $0.append(request) }
        if request.hasPrefix("GET") {
          return connection.respond("{\"data\":[{\"id\":\"m\"}]}")
        }
        connection.respond(
          """
          data: {"choices":[{"delta":{"content":"Hi."},"finish_reason":"stop"}]}

          data: [DONE]


          """, type: "text/event-stream")
      }
    }

    var authorizations: [Bool] {
      requests.withLock { $0.map { $0.contains("\r\nAuthorization: Bearer \(key)\r\n") } }
    }
  }

  /// A runtime with one provider, and a command that notes its runs and prints what the pipe brings.
  private final class Bench {
    let stage: Stage
    let server = Server()
    let runtime: Runtime
    let pipe: String
    let log: String
    private(set) var answers: [Int: Answer] = [:]
    private(set) var events: [Event] = []

    init(clock: any RuntimeClock = SystemClock(), command: String? = nil) throws {
      stage = try Stage(share: nil)
      pipe = stage.folders.configuration + ".pipe"
      log = stage.folders.configuration + ".log"
      try #require(mkfifo(pipe, 0o600) == 0)
      let address = try server.start().baseURL
      let command = "echo $$ >> '\(log)'; \(command ?? "exec cat '\(pipe)'")"
      var settings = Runtime.Settings(
        folders: stage.folders, environment: ["PATH": "/usr/bin:/bin"],
        providers: [Provider(name: "test", baseURL: address, key: .command(command))])
      settings.discoversModels = true
      runtime = Runtime(settings: settings, clock: clock)
    }

    deinit { stage.remove() }

    /// The processes of the command, one for each time that it was started.
    var commands: [pid_t] {
      let text = (try? String(contentsOfFile: log, encoding: .utf8)) ?? ""
      return text.split(separator: "\n").compactMap { pid_t($0) }
    }

    var commandCount: Int { commands.count }

    /// Lets the command print the key and end.
    func printKey() throws {
      let file = try #require(FileHandle(forWritingAtPath: pipe))
      try file.write(contentsOf: Data("\(KeyedRunTests.key)\n".utf8))
      try file.close()
    }

    func start(_ number: Int, _ model: ModelReference) {
      var plan = RunPlan.echo(number, "Hello?")
      plan.request.model = model
      runtime.perform([.startRuns([plan])])
    }

    func start(_ number: Int) { start(number, ModelReference(provider: "test", model: "m")) }

    func run(
      until isMet: (Bench) -> Bool, sourceLocation: SourceLocation = #_sourceLocation
    ) {
      let deadline = ContinuousClock.now + .seconds(60)
      while true {
        take(runtime.events())
        if isMet(self) { return }
        guard ContinuousClock.now < deadline else {
          Issue.record("nothing came of it", sourceLocation: sourceLocation)
          return
        }
        runtime.wait(for: [], milliseconds: 100)
      }
    }

    private func take(_ new: [Event]) {
      events += new
      for case .stream(let update) in new {
        for event in update.events {
          answers[update.number, default: Answer()].apply(event, at: update.time)
        }
      }
    }
  }

  @Test(
    "A run waits for its key while others go on; the next finds it there", arguments: [true, false])
  func waiting(onScriptClock: Bool) throws {
    let bench = try Bench(clock: onScriptClock ? ScriptClock() : SystemClock())
    bench.start(0)
    bench.start(1, .echo)
    bench.run { $0.answers[1]?.isFinished == true && $0.commandCount == 1 }
    #expect(bench.answers[0] == nil)
    #expect(!bench.runtime.isIdle)
    #expect(bench.server.authorizations.isEmpty)
    try bench.printKey()
    bench.run { $0.answers[0]?.isFinished == true }
    #expect(bench.answers[0]?.text == "Hi.")
    bench.start(2)
    bench.run { $0.answers[2]?.isFinished == true && $0.runtime.isIdle }
    #expect(bench.answers[2]?.text == "Hi.")
    #expect(bench.server.authorizations == [true, true])
    #expect(bench.commandCount == 1)
  }

  @Test("Runs and listings that want one key share one command")
  func sharing() throws {
    let bench = try Bench()
    bench.runtime.perform([.lookAround(session: nil)])
    bench.start(0)
    bench.start(1)
    try bench.printKey()
    bench.run { $0.answers.values.count(where: \.isFinished) == 2 && $0.runtime.isIdle }
    #expect(
      bench.events.contains(.modelsFound([ModelReference(provider: "test", model: "m")])))
    #expect(bench.server.authorizations == [true, true, true])
    #expect(bench.commandCount == 1)
  }

  @Test("A cancel ends a run that waits for its key, and the command with the last of them")
  func cancelling() throws {
    let bench = try Bench()
    bench.start(0)
    bench.start(1)
    bench.run { $0.commandCount == 1 }
    bench.runtime.perform([.cancelRuns([0])])
    bench.run { $0.answers[0]?.isFinished == true }
    #expect(bench.answers[0]?.finishReason == .cancelled)
    #expect(bench.answers[1] == nil)
    bench.runtime.perform([.cancelRuns([1])])
    bench.run { $0.runtime.isIdle }
    #expect(bench.answers[1]?.finishReason == .cancelled)
    #expect(bench.server.authorizations.isEmpty)
    #expect(bench.commands.allSatisfy(hasGone))
    bench.start(2)
    try bench.printKey()
    bench.run { $0.answers[2]?.isFinished == true }
    #expect(bench.answers[2]?.text == "Hi.")
  }

  @Test("A command that was stopped leaves the loop asleep")
  func sleeping() throws {
    let bench = try Bench()
    bench.start(0)
    bench.run { $0.commandCount == 1 }
    bench.runtime.perform([.cancelRuns([0]), .schedule(.second, after: 500)])
    var waits = 0
    bench.run { bench in
      waits += 1
      return bench.events.contains(.timer(.second))
    }
    #expect(waits < 50)
  }

  @Test("A command that fails fails the run, with its sentence, and is run again for the next")
  func failing() throws {
    let bench = try Bench(command: "echo 'is locked' >&2; exit 2")
    for number in 0...1 {
      bench.start(number)
      bench.run { $0.answers[number]?.isFinished == true }
      #expect(bench.answers[number]?.finishReason == .error)
      #expect(bench.answers[number]?.error?.contains("failed with status 2. Try") == true)
      #expect(bench.commandCount == number + 1)
    }
    bench.runtime.perform([.lookAround(session: nil)])
    bench.run { $0.runtime.isIdle }
    #expect(bench.server.authorizations.isEmpty)
  }

  @Test("The program's end waits for no key, and keeps that the run was cancelled")
  func ending() throws {
    let bench = try Bench()
    bench.start(0)
    bench.run { $0.commandCount == 1 }
    bench.runtime.finish()
    let store = try SessionStore(path: bench.stage.folders.store)
    let session = try #require(try store.sessions().first)
    let run = try #require(try store.runs(of: session.session.id).first)
    #expect(try store.loadRun(run.id).answer.finishReason == .cancelled)
  }
}
