import Core
import Runtime
import Testing

@Suite("A recorded run, step by step")
struct ReplayedRunTests {
  @Test("Its tokens are the whole answer, with the beginning that it was given")
  func given() {
    let body = ["a", "b"].map { "data: {\"choices\":[{\"delta\":{\"content\":\"\($0)\"}}]}\n\n" }
    let recorded = RecordedRun(
      run: Run(
        id: "r", session: "s", startedAt: 0, column: 0, promptText: "p", inputs: [:],
        request: CompletionRequest(
          model: .echo, messages: [Message(role: .user, text: "p")]
        ).continuing("Sure: ")),
      events: [
        TimedWireEvent(time: 0, event: .head(status: 200, contentType: "text/event-stream")),
        TimedWireEvent(time: 1, event: .body(Array(body.joined().utf8))),
        TimedWireEvent(time: 2, event: .end(.complete)),
      ], answer: Answer())
    var steps: [String] = []
    let answer = ReplayedRun.play(recorded, by: .token) { step in
      steps.append(step)
      return true
    }
    #expect(steps == ["Sure: ", "a", "b"])
    #expect(answer.text == "Sure: ab")
  }
}
