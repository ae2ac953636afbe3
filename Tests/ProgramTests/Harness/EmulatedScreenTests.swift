import Playground
import Testing

// The screen is what the other tests believe; so it is tested itself.

@Suite struct EmulatedScreenTests {
  private func screen(_ text: String, width: Int = 10, height: Int = 3) -> EmulatedScreen {
    var screen = EmulatedScreen(size: Size(width: width, height: height))
    screen.feed(Array(text.utf8))
    return screen
  }

  @Test func `text wraps when the next letter comes`() {
    #expect(screen("0123456789").cursor == Point(x: 9, y: 0))
    #expect(screen("0123456789x").text == "0123456789\nx\n\n")
    #expect(screen("012345678漢").text == "012345678\n漢\n\n")
  }

  @Test func `the cursor moves and lines are erased`() {
    #expect(screen("abc\r\u{1B}[2;3Hx\u{8}\u{1B}[Ay\u{1B}[1K").text == "\n  x\n\n")
    #expect(screen("abcdef\u{1B}[3G\u{1B}[2Pz\u{1B}[2@").text == "abz  f\n\n\n")
    #expect(screen("a\u{1B}[4bz\u{1B}[3G\u{1B}[2X").text == "aa  az\n\n\n")
    #expect(screen("\ta\u{1B}[Zb\u{1B}[2Zc").text == "c       b\n\n\n")
  }

  @Test func `lines scroll within the region`() {
    #expect(screen("a\r\nb\r\nc\n").text == "b\nc\n\n")
    #expect(screen("a\r\nb\r\nc\u{1B}[2;3r\u{1B}[3H\n").text == "a\nc\n\n")
    #expect(screen("a\r\nb\r\nc\u{1B}[H\u{1B}[L").text == "\na\nb\n")
    #expect(screen("a\r\nb\r\nc\u{1B}[2H\u{1B}[M").text == "a\nc\n\n")
    #expect(screen("a\r\nb\r\nc\u{1B}[H\u{1B}M").text == "\na\nb\n")
  }

  @Test func `the alternate screen goes and the ordinary one is back`() {
    #expect(screen("sh\u{1B}[?1049hprogram").text == "  program\n\n\n")
    let back = screen("sh\u{1B}[?1049hprogram\u{1B}[?1049l")
    #expect(back.text == "sh\n\n\n" && back.cursor == Point(x: 2, y: 0) && !back.isAlternate)
  }

  @Test func `half a wide letter does not stay`() {
    #expect(screen("漢字\u{1B}[2Gx").text == " x字\n\n\n")
    #expect(screen("漢字\u{1B}[3Gx").text == "漢x\n\n\n")
  }

  @Test func `marks stand on their letter and colours are kept`() {
    #expect(screen("e\u{301}x").row(0) == "e\u{301}x")
    let colors = screen("\u{1B}[1;38;5;208;44ma\u{1B}[38:2::1:2:3mb\u{1B}[mc")
    #expect(
      colors.cell(x: 0, y: 0).rendition
        == Rendition(foreground: "38;5;208", backgroundColor: "44", attributes: [1]))
    #expect(colors.cell(x: 1, y: 0).rendition.foreground == "38;2;1;2;3")
    #expect(colors.cell(x: 2, y: 0).rendition == Rendition())
  }
}
