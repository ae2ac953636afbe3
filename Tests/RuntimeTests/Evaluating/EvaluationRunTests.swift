import Core
import Evaluation
import Foundation
import LoopbackServer
import Sessions
import Synchronization
import Testing

@testable import Runtime

// Evaluations against a server that counts what it is asked: nothing twice, errors apart, money and
// stops heeded.

@Suite struct EvaluationRunTests {
  private let folder = NSTemporaryDirectory() + "whet-\(UUID().uuidString)"

  private func store() throws -> SessionStore {
    try SessionStore(path: Folders(allIn: folder, share: nil).store)
  }

  private func settings(
    _ server: CountingServer? = nil, attempts: Int = 1
  ) -> EvaluationSettings {
    let providers = [server?.provider(attempts: attempts)].compactMap { $0 }
    return EvaluationSettings(
      folders: Folders(allIn: folder, share: nil), environment: [:], providers: providers,
      catalog: ModelCatalog(providers: providers))
  }

  /// So many cases, each of which is right where the answer is its number.
  private func plan(_ count: Int, variants: [String] = ["plain"]) -> EvaluationPlan {
    EvaluationPlan(
      name: "numbers",
      cases: (0..<count).map { number in
        EvaluationCase(
          id: "case-\(number)", inputs: ["number": .integer(number)],
          assertions: [Assertion("equals", value: .string("\(number)"))])
      },
      variants: variants.map { name in
        EvaluationVariant(
          name: name, promptText: name == "plain" ? "{{number}}" : "\(name) {{number}}",
          asked: Variant(ModelReference(provider: "test", model: "m"), context: .none))
      })
  }

  private func finish(
    _ plan: EvaluationPlan, _ settings: EvaluationSettings, in store: SessionStore
  ) throws -> (EvaluationRecord, EvaluationRun.Ending, EvaluationProgress) {
    let run = try EvaluationRun(plan, settings: settings, store: store)
    var last = EvaluationProgress(total: 0)
    let ending = try run.run { last = $0 }
    return (try #require(try store.evaluation(run.record.id)), ending, last)
  }

  @Test func `each variant is asked each case once, and graded`() throws {
    let server = try CountingServer { question, _ in
      .answer(question.hasPrefix("wrong") ? "none" : question)
    }
    let (record, ending, progress) = try finish(
      plan(40, variants: ["plain", "wrong"]), settings(server), in: store())
    #expect(ending == .complete)
    #expect(record.results.count == 80)
    #expect(record.results.count { $0.grade?.passed == true } == 40)
    #expect(record.results.allSatisfy { $0.usage.inputTokens == 10 && $0.error == nil })
    #expect(progress.passed == 40)
    #expect(progress.failed == 40)
    #expect(server.counts.values.allSatisfy { $0 == 1 })
    #expect(server.requests == 80)
  }

  @Test func `what was answered is not asked again, and the grades are the same`() throws {
    let server = try CountingServer { question, _ in .answer(question) }
    let store = try store()
    let (first, _, _) = try finish(plan(20), settings(server), in: store)
    let (second, _, progress) = try finish(plan(20), settings(server), in: store)
    #expect(server.requests == 20)
    #expect(first.id != second.id)
    #expect(first.results.map(\.grade) == second.results.map(\.grade))
    #expect(progress.kept == 20)
  }

  @Test func `repeats are asked one by one, and requests that are the same once`() throws {
    let server = try CountingServer { question, before in .answer(before == 1 ? "no" : question) }
    var plan = plan(5, variants: ["plain", "plain"])
    plan.variants[1].name = "twin"
    plan.repeatCount = 3
    let (record, _, _) = try finish(plan, settings(server), in: store())
    #expect(record.results.count == 30)
    #expect(server.requests == 15)
    #expect(record.results.count { $0.grade?.passed == true } == 20)
  }

  @Test func `what could not be measured is no wrong answer, and is asked again`() throws {
    let server = try CountingServer { question, before in
      if before > 0 { return .answer(question) }
      switch question {
      case "1": return .status("403 Forbidden")
      case "2": return .cut
      default: return .answer(question)
      }
    }
    let store = try store()
    let (first, ending, progress) = try finish(plan(4), settings(server), in: store)
    #expect(ending == .complete)
    #expect(progress.unmeasured == 2)
    #expect(first.results.filter { $0.grade == nil }.map(\.caseID) == ["case-1", "case-2"])
    #expect(first.results.filter { $0.grade == nil }.allSatisfy { $0.error?.isEmpty == false })
    // The same evaluation goes on: it was not complete.
    let (second, _, _) = try finish(plan(4), settings(server), in: store)
    #expect(second.id == first.id)
    #expect(second.results.allSatisfy { $0.grade?.passed == true })
    #expect(server.counts == ["0": 1, "1": 2, "2": 2, "3": 1])
  }

  @Test func `a server that takes no more for now is sent fewer at once, and all comes`() throws {
    let server = try CountingServer { question, before in
      before == 0 && question.hasSuffix("7") ? .status("429 Too Many Requests") : .answer(question)
    }
    let (record, _, progress) = try finish(
      plan(60), settings(server, attempts: 3), in: store())
    #expect(record.results.allSatisfy { $0.grade?.passed == true })
    #expect(progress.unmeasured == 0)
  }

  @Test func `stopped at any moment, it goes on where it was`() throws {
    let latch = Latch()
    let server = try CountingServer { question, _ in
      (Int(question) ?? 0) < 10 ? .answer(question) : .answerAfter(latch, question)
    }
    let store = try store()
    var plan = plan(30)
    plan.mostRequests = 4
    let run = try EvaluationRun(plan, settings: settings(server), store: store)
    let stop = Bell()
    let ending = try run.run(until: stop.descriptor) { progress in
      if progress.done >= 10 { stop.ring() }
    }
    #expect(ending == .stopped)
    let before = server.counts
    latch.open()
    let (record, _, _) = try finish(plan, settings(server), in: store)
    #expect(record.id == run.record.id)
    #expect(record.results.count == 30)
    #expect(record.results.allSatisfy { $0.grade?.passed == true })
    // Only what was in flight when it was stopped is asked a second time.
    let twice = server.counts.filter { $0.value > 1 }.keys
    #expect(twice.allSatisfy { (Int($0) ?? 0) >= 10 && before[$0] == 1 })
    #expect(twice.count <= 4)
  }

  @Test func `a budget that is used up stops it, and nothing over it is sent`() throws {
    let server = try CountingServer { question, _ in .answer(question) }
    var settings = settings(server)
    settings.catalog = ModelCatalog(
      entries: [
        .init(
          "test/m",
          ModelProfile(
            price: Price(
              input: Money(dollarsPerMillion: 1000), cachedInput: Money(dollarsPerMillion: 1000),
              output: Money(dollarsPerMillion: 1000))))
      ], providers: settings.providers)
    settings.budget = Money(dollars: 0.5)
    var plan = plan(100)
    for index in plan.variants.indices { plan.variants[index].asked.parameters.maxTokens = 4 }
    let (record, ending, progress) = try finish(plan, settings, in: store())
    guard case .outOfBudget(let reason) = ending else {
      Issue.record("\(ending)")
      return
    }
    #expect(!reason.isEmpty)
    #expect(record.results.count == server.requests)
    #expect(record.results.count < 100)
    #expect(progress.cost.amount <= Money(dollars: 0.5))
  }

  @Test func `graded anew, nobody is asked`() throws {
    let server = try CountingServer { question, _ in .answer(question) }
    let store = try store()
    _ = try finish(plan(10), settings(server), in: store)
    var changed = plan(10)
    for index in changed.cases.indices {
      changed.cases[index].assertions = [Assertion("equals", value: "3")]
    }
    var settings = settings(server)
    settings.onlyGrades = true
    let (record, _, _) = try finish(changed, settings, in: store)
    #expect(record.results.filter { $0.grade?.passed == true }.map(\.caseID) == ["case-3"])
    #expect(server.requests == 10)
    // What was never answered can't be graded, and is not asked either.
    let (more, _, _) = try finish(plan(11), settings, in: store)
    #expect(more.results.last?.error?.contains("nobody is asked") == true)
    #expect(server.requests == 10)
  }

  @Test func `answers of a file stand in for a server`() throws {
    let server = try CountingServer { question, _ in .answer(question) }
    let lines = Mutex<[String]>([])
    var recording = settings(server)
    recording.onAnswer = { kept in lines.withLock { $0.append(RecordedAnswers.line(kept)) } }
    _ = try finish(plan(6), recording, in: store())
    let text = lines.withLock { $0.joined(separator: "\n") }
    var settings = settings()
    settings.folders = Folders(allIn: folder + "-offline", share: nil)
    settings.isOffline = true
    settings.recorded = try RecordedAnswers(parsing: text, name: "answers.jsonl")
    let second = try SessionStore(path: settings.folders.store)
    let (record, _, _) = try finish(plan(7), settings, in: second)
    #expect(record.results.prefix(6).allSatisfy { $0.grade?.passed == true })
    #expect(record.results.last?.grade == nil)
    #expect(server.requests == 6)
  }
}
