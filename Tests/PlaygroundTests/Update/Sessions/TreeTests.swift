import Core
import Testing

@testable import Playground

extension State {
  /// A playground with the page of a tree on top: a line of moments with a fork in the middle, one that
  /// is pruned, and the middle one selected.
  static func inTree(moments: Int = 60, lines: Int = 60) -> State {
    var state = State.settled()
    state.show(tree: .sample(moments: moments))
    state.press("down down down down down")
    let number = state.treePage?.pendingNumber ?? -1
    let text = (0..<lines).map { "line \($0)" }.joined(separator: "\n")
    var recorded = RecordedRun.sample(0)
    recorded.run.promptText = text
    let report = MomentReport([recorded], from: [], started: "today")
    _ = update(&state, .momentRead(number: number, report))
    state.press("J J J")
    return state
  }

  mutating func show(tree: SessionTree) { _ = update(&self, .treeRead(tree, at: nil)) }

  var selectedMoment: Identifier? { treePage?.selected?.id }
}

extension SessionTree {
  /// `m0` is the oldest; `fork` was made from the one before the last but three.
  static func sample(moments: Int, pruned: Set<Identifier> = ["gone"]) -> SessionTree {
    func run(_ name: String, from parent: String?) -> Moment.Run {
      Moment.Run(
        id: "r" + name, parent: parent.map { "r" + $0 }, batch: "m" + name, startedAt: 0,
        column: 0, model: .echo, finishReason: .stop, beginning: "says \(name)")
    }
    var runs = (0..<moments).map { run("\($0)", from: $0 == 0 ? nil : "\($0 - 1)") }
    runs.append(run("fork", from: "\(max(0, moments - 4))"))
    var gone = run("gone", from: "0")
    gone.batch = "gone"
    runs.append(gone)
    for place in runs.indices { runs[place].startedAt = Double(place) }
    return SessionTree(
      Session(id: "s", name: "a session", createdAt: 0), runs: runs,
      branches: [Branch(name: "main", moment: "m\(moments - 1)")], pruned: pruned)
  }
}

@Suite("The tree of a session")
struct TreeTests {
  @Test("Keys go through it by rows, and by who was made from whom")
  func moving() {
    var state = State.settled()
    state.show(tree: .sample(moments: 6))
    #expect(state.selectedMoment == "mfork")
    state.press("left")
    #expect(state.selectedMoment == "m2")
    state.press("right")
    #expect(state.selectedMoment == "mfork")
    state.press("down down G left")
    #expect(state.selectedMoment == "m0")
    state.press("g up")
    #expect(state.selectedMoment == "mfork")
  }

  @Test("Each move asks for the moment, and what comes for an earlier one is let go")
  func reading() {
    var state = State.settled()
    state.show(tree: .sample(moments: 6))
    guard case .readMoment(let first)? = state.press("down").first,
      case .readMoment(let second)? = state.press("down").first
    else {
      Issue.record("nothing was asked for")
      return
    }
    #expect(first.moment == "m5" && second.moment == "m4" && second.parent == "m3")
    let report = MomentReport([.sample(0)], from: [], started: "then")
    _ = update(&state, .momentRead(number: first.number, report))
    #expect(state.treePage?.report == nil)
    _ = update(&state, .momentRead(number: second.number, report))
    #expect(state.treePage?.report != nil)
  }

  @Test("Marked moments are compared oldest first; one alone is not")
  func comparing() {
    var state = State.settled()
    state.show(tree: .sample(moments: 6))
    #expect(state.press("c").isEmpty)
    #expect(state.notice != nil)
    #expect(state.press("space down space c") == [.compareMoments(session: "s", ["m4", "mfork"])])
  }

  @Test("Pruning takes what was made from a moment along, and can be undone")
  func pruning() {
    var state = State.settled()
    state.show(tree: .sample(moments: 6, pruned: []))
    #expect(state.press("u").isEmpty)
    let all = state.press("down left x")
    guard case .changeTree("s", .prune(let moments))? = all.first else {
      Issue.record("nothing was pruned")
      return
    }
    #expect(moments == ["m2", "mfork", "m3", "m4", "m5"])
    // `gone` stands for all of it.
    state.show(tree: .sample(moments: 6))
    state.press("G")
    #expect(state.press("u") == [.changeTree(session: "s", .undoPruning)])
    state.show(tree: .sample(moments: 6, pruned: []))
    #expect(state.selectedMoment == "gone")
    // What another program adds later isn't gone to.
    state.show(tree: .sample(moments: 7, pruned: []))
    #expect(state.selectedMoment == "gone")
  }

  @Test("What is still running isn't pruned")
  func pruningRunning() {
    var state = State.settled()
    let run = Moment.Run(id: "r", batch: "m", startedAt: 0, column: 0, model: .echo)
    state.show(tree: SessionTree(Session(id: "s", name: "s", createdAt: 0), runs: [run]))
    #expect(state.press("x").isEmpty)
  }

  @Test("A branch is named, renamed and taken away")
  func branches() {
    var state = State.settled()
    state.show(tree: .sample(moments: 6))
    state.press("n")
    state.type("  dead \t end ")
    #expect(
      state.press("enter") == [
        .changeTree(session: "s", .name(moment: "mfork", "dead end"))
      ])
    state.press("down n ctrl-u")
    #expect(state.press("enter") == [.changeTree(session: "s", .deleteBranch("main"))])
    state.press("n ctrl-u")
    state.type("best")
    #expect(
      state.press("enter") == [
        .changeTree(session: "s", .deleteBranch("main")),
        .changeTree(session: "s", .name(moment: "m5", "best")),
      ])
  }

  @Test("A moment is found by its words")
  func finding() {
    var state = State.settled()
    state.show(tree: .sample(moments: 6))
    state.press("/")
    state.type("says 3")
    state.press("enter")
    #expect(state.selectedMoment == "m3")
    state.press("/ enter")
    #expect(state.selectedMoment == "m3")
    state.press("/ ctrl-u")
    state.type("nowhere")
    state.press("enter")
    #expect(state.notice?.text.contains("nowhere") == true)
  }

  @Test("The tree that comes anew keeps what was selected and marked")
  func again() {
    var state = State.settled()
    state.show(tree: .sample(moments: 6))
    state.press("down space")
    let marked = state.treePage?.marked
    let selected = state.selectedMoment
    #expect(update(&state, .treeRead(.sample(moments: 9), at: nil)) == [])
    #expect(state.treePage?.marked == marked)
    #expect(state.selectedMoment == selected)
    #expect(state.overlays.count == 1)
  }

  @Test("Enter opens a moment, which the next run is made from, in the session that it is of")
  func forking() {
    var state = State.settled()
    state.show(tree: .sample(moments: 6))
    #expect(state.press("down enter") == [.loadRuns("r5", .show)])
    var recorded = RecordedRun.sample(0)
    recorded.run.session = "s"
    let effects = update(&state, .runsLoaded([recorded], .show))
    #expect(effects.contains(.goOn(session: "s")))
    #expect(state.overlays.isEmpty)
    #expect(state.draft.origin == recorded.run.id)
    let plans = State.started(by: state.startRuns())
    #expect(plans.map(\.parent) == [recorded.run.id])
  }

  @Test("A new column's run is made from what the others show; a new session begins anew")
  func parents() {
    var state = State.settled(columns: 1)
    var plans = State.started(by: state.startRuns())
    #expect(plans.map(\.parent) == [nil])
    let begun = BegunRun(number: plans[0].number, id: "first", version: nil)
    _ = update(&state, .runsBegan([begun]))
    state.stream(0, .text("An answer."), .finish(.stop), wire: .end(.complete))
    state.press("alt-a")
    plans = State.started(by: state.startRuns())
    #expect(plans.map(\.parent) == ["first", "first"])
    state.press("escape alt-n")
    #expect(state.draft.origin == nil)
  }
}
