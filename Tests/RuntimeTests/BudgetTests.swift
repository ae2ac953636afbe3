import Core
import Foundation
import LoopbackServer
import Playground
import RandomSource
import Sessions
import Testing

@testable import Runtime

@Suite("Budgets")
struct BudgetTests {
  /// A workbench whose only server bills.
  private func workbench(
    _ server: BillingServer, _ budget: BudgetLimits, price: Price? = BillingServer.price,
    in folder: String? = nil, keepsRuns: Bool = true
  ) throws -> Workbench {
    try Workbench(clock: SystemClock(), in: folder) { settings in
      settings.providers = [server.provider("paid")]
      settings.catalog = ModelCatalog(
        entries: [ModelCatalog.Entry("paid/*", ModelProfile(price: price))],
        providers: settings.providers)
      settings.budget = budget
      settings.keepsRuns = keepsRuns
    }
  }

  private func plan(_ number: Int, words: Int = 3, maxTokens: Int? = 10) -> RunPlan {
    var plan = RunPlan.echo(number, String(repeating: "word ", count: words))
    plan.request.model = ModelReference(provider: "paid", model: "model")
    plan.request.parameters.maxTokens = maxTokens
    return plan
  }

  @Test("The bills of many runs at once never cross a budget, over restarts", arguments: 1...3)
  func property(seed: UInt64) throws {
    let server = try BillingServer(seed: seed)
    var random = SeededRandom(seed: seed)
    let limit = Money(dollars: 1.5)
    var folder: String?
    var started = 0
    var refused = 0
    for start in 0..<3 {
      let bench = try workbench(server, BudgetLimits(session: limit), in: folder)
      folder = bench.path
      let session = try bench.store.sessions().first?.session.id
      bench.perform(.lookAround(session: session))
      for batch in 0..<3 {
        let numbers = (0..<20).map { start * 100 + batch * 20 + $0 }
        bench.perform(
          .startRuns(
            numbers.map {
              plan(
                $0, words: .random(in: 1...20, using: &random),
                maxTokens: .random(in: 1...60, using: &random))
            }))
        started += numbers.count
        bench.perform(.cancelRuns(numbers.filter { _ in .random(in: 0..<6, using: &random) == 0 }))
        try bench.runUntilIdle()
        let answers = numbers.compactMap { bench.answers[$0] }
        #expect(answers.count == numbers.count)
        #expect(answers.allSatisfy { $0.isFinished })
        refused += answers.filter { $0.error?.contains("budget") == true }.count
        #expect(server.billed <= limit)
      }
      bench.runtime.finish()
    }
    #expect(server.requests > 20)
    #expect(refused > 20)
    #expect(
      try SessionStore(path: Folders(allIn: folder ?? "", share: nil).store).sessions().count == 1)
    try FileManager.default.removeItem(atPath: folder ?? "")
  }

  @Test("A command's budget holds with nothing kept, and other columns go on")
  func command() throws {
    let server = try BillingServer(seed: 7, behaviours: [.counts])
    let limit = Money(dollars: 0.2)
    let bench = try workbench(server, BudgetLimits(command: limit), keepsRuns: false)
    defer { bench.remove() }
    bench.perform(.startRuns((1...40).map { plan($0) } + [.echo(41)]))
    try bench.runUntilIdle()
    let answers = (1...40).compactMap { bench.answers[$0] }
    let refused = answers.filter { $0.finishReason == .error }
    #expect(!refused.isEmpty && refused.count < 40)
    #expect(refused.allSatisfy { $0.error?.contains("of this command's budget is left") == true })
    #expect(server.requests == 40 - refused.count)
    #expect(server.billed <= limit)
    #expect(bench.answers[41]?.finishReason == .stop)
  }

  @Test("A bill that is smaller than it might have been leaves room for the next run")
  func settles() throws {
    let server = try BillingServer(seed: 1, behaviours: [.refuses])
    let bench = try workbench(
      server, BudgetLimits(session: Money(dollars: 0.06), command: Money(dollars: 0.06)))
    defer { bench.remove() }
    for number in 1...5 {
      bench.perform(.startRuns([plan(number, maxTokens: 60)]))
      try bench.runUntilIdle()
    }
    #expect(server.requests == 5)
  }

  @Test("A request that was never sent leaves the budget as it was")
  func notSent() throws {
    let server = try BillingServer(seed: 1, behaviours: [.counts])
    let bench = try Workbench(clock: SystemClock()) { settings in
      let far = Provider(name: "far", baseURL: "http://far.example/v1", key: .environment("KEY"))
      settings.environment = ["KEY": "canary"]
      settings.providers = [far, server.provider("paid")]
      settings.catalog = ModelCatalog(
        entries: [ModelCatalog.Entry("*", ModelProfile(price: BillingServer.price))],
        providers: settings.providers)
      settings.budget = BudgetLimits(session: Money(dollars: 0.06), command: Money(dollars: 0.06))
    }
    defer { bench.remove() }
    var unsent = plan(1, maxTokens: 60)
    unsent.request.model = ModelReference(provider: "far", model: "model")
    for number in 1...3 {
      unsent.number = number
      bench.perform(.startRuns([unsent]))
      try bench.runUntilIdle()
      #expect(bench.answers[number]?.error?.contains("was not sent") == true)
    }
    bench.perform(.startRuns([plan(4, maxTokens: 60)]))
    try bench.runUntilIdle()
    #expect(bench.answers[4]?.finishReason == .stop)
  }

  @Test("With a budget, what has no price or no end is refused; without one it is asked")
  func unbounded() throws {
    let server = try BillingServer(seed: 1, behaviours: [.counts])
    let budget = BudgetLimits(command: Money(dollars: 1))
    let unpriced = try workbench(server, budget, price: nil)
    defer { unpriced.remove() }
    unpriced.perform(.startRuns([plan(1)]))
    try unpriced.runUntilIdle()
    #expect(unpriced.answers[1]?.error?.contains("its price is not known") == true)
    let endless = try workbench(server, budget)
    defer { endless.remove() }
    endless.perform(.startRuns([plan(1, maxTokens: nil)]))
    try endless.runUntilIdle()
    #expect(endless.answers[1]?.error?.contains("nothing limits its answer") == true)
    #expect(server.requests == 0)
    let free = try workbench(server, BudgetLimits(), price: nil)
    defer { free.remove() }
    free.perform(.startRuns([plan(1, maxTokens: nil)]))
    try free.runUntilIdle()
    #expect(free.answers[1]?.finishReason == .stop)
  }

  @Test("A session's budget that can't be written down refuses what costs, and only that")
  func noStore() throws {
    let server = try BillingServer(seed: 1, behaviours: [.counts])
    let bench = try workbench(server, BudgetLimits(session: Money(dollars: 100)))
    defer { bench.remove() }
    try FileManager.default.createDirectory(
      atPath: Folders(allIn: bench.path, share: nil).store, withIntermediateDirectories: true)
    bench.perform(.startRuns([plan(1), .echo(2)]))
    try bench.runUntilIdle()
    #expect(bench.answers[1]?.error?.contains("the session's budget can't be kept") == true)
    #expect(bench.answers[2]?.finishReason == .stop)
    #expect(server.requests == 0)
  }

  @Test("What a run cost is kept with its price, and the session is told of it")
  func recorded() throws {
    let server = try BillingServer(seed: 3, behaviours: [.counts])
    let bench = try workbench(server, BudgetLimits())
    defer { bench.remove() }
    bench.perform(.startRuns([plan(1)]))
    try bench.runUntilIdle()
    bench.runtime.finish()
    let store = try bench.store
    let session = try #require(try store.sessions().first)
    let run = try #require(try store.runs(of: session.session.id).first)
    #expect(try store.loadRun(run.id).run.price == BillingServer.price)
    #expect(run.cost.amount > .zero)
    #expect(!run.cost.isEstimated)
    #expect(session.cost == run.cost)
    let told = bench.events.compactMap { event in
      if case .sessionChanged(let row) = event { row?.cost } else { nil }
    }
    #expect(told.last == run.cost)
  }

  @Test("What a server counts for a prompt is learned, told, and known at the next start")
  func learning() throws {
    let prompt = String(repeating: "word ", count: 200)
    let server = try ScriptedServer { connection in
      _ = connection.readRequest()
      connection.sendHead()
      connection.send(
        """
        data: {"choices":[{"delta":{"content":"Hi"},"finish_reason":"stop"}]}

        data: {"choices":[],"usage":{"prompt_tokens":508,"completion_tokens":1}}

        data: [DONE]


        """)
    }
    let bench = try Workbench(clock: SystemClock()) { settings in
      settings.providers = [Provider(name: "paid", baseURL: server.baseURL)]
    }
    defer { bench.remove() }
    var plan = plan(1)
    plan.request.messages = [Message(role: .user, text: prompt)]
    bench.perform(.startRuns([plan]))
    try bench.runUntilIdle()
    bench.runtime.finish()
    let model = plan.request.model
    let told = bench.events.compactMap { event in
      if case .catalogChanged(let catalog) = event { catalog.tokenRatio(of: model) } else { nil }
    }
    #expect(told.last?.corrected(254) == 508)
    #expect(try bench.store.tokenRatios()[model] == told.last)
  }
}
