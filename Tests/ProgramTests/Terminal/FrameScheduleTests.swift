import Testing

@testable import Terminal

@Suite struct FrameScheduleTests {
  @Test func `nothing is drawn when nothing has happened`() {
    var frames = FrameSchedule()
    #expect(frames.delay(at: 0) == 0)
    frames.noteFrame(at: 0)
    #expect(frames.delay(at: 1_000_000) == nil)
  }

  @Test func `an event waits for its turn and an input does not`() {
    var frames = FrameSchedule()
    frames.noteFrame(at: 1000)
    frames.noteEvent()
    #expect(frames.delay(at: 1010) == 23)
    #expect(frames.delay(at: 1050) == 0)
    frames.noteInput()
    #expect(frames.delay(at: 1010) == 0)
  }
}
