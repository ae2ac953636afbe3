import Core
import Testing

@testable import Playground

@Suite("Running")
struct RunningTests {
  @Test("A run asks every column's model with the filled prompt")
  func run() throws {
    var state = State.settled()
    let plans = State.started(by: state.press("ctrl-r"))
    #expect(plans.map(\.column) == [0, 1])
    #expect(plans.map(\.request.model) == [.sample(0), .sample(1)])
    #expect(Set(plans.map(\.number)).count == 2)
    let request = try #require(plans.first?.request)
    #expect(request.messages.map(\.role) == [.system])
    #expect(request.messages.first?.text.contains("[1] You have thirty days.") == true)
    #expect(request.messages.first?.text.hasSuffix("How long?") == true)
    #expect(request.passages.count == 3)
    #expect(request.question == "How long?")
    #expect(state.columns.allSatisfy { $0.phase == .waiting(seconds: 0) })
  }

  @Test("A variable without a value stops the run, and takes the cursor to it")
  func missingVariable() {
    var state = State.sample(prompt: "{{tone}}, {{name}}", inputs: ["tone": "mild"], index: nil)
    let effects = state.press("ctrl-r")
    #expect(State.started(by: effects).isEmpty)
    #expect(state.notice == Notice(.error, "Nothing was run: 'name' has no value."))
    #expect(state.focus == .field(1))
  }

  @Test("A broken template stops the run with its place")
  func brokenTemplate() {
    var state = State.sample(prompt: "fine\n{{#each passages}}", index: nil)
    #expect(State.started(by: state.press("ctrl-r")).isEmpty)
    #expect(state.notice?.kind == .error)
    #expect(state.notice?.text.hasPrefix("Nothing was run: prompt:2:1:") == true)
    #expect(state.focus == .prompt)
  }

  @Test("An empty prompt is not run")
  func emptyPrompt() {
    var state = State.sample(prompt: "", index: nil)
    #expect(State.started(by: state.press("ctrl-r")).isEmpty)
    #expect(state.notice == Notice(.error, "Nothing was run: the prompt is empty."))
  }

  @Test("While a search is under way, the runs wait for its passages")
  func waitsForSearch() throws {
    var state = State.settled()
    state.focus(on: .field(0))
    state.type("!")
    let effects = state.press("ctrl-r")
    let search = try #require(State.searches(in: effects).first)
    #expect(search.query == "How long?!")
    #expect(State.started(by: effects).isEmpty)
    let after = update(&state, .passagesFound(.sample(search.number, count: 1)))
    #expect(State.started(by: after).map(\.request.passages.count) == [1, 1])
  }

  @Test("A search that fails sends nothing, and is made again by the next run")
  func failedSearch() throws {
    var state = State.sample()
    let first = try #require(State.searches(in: state.start()).first)
    _ = update(&state, .searchFailed(number: first.number, problem: "no such index"))
    for _ in 0..<2 {
      let effects = state.press("ctrl-r")
      #expect(State.started(by: effects).isEmpty)
      let again = try #require(State.searches(in: effects).first)
      _ = update(&state, .searchFailed(number: again.number, problem: "no such index"))
      #expect(state.notice == Notice(.error, "Nothing was run: no such index"))
    }
    let search = try #require(State.searches(in: state.press("ctrl-r")).first)
    let effects = update(&state, .passagesFound(.sample(search.number)))
    #expect(State.started(by: effects).count == 2)
  }

  @Test("A run under way is not started again")
  func alreadyRunning() {
    var state = State.settled()
    state.press("ctrl-r")
    #expect(state.press("ctrl-r").isEmpty)
    #expect(state.notice?.kind == .information)
  }

  @Test("Cancelling asks for the end of what runs, and nothing else")
  func cancel() throws {
    var state = State.settled()
    let numbers = State.started(by: state.press("ctrl-r")).map(\.number)
    state.stream(0, .text("done"), .finish(.stop))
    #expect(state.press("ctrl-c") == [.cancelRuns([numbers[1]])])
    state.stream(1, .finish(.cancelled))
    #expect(state.columns[1].phase == .finished)
    #expect(state.press("ctrl-c").isEmpty)
    #expect(state.notice?.kind == .information)
  }

  @Test("A cancel also takes back a run that waits for a search")
  func cancelWhileSearching() throws {
    var state = State.settled()
    state.focus(on: .field(0))
    state.type("!")
    let search = try #require(State.searches(in: state.press("ctrl-r")).first)
    state.press("ctrl-c")
    let effects = update(&state, .passagesFound(.sample(search.number)))
    #expect(State.started(by: effects).isEmpty)
  }

  @Test("One column is cancelled alone")
  func cancelColumn() {
    var state = State.settled()
    let numbers = State.started(by: state.press("ctrl-r")).map(\.number)
    state.focus(on: .column(1))
    #expect(state.press("c") == [.cancelRuns([numbers[1]])])
  }

  @Test("What an older run still says is dropped")
  func staleStream() {
    var state = State.settled()
    let old = State.started(by: state.press("ctrl-r")).map(\.number)
    for column in 0..<2 { state.stream(column, .finish(.cancelled)) }
    state.press("ctrl-r")
    let stale = StreamUpdate(
      number: old[0], time: 99, wire: .body([]), events: [.text("late")])
    #expect(update(&state, .stream(stale)).isEmpty)
    #expect(state.columns.allSatisfy { $0.answer.text.isEmpty })
  }

  @Test("The seconds of a silent server are counted while something runs")
  func seconds() {
    var state = State.settled()
    state.press("ctrl-r")
    #expect(update(&state, .timer(.second)) == [.schedule(.second, after: 1000)])
    #expect(state.columns[0].phase == .waiting(seconds: 1))
    state.stream(0, .text("x"))
    #expect(state.columns[0].phase == .streaming)
    state.stream(0, .finish(.stop))
    state.stream(1, .failure("gone"))
    #expect(update(&state, .timer(.second)).isEmpty)
  }

  @Test("Where one pane fills the screen, a run turns to the answers")
  func narrowScreen() {
    var state = State.settled(size: Size(width: 60, height: 20))
    state.press("ctrl-r")
    #expect(state.focus == .column(0))
  }

  @Test("Ending the program cancels what runs and keeps the draft")
  func end() {
    var state = State.settled()
    let numbers = State.started(by: state.press("ctrl-r")).map(\.number)
    #expect(state.press("ctrl-q") == [.cancelRuns(numbers), .saveDraft(state.draft)])
    #expect(state.isQuitting)
  }
}
