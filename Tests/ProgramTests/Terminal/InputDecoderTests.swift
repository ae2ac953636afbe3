import Playground
import Testing

@testable import Terminal

@Suite struct InputDecoderTests {
  private func decode(_ text: String) -> [Input] {
    var decoder = InputDecoder()
    return decoder.decode(Array(text.utf8), at: 0)
  }

  private func keys(_ names: String...) -> [Input] {
    names.compactMap { Key(name: $0) }.map(Input.key)
  }

  @Test func `text comes as whole characters`() {
    #expect(decode("né漢👩‍👩‍👧") == ["n", "é", "漢", "👩‍👩‍👧"].map { .key(Key($0)) })
    #expect(decode("e\u{301}") == [.key(Key("e\u{301}"))])
  }

  @Test func `control bytes are keys with control`() {
    #expect(decode("\0\u{12}\u{1F}") == [.key(Key(" ", .control))] + keys("ctrl-r", "ctrl-_"))
    #expect(decode("\t\r\n\u{7F}\u{8}") == keys("tab", "enter", "ctrl-j", "backspace", "ctrl-h"))
  }

  @Test func `the terminal's own erase byte is backspace`() {
    var decoder = InputDecoder()
    decoder.eraseByte = 8
    #expect(decoder.decode([8, 0x7F], at: 0) == keys("backspace", "backspace"))
  }

  @Test(arguments: [
    ("\u{1B}[1;5C", "ctrl-right"), ("\u{1B}[1;2A", "shift-up"), ("\u{1B}[1;3D", "alt-left"),
    ("\u{1B}OA", "up"), ("\u{1B}[A", "up"), ("\u{1B}[Z", "shift-tab"), ("\u{1B}[3~", "delete"),
    ("\u{1B}[7~", "home"), ("\u{1B}[4~", "end"), ("\u{1B}OP", "f1"), ("\u{1B}[[B", "f2"),
    ("\u{1B}[24~", "f12"), ("\u{1B}[15;5~", "ctrl-f5"), ("\u{1B}[3$", "shift-delete"),
    ("\u{1B}[5^", "ctrl-page-up"), ("\u{1B}Oc", "ctrl-right"), ("\u{1B}[a", "shift-up"),
    ("\u{1B}\u{1B}[B", "alt-down"), ("\u{1B}x", "alt-x"), ("\u{1B}é", "alt-é"),
    ("\u{1B}\r", "alt-enter"), ("\u{1B}\u{12}", "ctrl-alt-r"), ("\u{1B}[27;5;13~", "ctrl-enter"),
    ("\u{1B}[97;5u", "ctrl-a"), ("\u{1B}[57;3u", "alt-9"), ("\u{1B}OM", "enter"),
  ])
  func `sequences of many terminals are one key`(sequence: String, name: String) {
    #expect(decode(sequence) == keys(name))
  }

  @Test(arguments: [
    ("\0", "ctrl-space"), ("\u{1B}[32;5u", "ctrl-space"), ("\u{1B}[27;5;32~", "ctrl-space"),
    ("\u{1D}", "ctrl-]"), ("\u{1F}", "ctrl-_"), ("\u{14}", "ctrl-t"),
    ("\u{1B}[1;2C", "shift-right"), ("\u{1B}[1;2D", "shift-left"), ("\u{1B}[1;2B", "shift-down"),
    ("\u{1B}[1;2H", "shift-home"), ("\u{1B}[1;2F", "shift-end"),
    ("\u{1B}[1;6C", "ctrl-shift-right"), ("\u{1B}[1;6D", "ctrl-shift-left"),
    ("\u{1B}[1;6H", "ctrl-shift-home"), ("\u{1B}[1;6F", "ctrl-shift-end"),
    ("\u{1B}w", "alt-w"), ("\u{1B}A", "alt-A"), ("\u{1B}%", "alt-%"), ("\u{1B}/", "alt-/"),
    ("\u{1B}{", "alt-{"), ("\u{1B}}", "alt-}"), ("\u{1B}<", "alt-<"), ("\u{1B}.", "alt-."),
    ("\u{1B},", "alt-,"),
  ])
  func `the keys of an editor come from xterm and tmux`(sequence: String, name: String) {
    #expect(decode(sequence) == keys(name))
  }

  @Test func `alt and underscore, which begins a sequence, too, is a key when nothing follows`() {
    var decoder = InputDecoder()
    #expect(decoder.decode(Array("\u{1B}_".utf8), at: 0) == [])
    #expect(decoder.expire(at: 100) == keys("alt-_"))
  }

  @Test func `a button that goes down, moves and goes up is told with its places`() {
    #expect(
      decode("\u{1B}[<0;4;5M\u{1B}[<32;11;7M\u{1B}[<0;11;7m") == [
        .mouse(Mouse(.press, at: Point(x: 3, y: 4))), .mouse(Mouse(.drag, at: Point(x: 10, y: 6))),
        .mouse(Mouse(.release, at: Point(x: 10, y: 6))),
      ])
  }

  @Test func `a long paste in many pieces is one text`() {
    var decoder = InputDecoder()
    let text = String(repeating: "漢字 and \u{1B}[2J more\n", count: 10_000)
    let bytes = Array("\u{1B}[200~\(text)\u{1B}[201~".utf8)
    let inputs = stride(from: 0, to: bytes.count, by: 4095).flatMap { start in
      decoder.decode(bytes[start..<min(start + 4095, bytes.count)], at: 0)
    }
    #expect(inputs == [.paste(text)])
  }

  @Test(arguments: [
    "\u{1B}[?62;22c", "\u{1B}[I", "\u{1B}[999~", "\u{1B}]11;rgb:0/0/0\u{7}", "\u{1B}]0;x\u{1B}\\",
    "\u{1B}P1$r0m\u{1B}\\", "\u{1B}[M !!", "\u{1B}[201~", "\u{1B}Oz", "\u{1B}[<99;1;1M",
    "\u{1B}[99999999999999999999999;99999999999999999999u", "\u{1B}[1;5", "\u{9B}",
  ])
  func `what is not known is swallowed and the next key is read`(sequence: String) {
    var decoder = InputDecoder()
    var inputs = decoder.decode(Array(sequence.utf8), at: 0)
    inputs += decoder.expire(at: 10_000)
    #expect(inputs + decoder.decode(Array("k".utf8), at: 10_000) == keys("k"))
  }

  @Test func `a sequence cut anywhere is the same`() {
    let text = "a\u{1B}[1;5Cé\u{1B}OP\u{1B}[200~x\ry\u{1B}[201~\u{1B}[<0;3;4M漢b"
    var decoder = InputDecoder()
    #expect(text.utf8.flatMap { decoder.decode([$0], at: 0) } == decode(text))
    #expect(decoder.deadline == nil)
    #expect(decode(text).count == 8)
  }

  @Test func `a lone escape is the key once its time has passed`() {
    var decoder = InputDecoder()
    #expect(decoder.decode([0x1B], at: 100) == [])
    #expect(decoder.deadline == 125)
    #expect(decoder.expire(at: 124) == [])
    #expect(decoder.expire(at: 125) == keys("escape"))
    #expect(decoder.deadline == nil)
  }

  @Test func `two escapes and half a sequence are decided by time`() {
    var decoder = InputDecoder()
    #expect(decoder.decode([0x1B, 0x1B], at: 0) == [])
    #expect(decoder.expire(at: 25) == keys("escape", "escape"))
    #expect(decoder.decode(Array("\u{1B}[".utf8), at: 0) == [])
    #expect(decoder.expire(at: 25) == [])
    #expect(decoder.expire(at: 100) == keys("alt-["))
  }

  @Test func `a control inside a sequence breaks it off and counts`() {
    #expect(decode("\u{1B}[1;\r") == keys("enter"))
    #expect(decode("\u{1B}[1;\u{1B}[A") == keys("up"))
  }

  @Test func `a paste is one input with its line ends made LF`() {
    #expect(decode("\u{1B}[200~a\r\nb\rc\nd\u{1B}[201~e") == [.paste("a\nb\nc\nd")] + keys("e"))
  }

  @Test func `escape sequences in a paste stay text`() {
    let inside = "x\u{1B}[A\u{1B}[200~\u{1B}[20\u{3}"
    #expect(decode("\u{1B}[200~\(inside)\u{1B}[201~") == [.paste(inside)])
  }

  @Test func `a paste with no end is given when nothing more comes`() {
    var decoder = InputDecoder()
    #expect(decoder.decode(Array("\u{1B}[200~half".utf8), at: 0) == [])
    #expect(decoder.decode(Array(" of it".utf8), at: 900) == [])
    #expect(decoder.expire(at: 1899) == [])
    #expect(decoder.expire(at: 1900) == [.paste("half of it")])
    #expect(decoder.decode(Array("k".utf8), at: 2000) == keys("k"))
  }

  @Test func `mouse reports give the left button and the wheel`() {
    #expect(
      decode(
        "\u{1B}[<0;3;4M\u{1B}[<32;300;4M\u{1B}[<0;1;1m\u{1B}[<64;1;2M\u{1B}[<65;1;2M\u{1B}[<2;1;1M")
        == [
          .mouse(Mouse(.press, at: Point(x: 2, y: 3))),
          .mouse(Mouse(.drag, at: Point(x: 299, y: 3))),
          .mouse(Mouse(.release, at: Point(x: 0, y: 0))),
          .mouse(Mouse(.wheelUp, at: Point(x: 0, y: 1))),
          .mouse(Mouse(.wheelDown, at: Point(x: 0, y: 1))),
        ])
  }

  @Test func `broken UTF-8 becomes replacement characters`() {
    var decoder = InputDecoder()
    let inputs = decoder.decode([0xFF, 0x61, 0xC3], at: 0) + decoder.expire(at: 1000)
    #expect(inputs == [.key(Key("\u{FFFD}")), .key(Key("a")), .key(Key("\u{FFFD}"))])
  }
}
