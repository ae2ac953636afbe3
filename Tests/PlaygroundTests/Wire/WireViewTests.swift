import Core
import Testing

@testable import Playground

@Suite("The wire view")
struct WireViewTests {
  private static let request = SentRequest(
    wire: .chatCompletions, url: "http://host/v1", body: "{}")
  private static let piece = WireEvent.body(Array("data: {}\n\n".utf8))

  /// Two columns that run, the first with the events of its stream so far.
  private func streaming(pieces: Int = 100) -> State {
    var state = State.settled()
    state.press("ctrl-r")
    state.focus(on: .column(0))
    state.stream(0, wire: .request(Self.request), at: 0)
    state.stream(0, wire: .head(status: 200, contentType: "text/event-stream"), at: 5)
    for place in 0..<pieces {
      state.stream(0, .text("x"), wire: Self.piece, at: Double(10 + place))
    }
    return state
  }

  private func eventRows(_ state: State) -> [WireRow] {
    guard let view = state.wireView else { return [] }
    return view.eventRows(of: state.columns[view.column], in: state.wireArea)
  }

  @Test("w shows the request of a column, and Tab, h, l and numbers go through the parts")
  func parts() {
    var state = streaming()
    state.press("w")
    #expect(state.wireView?.part == .request)
    #expect(state.wireView?.requests.rows.first?.text == "POST http://host/v1")
    for (keys, part) in [
      ("tab", WireView.Part.events), ("l", .findings), ("right", .request), ("h", .findings),
      ("shift-tab", .events), ("left", .request), ("2", .events), ("3", .findings),
      ("1", .request),
    ] {
      state.press(keys)
      #expect(state.wireView?.part == part, "after \(keys)")
    }
  }

  @Test(
    "Escape, q and w close it, and leave the focus where it was", arguments: ["escape", "q", "w"])
  func close(key: String) {
    var state = streaming()
    state.press("w 2 \(key)")
    #expect(state.overlays.isEmpty)
    #expect(!state.isQuitting)
    #expect(state.focus == .column(0))
  }

  @Test("A column in which nothing was run says so")
  func nothingRun() {
    var state = State.settled()
    state.focus(on: .column(1))
    #expect(state.press("w").isEmpty)
    #expect(state.overlays.isEmpty)
    #expect(state.notice?.text == "Nothing has gone over the wire yet: ^R runs the prompt.")
  }

  @Test("The palette finds it from the prompt too")
  func palette() {
    var state = streaming()
    state.focus(on: .prompt)
    state.press("ctrl-p")
    state.type("wire")
    state.press("enter")
    #expect(state.wireView?.column == 0)
  }

  @Test("Its help tells its own keys, and leads back to it")
  func help() {
    var state = streaming()
    state.press("w ?")
    guard case .help(let page)? = state.overlays.last else {
      Issue.record("no help")
      return
    }
    #expect(page.rows.first == .heading(.wire))
    state.press("escape")
    #expect(state.wireView != nil)
  }

  @Test("The events follow the end of a stream, until somebody scrolls up; G follows it again")
  func follow() {
    var state = streaming()
    state.press("w 2")
    #expect(eventRows(state).last?.event == 101)
    state.stream(0, .text("x"), wire: Self.piece)
    #expect(eventRows(state).last?.event == 102)
    state.press("k")
    let top = state.wireView?.eventsTop
    #expect(top != nil)
    state.stream(0, .text("x"), wire: Self.piece)
    #expect(state.wireView?.eventsTop == top)
    state.press("G")
    #expect(eventRows(state).last?.event == 103)
    state.press("g")
    #expect(eventRows(state).first?.event == 0)
    state.press("space page-down b page-up down up")
    #expect(eventRows(state).first?.event == 0)
    for _ in 0..<200 { state.press("space") }
    #expect(state.wireView?.eventsTop == nil)
  }

  @Test("The wheel scrolls it, and other keys do nothing to it")
  func otherInput() {
    var state = streaming()
    state.press("w 2 g")
    state.take(.mouse(Mouse(.wheelDown, at: Point(x: 5, y: 5))))
    #expect(eventRows(state).first?.event == 3)
    let before = state.wireView
    state.press("z x a m 9 / enter backspace ctrl-r alt-x f5")
    state.take(.paste("hello"))
    state.take(.mouse(Mouse(.press, at: Point(x: 5, y: 5))))
    #expect(state.wireView == before)
    #expect(state.columns.count == 2)
  }

  @Test("A request that is sent again is shown at once")
  func retries() {
    var state = streaming(pieces: 0)
    state.press("w")
    let retry = Retry(attempt: 1, attemptLimit: 2, delay: 0, reason: "HTTP 503.")
    state.stream(0, .retry(retry), wire: .retry(retry), at: 9)
    state.stream(0, wire: .request(Self.request), at: 10)
    #expect(state.wireView?.requests.rows.last?.text == "The same request again.")
  }

  @Test("It is laid out anew for another size, and stays within it")
  func resize() {
    var state = streaming()
    state.press("w G 2 k k k")
    for size in [
      Size(width: 60, height: 20), Size(width: 250, height: 70), Size(width: 1, height: 1),
    ] {
      state.take(.resize(size))
      #expect(eventRows(state).count <= max(0, state.wireArea.height))
      state.press("k j space b")
    }
  }

  @Test("The request is copied as a curl command, the stream as its bytes")
  func copy() {
    var state = streaming(pieces: 2)
    state.press("w")
    #expect(state.press("y") == [.terminal(.copy(Self.request.curlCommand { _ in true }))])
    #expect(state.notice?.text == "Copied the request as a curl command.")
    #expect(state.press("Y") == [.terminal(.copy("data: {}\n\ndata: {}\n\n"))])
  }

  @Test("What isn't there or is too long is not copied, and that is said")
  func noCopy() {
    var state = State.settled()
    state.press("ctrl-r")
    state.focus(on: .column(0))
    state.press("w")
    #expect(state.press("y").isEmpty)
    #expect(state.notice?.text == "There is no request to copy.")
    #expect(state.press("Y").isEmpty)
    #expect(state.notice?.text == "Nothing has come yet.")
  }

  @Test("What is too long for a terminal goes to a file")
  func longCopy() {
    var state = State.settled()
    state.press("ctrl-r")
    state.focus(on: .column(0))
    state.press("w")
    let text = String(repeating: "a", count: 100_001)
    state.stream(0, wire: .body(Array(text.utf8)))
    let copied = state.press("Y").compactMap { effect in
      if case .writeCopy(let copied, _, _) = effect { copied } else { nil }
    }
    #expect(copied == [text])
  }

  @Test("c cancels the run that is watched")
  func cancel() {
    var state = streaming()
    let run = state.columns[0].run ?? -1
    #expect(state.press("w c") == [.cancelRuns([run])])
  }

  @Test("An opened run has its wire, a replayed one gets it as it plays")
  func recorded() {
    var state = State.settled()
    let recorded = RecordedRun.sample(0)
    _ = update(&state, .runsLoaded([recorded], .show))
    #expect(state.columns[0].wire == recorded.events)
    let effects = state.press("w")
    #expect(State.examinations(in: effects).map(\.events) == [recorded.events])
    state.press("2")
    #expect(eventRows(state).first?.event == 0)
    _ = update(&state, .runsLoaded([recorded], .replay([])))
    #expect(state.columns[0].wire.isEmpty)
    for event in recorded.events { state.stream(0, wire: event.event, at: event.time) }
    #expect(state.columns[0].wire == recorded.events)
  }

  @Test("A run that begins while it is open is shown from its start")
  func anotherRun() {
    var state = streaming()
    for column in 0..<2 { state.stream(column, .finish(.stop), wire: .end(.complete)) }
    state.press("w 1 G")
    _ = state.startRuns()
    #expect(state.wireView?.requests.rows.map(\.text) == ["Nothing was sent yet."])
    #expect(state.columns[0].findings == nil)
  }
}

@Suite("The stream doctor's visits")
struct ExaminationTests {
  private let finding = StreamFinding(row: 1, sentence: "It comments.", time: 2)

  private func running() -> State {
    var state = State.settled()
    state.press("ctrl-r")
    state.focus(on: .column(0))
    state.stream(0, .text("x"), wire: .body([0x61]))
    return state
  }

  @Test("The doctor looks when the view opens, each second while it streams, and at the end")
  func visits() throws {
    var state = running()
    #expect(State.examinations(in: update(&state, .timer(.second))).isEmpty)
    let first = try #require(State.examinations(in: state.press("w")).first)
    #expect(first.events.count == 1)
    #expect(first.model == .sample(0))
    // He is still at it.
    state.stream(0, .text("x"), wire: .body([0x61]))
    #expect(State.examinations(in: update(&state, .timer(.second))).isEmpty)
    #expect(update(&state, .wireExamined(number: first.number, findings: [finding])).isEmpty)
    #expect(state.columns[0].findings == [finding])
    #expect(state.wireView?.findings.rows.first?.text == "It comments.")
    let second = State.examinations(in: update(&state, .timer(.second)))
    #expect(second.map(\.events.count) == [2])
    _ = update(&state, .wireExamined(number: first.number, findings: []))
    // Nothing new has come.
    #expect(State.examinations(in: update(&state, .timer(.second))).isEmpty)
    let last = State.examinations(in: state.stream(0, .finish(.stop), wire: .end(.complete)))
    #expect(last.map(\.events.count) == [3])
  }

  @Test("What came at the end while the doctor was busy is looked at when he is done")
  func busyAtTheEnd() throws {
    var state = running()
    let first = try #require(State.examinations(in: state.press("w")).first)
    let ended = state.stream(0, .finish(.stop), wire: .end(.complete))
    #expect(State.examinations(in: ended).isEmpty)
    let again = update(&state, .wireExamined(number: first.number, findings: []))
    #expect(State.examinations(in: again).map(\.events.count) == [2])
    #expect(update(&state, .wireExamined(number: first.number, findings: [])).isEmpty)
  }

  @Test("Findings of a run that is gone are dropped")
  func stale() throws {
    var state = running()
    let first = try #require(State.examinations(in: state.press("w")).first)
    _ = update(&state, .runsLoaded([.sample(0)], .show))
    _ = update(&state, .wireExamined(number: first.number, findings: [finding]))
    #expect(state.columns[0].findings == nil)
  }
}
