import Core
import FineTuning
import Testing

@testable import Playground

@Suite struct WatchingJobsTests {
  @Test func `the news of the selected job is read, and no other's is shown`() {
    var state = State.training(.trainingJobs)
    #expect(state.training.jobs.news.job == "whet-20")
    let effects = state.press("j")
    #expect(effects == [.training(.jobNews("whet-21"))])
    #expect(state.training.jobs.news.events.isEmpty)
    _ = update(&state, .training(.jobNews(.sample("whet-20"))))
    #expect(state.training.jobs.news.events.isEmpty)
    state.answer(effects)
    #expect(state.training.jobs.news.events.count == 60)
  }

  @Test func `the list read again keeps the selected job`() {
    var state = State.training(.trainingJobs)
    let jobs = ((0..<41).map { TrainingJobRecord.sample($0 == 0 ? 99 : $0 - 1) })
    _ = update(&state, .training(.jobs(jobs)))
    #expect(state.training.jobs.selected?.name == "whet-20")
  }

  @Test func `a job is watched until w is pressed again, and goes on`() {
    var state = State.training(.trainingJobs)
    #expect(state.press("w") == [.training(.watchJob("whet-20"))])
    _ = update(&state, .training(.jobWaits("whet-20", "Nobody answers. Next try in 2 s.")))
    #expect(rows(of: state).contains("Nobody answers. Next try in 2 s."))
    let event = TrainingEvent(id: "event-61", time: nil, message: "Step 61")
    _ = update(&state, .training(.jobTold("whet-20", [event, event])))
    #expect(state.training.jobs.news.events.count == 61)
    #expect(state.press("w") == [.training(.stopWatching)])
    #expect(state.training.jobs.watched == nil)
    #expect(!rows(of: state).contains("Nobody answers. Next try in 2 s."))
  }

  @Test func `a job is ended when it is asked for twice`() {
    var state = State.training(.trainingJobs)
    #expect(state.press("X") == [])
    #expect(state.press("X") == [.training(.cancelJob("whet-20"))])
    state.press("X j")
    #expect(state.press("X") == [])
  }

  @Test func `what was made joins the models, and stands beside its base`() throws {
    var state = State.training(.trainingJobs)
    state.press("w")
    let record = TrainingJobRecord.sample(20, model: "small-20:tuned")
    _ = update(&state, .training(.jobChanged(record)))
    let effects = update(&state, .training(.jobLeft("whet-20", problem: nil)))
    #expect(effects == [.training(.jobs)])
    let model = try #require(record.model)
    #expect(state.models.contains(model))
    #expect(state.notice?.kind == .success)
    #expect(state.press("w") == [])
    state.press("v")
    #expect(state.overlays.isEmpty)
    #expect(state.columns[0].variant.model.model == "small-20")
    #expect(state.columns[1].variant.model == model)
    #expect(state.columns.count == 2)
  }

  @Test func `a job that can't be watched says why`() {
    var state = State.training(.trainingJobs)
    state.press("w")
    _ = update(&state, .training(.jobLeft("whet-20", problem: "The file was changed.")))
    #expect(state.notice == Notice(.error, "The file was changed."))
    #expect(state.training.jobs.watched == nil)
  }

  @Test func `an answer is added to the set that is named, which is offered again`() {
    var state = State.settled(columns: 1)
    state.focus(on: .column(0))
    state.press("A")
    #expect(state.overlays.isEmpty)
    #expect(state.notice != nil)
    _ = state.startRuns()
    state.columns[0].recordedRun = "run-0"
    state.stream(0, .text("Yes."), .finish(.stop))
    state.press("A")
    state.type("support")
    #expect(state.press("enter") == [.training(.addRun("run-0", set: "support"))])
    state.press("A")
    #expect(state.press("enter") == [.training(.addRun("run-0", set: "support"))])
  }

  private func rows(of state: State) -> [String] {
    state.training.jobs.rows(width: 60).map {
      switch $0 {
      case .line(let line): line.text
      case .chart(let line): line.text
      }
    }
  }
}
