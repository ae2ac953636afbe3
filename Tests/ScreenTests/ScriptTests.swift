import Play
import Playground
import Testing

@Suite("Scripts")
struct ScriptTests {
  private func steps(_ text: String) throws -> [Script.Step] {
    try Script(parsing: text, path: "x.play").steps.map(\.step)
  }

  @Test("Every kind of step is read")
  func kinds() throws {
    #expect(
      try steps(
        """
        # a comment

        key ctrl-r shift-tab
        type a\\n
        paste one\\ttwo\\e[\\\\
        resize 60x20
        click 3 4
        drag 1 2 3 4
        wheel up 5 6
        wheel down 7 8
        wait idle
        wait text two words
        screen
        screen end
        """) == [
          .input(.key(Key("r", .control))), .input(.key(Key(.tab, .shift))),
          .input(.key(Key("a"))), .input(.key(Key(.enter))),
          .input(.paste("one\ttwo\u{1B}[\\")), .input(.resize(Size(width: 60, height: 20))),
          .input(.mouse(Mouse(.press, at: Point(x: 3, y: 4)))),
          .input(.mouse(Mouse(.press, at: Point(x: 1, y: 2)))),
          .input(.mouse(Mouse(.drag, at: Point(x: 3, y: 4)))),
          .input(.mouse(Mouse(.release, at: Point(x: 3, y: 4)))),
          .input(.mouse(Mouse(.wheelUp, at: Point(x: 5, y: 6)))),
          .input(.mouse(Mouse(.wheelDown, at: Point(x: 7, y: 8)))),
          .waitIdle, .waitText("two words"), .screen("1"), .screen("end"),
        ])
  }

  @Test(
    "What is wrong with a step is told with its line",
    arguments: [
      ("jump", "x.play:2: 'jump ' is no step"), ("key", "x.play:2: key which?"),
      ("key hyper-q", "x.play:2: 'hyper-q' is no key"), ("resize 60", "x.play:2: '60' is no size"),
      ("resize 0x5", "x.play:2: '0x5' is no size"), ("click 1", "x.play:2: '1' is no place"),
      ("drag 1 2 3", "x.play:2: '1 2 3' is no way"),
      ("wheel left 1 2", "x.play:2: a wheel turns up or down"),
      ("wait", "x.play:2: 'wait ' is no step"),
    ])
  func errors(step: String, message: String) {
    do {
      _ = try Script(parsing: "wait idle\n\(step)", path: "x.play")
      Issue.record("no error")
    } catch {
      #expect(error.description.hasPrefix(message), "\(error)")
    }
  }
}
