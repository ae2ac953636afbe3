import Core
import Testing

@testable import Playground

@Suite("What another whet wrote")
struct FollowingStoreTests {
  @Test("It is asked for where it is looked at")
  func asking() {
    var state = State.settled()
    #expect(update(&state, .storeChanged) == [])
    state.columns[0].recordedRun = "run-0"
    #expect(update(&state, .storeChanged) == [.readOpinions(of: ["run-0"])])
    state.columns[0].recordedRun = nil
    state.show(tree: .sample(moments: 6))
    #expect(update(&state, .storeChanged) == [.followTree(session: "s")])
    state.press("escape")
    _ = state.showSessions()
    #expect(update(&state, .storeChanged) == [.listSessions])
  }

  @Test("A tree that is looked at grows, and one that is closed stays closed")
  func tree() {
    var state = State.settled()
    state.show(tree: .sample(moments: 6))
    state.press("down")
    let selected = state.selectedMoment
    #expect(update(&state, .treeFollowed(.sample(moments: 9))) == [])
    #expect(state.treePage?.tree.moments.count == 10)
    #expect(state.selectedMoment == selected)
    state.press("escape")
    #expect(update(&state, .treeFollowed(.sample(moments: 9))) == [])
    #expect(state.treePage == nil)
  }

  @Test("Ratings and remarks of shown runs are those of the store")
  func opinions() {
    var state = State.settled()
    state.columns[1].recordedRun = "run-1"
    let remark = Remark(note: "crooked", tags: ["wrong"])
    let rows = ["run-1", "run-9"].map {
      RunRow(
        id: $0, model: "m", started: "", finishReason: .stop, beginning: "", rating: .good,
        remark: remark)
    }
    #expect(update(&state, .opinionsRead(rows)) == [])
    #expect(state.columns.map(\.rating) == [nil, .good])
    #expect(state.columns[1].remark == remark)
  }
}
