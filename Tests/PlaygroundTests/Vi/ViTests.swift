import Core
import Testing

@testable import Playground

/// A text with its cursor as `|`, which stands before the character that the cursor is on.
private struct Scene {
  var editor: Editor
  var vi = Vi()
  var register = ""

  init(_ text: String) {
    let parts = text.split(separator: "|", maxSplits: 1, omittingEmptySubsequences: false)
    editor = Editor(parts.joined())
    editor.moveTo(TextBuffer(String(parts[0])).end)
  }

  /// Presses keys: letters as they are; `␛` is Escape, `⏎` Enter, `⌫` Backspace.
  @discardableResult
  mutating func press(_ keys: String) -> [Vi.Reply] {
    keys.map { character in
      let key: Key =
        switch character {
        case "␛": Key(.escape)
        case "⏎": Key(.enter)
        case "⌫": Key(.backspace)
        default: Key(character)
        }
      let reply = vi.take(key, in: &editor, width: 40, register: &register)
      // In the insert mode, letters are typed by whoever has the keymap.
      if reply == .notTaken {
        switch character {
        case "⌫": editor.delete(.characterBackward)
        case "⏎": editor.insert("\n")
        default: editor.insert(String(character))
        }
      }
      switch reply {
      case .undo(let count): for _ in 0..<count { _ = editor.undo() }
      case .redo(let count): for _ in 0..<count { _ = editor.redo() }
      default: return reply
      }
      vi.stay(in: &editor)
      return reply
    }
  }

  var text: String {
    let before = editor.buffer.text(in: .start..<editor.cursor)
    return before + "|" + editor.buffer.text(in: editor.cursor..<editor.buffer.end)
  }
}

private func played(_ keys: String, on text: String) -> String {
  var scene = Scene(text)
  scene.press(keys)
  return scene.text
}

@Suite struct ViMotionTests {
  @Test(arguments: [
    ("h", "a|b", "|ab"), ("h", "|ab", "|ab"), ("l", "|ab", "a|b"), ("l", "a|b", "a|b"),
    ("9h", "abc|d", "|abcd"), ("2l", "|abcd", "ab|cd"), ("j", "a|b\ncd", "ab\nc|d"),
    ("k", "ab\nc|d", "a|b\ncd"), ("jj", "ab|c\n\nabc", "abc\n\nab|c"),
    ("w", "|foo.bar", "foo|.bar"), ("ww", "|foo.bar", "foo.|bar"),
    ("W", "|foo.bar x", "foo.bar |x"),
    ("w", "fo|o\n\nb", "foo\n|\nb"), ("3w", "|a b c d", "a b c |d"), ("w", "|日本 語", "日本 |語"),
    ("b", "foo.|bar", "foo|.bar"), ("B", "a foo.ba|r", "a |foo.bar"), ("b", "a\n|b", "|a\nb"),
    ("e", "|foo bar", "fo|o bar"), ("ee", "|foo bar", "foo ba|r"), ("E", "|a.b c", "a.|b c"),
    ("e", "fo|o\n\n bar", "foo\n\n ba|r"), ("e", "foo |b", "foo |b"),
    ("0", "  a|b", "|  ab"), ("^", "  a|b", "  |ab"), ("$", "|abc", "ab|c"), ("$", "|", "|"),
    ("2$", "|ab\ncd", "ab\nc|d"), ("gg", "a\n b|c", "|a\n bc"), ("G", "|a\n b\n c", "a\n b\n |c"),
    ("2G", "|a\n b\n c", "a\n |b\n c"), ("2gg", "a\n b\n |c", "a\n |b\n c"),
    ("fc", "|abcabc", "ab|cabc"), ("2fc", "|abcabc", "abcab|c"), ("fx", "|abc", "|abc"),
    ("tc", "|abc", "a|bc"), ("Fa", "abca|b", "abc|ab"), ("2Fa", "abca|b", "|abcab"),
    ("Ta", "abc|d", "a|bcd"), ("fb;", "|abab", "aba|b"), ("fb;,", "|abab", "a|bab"),
    ("tb;", "|aabab", "aab|ab"), ("f日", "|a日", "a|日"),
    ("}", "|a\nb\n\nc", "a\nb\n|\nc"), ("{", "a\n\nb\n|c", "a\n|\nb\nc"), ("}", "|a", "|a"),
    ("%", "|f(a)", "f(a|)"), ("%", "f(a|)", "f|(a)"), ("%", "|{{#if}}x{{/if}}", "{{#if}}x|{{/if}}"),
    ("⏎", "|a\n  b", "a\n  |b"), (" ", "|ab", "a|b"),
  ])
  func `motions lead where vi's do`(keys: String, before: String, after: String) {
    #expect(played(keys, on: before) == after)
  }
}

@Suite struct ViChangeTests {
  @Test(arguments: [
    ("x", "|abc", "|bc"), ("x", "ab|c", "a|b"), ("3x", "a|bcde", "a|e"), ("X", "ab|c", "a|c"),
    ("x", "|e\u{301}a", "|a"), ("x", "|", "|"), ("X", "|a", "|a"),
    ("dw", "|foo bar", "|bar"), ("dw", "foo |bar\nx", "foo| \nx"), ("2dw", "|a b c", "|c"),
    ("d2w", "|a b c", "|c"), ("de", "|foo bar", "| bar"), ("db", "foo |bar", "|bar"),
    ("d$", "a|bc", "|a"), ("D", "a|bc\nd", "|a\nd"), ("d0", "ab|c", "|c"),
    ("dd", "a\n|b\nc", "a\n|c"), ("dd", "a\n|b", "|a"), ("dd", "|a", "|"),
    ("2dd", "|a\nb\nc", "|c"),
    ("dj", "|a\nb\nc", "|c"), ("dk", "a\n|b\nc", "|c"), ("dG", "a\n|b\nc", "|a"),
    ("dgg", "a\n|b\nc", "|c"), ("dfb", "|abab", "|ab"), ("dtb", "|abab", "|bab"),
    ("dFa", "abca|b", "abc|b"), ("d}", "|a\nb\n\nc", "|\nc"), ("d%", "|(a)b", "|b"),
    ("dx", "|abc", "|abc"), ("d␛x", "|abc", "|bc"), ("dh", "a|b", "|b"), ("dl", "|ab", "|b"),
    ("cwxy␛", "|foo bar", "x|y bar"), ("cw␛", "foo| bar", "fo|obar"), ("c2wx␛", "|a b c", "|x c"),
    ("ccx␛", "  a|b\nc", "  |x\nc"), ("Sx␛", "a|b", "|x"), ("Cx␛", "a|bc", "a|x"),
    ("sxy␛", "|abc", "x|ybc"), ("2sx␛", "|abc", "|xc"), ("c$x␛", "a|bc", "a|x"),
    ("rx", "a|bc", "a|xc"), ("3rx", "|abcd", "xx|xd"), ("3rx", "a|bc", "a|bc"), ("r日", "|a", "|日"),
    ("~", "|aBc", "A|Bc"), ("3~", "|aBc", "Ab|C"), ("J", "|a\n  b\nc", "a| b\nc"),
    ("3J", "|a\nb\nc", "a b| c"), ("J", "|a\n\nb", "|a\nb"), ("J", "|a", "|a"),
    (">>", "a|b\nc", "  |ab\nc"), ("<<", "    a|b", "  |ab"), ("<<", "\ta|b", "|ab"),
    ("2>>", "|a\nb\nc", "  |a\n  b\nc"), (">j", "|a\nb", "  |a\n  b"), ("<<", " |a", "|a"),
    ("ix␛", "a|b", "a|xb"), ("ax␛", "|ab", "a|xb"), ("Ix␛", "  a|b", "  |xab"),
    ("Ax␛", "|ab", "ab|x"), ("3ix␛", "|", "xx|x"), ("ox␛", "  |a\nb", "  a\n  |x\nb"),
    ("Ox␛", "a\n  |b", "a\n  |x\n  b"), ("i␛", "a|b", "|ab"), ("ix⏎y␛", "|a", "x\n|ya"),
  ])
  func `commands change what vi's do`(keys: String, before: String, after: String) {
    #expect(played(keys, on: before) == after)
  }

  @Test(arguments: [
    ("diw", "foo b|ar baz", "foo | baz"), ("daw", "foo b|ar baz", "foo |baz"),
    ("daw", "foo b|ar", "fo|o"), ("diW", "a b|.c d", "a | d"), ("ciwx␛", "f|oo", "|x"),
    ("d2iw", "|foo bar", "|bar"), ("di\"", "a \"b|c\" d", "a \"|\" d"),
    ("da\"", "a \"b|c\" d", "a | d"), ("di'", "|a 'b'", "a '|'"), ("di(", "f(a, |b(c))", "f(|)"),
    ("da(", "f(a|)g", "f|g"), ("di{", "{{a |b}}", "{{|}}"), ("da{", "x{a|}y", "x|y"),
    ("ci{x␛", "{|}", "{|x}"), ("di[", "[|a]", "[|]"), ("dip", "a\nb|\n\nc", "|\nc"),
    ("dap", "a|\n\nc", "|c"), ("di(", "a|b", "a|b"), ("dib", "(|a)", "(|)"),
    ("di(", "(\n|a\n)", "(|)"),
  ])
  func `operators work on text objects`(keys: String, before: String, after: String) {
    #expect(played(keys, on: before) == after)
  }

  @Test(arguments: [
    ("yyp", "a|b\nc", "ab\n|ab\nc"), ("yyP", "a\n|b", "a\n|b\nb"), ("ddp", "|a\nb", "b\n|a"),
    ("yw$p", "|ab c", "ab cab| "), ("xp", "|ab", "b|a"), ("yiwP", "a|b", "a|bab"),
    ("2yyGp", "|a\nb\nc", "a\nb\nc\n|a\nb"), ("yl3p", "|a", "aaa|a"), ("p", "|a", "|a"),
    ("yyjp", "|a\nb", "a\nb\n|a"), ("Yp", "|a", "a\n|a"), ("y$P", "|ab", "a|bab"),
    ("dwP", "|ab c", "ab| c"),
  ])
  func `what was yanked or deleted is put`(keys: String, before: String, after: String) {
    #expect(played(keys, on: before) == after)
  }

  @Test(arguments: [
    ("x.", "|abc", "|c"), ("2x.", "|abcde", "|e"), ("dw.", "|a b c", "|c"), ("x2.", "|abcd", "|d"),
    ("ix␛.", "|", "|xx"), ("Ax␛j.", "|a\nb", "ax\nb|x"), ("cwx␛w.", "|aa bb", "x |x"),
    ("ox␛.", "|a", "a\nx\n|x"), ("dd.", "|a\nb\nc", "|c"), (">>j.", "|a\nb", "  a\n  |b"),
    ("rxl.", "|abc", "x|xc"), ("~.", "|abc", "AB|c"), ("J.", "|a\nb\nc", "a b| c"),
    (".", "|a", "|a"),
  ])
  func `the dot does the last change again`(keys: String, before: String, after: String) {
    #expect(played(keys, on: before) == after)
  }

  @Test(arguments: [
    ("ci(new␛u", "f(o|ld)", "f(o|ld)"), ("onew line␛u", "a|b\nc", "a|b\nc"),
    ("Onew␛u", "a|b", "a|b"), ("ihello⏎wor⌫ld␛u", "a|b", "a|b"),
    ("ahello you␛u", "|ab", "a|b"), ("sone two␛u", "a|bc", "a|bc"),
    ("cwXY␛w.u", "|aa bb", "XY |bb"), ("cwXY␛w.uu", "|aa bb", "|aa bb"),
    ("3ia b␛u", "|c", "|c"), ("ia␛ab␛u", "|c", "a|c"), ("ia␛ylpu", "|", "|a"),
    ("ylppu", "|a", "a|a"), ("ci(new text␛uU", "f(o|ld)", "f(new text|)"),
    ("oa b⏎c␛xuuU", "|x", "x\na b\n|c"), ("ione two␛uUu", "|", "|"),
    ("vcone two␛u", "a|bc", "a|bc"), ("ia b␛uic d␛u", "|", "|"),
  ])
  func `what one insert mode typed is undone, and done again, as one change`(
    keys: String, before: String, after: String
  ) {
    #expect(played(keys, on: before) == after)
  }

  @Test(arguments: [
    ("ggddGp", "|alpha\nb\nc\nd\n", "b\nc\nd\n|alpha\n"), ("Gdd", "|a\nb\n", "|a\n"),
    ("G", "|a\n b\n", "a\n |b\n"), ("9G", "|a\nb\n", "a\n|b\n"), ("9dd", "a\n|b\nc\n", "|a\n"),
    ("dG", "a\n|b\nc\n", "|a\n"), ("dd", "a\n|", "a\n|"), ("yyjp", "|a\n", "a\n|a\n"),
    ("dj", "a\n|b\n", "a\n|b\n"), ("Vjd", "a\n|b\n", "|a\n"), ("J", "|a\n", "|a\n"),
    ("Vjyp", "|a\n", "a\n|a\n"), ("ccx␛", "a\n|", "a\n|x"),
  ])
  func `the empty line after the last line end is none`(
    keys: String, before: String, after: String
  ) {
    #expect(played(keys, on: before) == after)
  }

  @Test(arguments: [
    ("xu", "|abc", "|abc"), ("xxuu", "|abc", "|abc"), ("xx2u", "|abc", "|abc"),
    ("xuU", "|abc", "|bc"), ("ddu", "a\n|b\nc", "a\n|b\nc"), ("3xu", "|abcd", "|abcd"),
  ])
  func `changes are undone and done again`(keys: String, before: String, after: String) {
    #expect(played(keys, on: before) == after)
  }
}

@Suite struct ViVisualTests {
  @Test(arguments: [
    ("vld", "|abc", "|c"), ("vhd", "ab|c", "|a"), ("vjd", "a|b\ncd", "|a"),
    ("Vd", "a\n|b\nc", "a\n|c"),
    ("Vjd", "|a\nb\nc", "|c"), ("vwcx␛", "|a b", "|x"), ("viwy$p", "|ab c", "ab ca|b"),
    ("vey0P", "|ab c", "a|bab c"), ("vlohd", "a|bcd", "|d"), ("Vj>", "|a\nb", "  |a\n  b"),
    ("Vj<", "|  a\n  b", "|a\nb"), ("vl~", "|abc", "|ABc"), ("vlrx", "|abc", "|xxc"),
    ("VjJ", "|a\nb", "a| b"), ("yiwwviwp", "|ab cd", "ab a|b"), ("vi(d", "(a|b)", "(|)"),
    ("vx", "|ab", "|b"), ("v␛x", "|ab", "|b"), ("vvx", "|ab", "|b"), ("vVx", "|a\nb", "|b"),
    ("Vccx␛", "|a\nb", "c|x\nb"), ("vipd", "|a\nb\n\nc", "|\nc"),
  ])
  func `operators work on what is selected`(keys: String, before: String, after: String) {
    #expect(played(keys, on: before) == after)
  }

  @Test func `the selection takes in both of its ends`() throws {
    var scene = Scene("a|bcd")
    scene.press("vl")
    let range = try #require(scene.vi.selection(in: scene.editor))
    #expect(scene.editor.buffer.text(in: range) == "bc")
    scene.press("hh")
    let other = try #require(scene.vi.selection(in: scene.editor))
    #expect(scene.editor.buffer.text(in: other) == "ab")
    scene.press("␛")
    #expect(scene.vi.selection(in: scene.editor) == nil)
  }
}

@Suite struct ViModeTests {
  @Test func `searches are asked for, not done`() {
    var scene = Scene("|a")
    #expect(
      scene.press("/?nN") == [
        .find(isBackward: false), .find(isBackward: true), .findAgain(isReversed: false),
        .findAgain(isReversed: true),
      ])
  }

  @Test func `a colon says that there is no command line`() {
    var state = State.sample(keys: .vi)
    state.press(":")
    #expect(state.notice?.text.contains("^S saves, ^Q quits, ^P finds every command.") == true)
    #expect(state.prompt.editor.text == State.samplePrompt)
    #expect(state.vi?.pendingKeys == "")
  }

  @Test func `a change of the text from elsewhere is undone apart from what was typed`() {
    var scene = Scene("|old")
    scene.press("ione two ")
    scene.editor.take("other")
    _ = scene.editor.undo()
    #expect(scene.editor.text == "one two old")
    _ = scene.editor.undo()
    #expect(scene.editor.text == "old")
  }

  @Test func `the focus ends the change that was typed`() {
    var state = State.sample(keys: .vi)
    state.press("i a")
    state.press("tab shift-tab")
    state.take(.paste("bc"))
    #expect(state.prompt.editor.text == "abc" + State.samplePrompt)
    _ = state.prompt.editor.undo()
    #expect(state.prompt.editor.text == "a" + State.samplePrompt)
  }

  @Test func `letters that mean nothing type nothing`() {
    var scene = Scene("a|b")
    scene.press("qzgQ")
    #expect(scene.text == "a|b")
    #expect(scene.vi.pendingKeys == "")
  }

  @Test func `keys with control, and Tab, are left to others`() {
    var scene = Scene("|a")
    for key in [Key("r", .control), Key(.tab), Key("m", .alt), Key(.function(1)), Key(.pageDown)] {
      #expect(
        scene.vi.take(key, in: &scene.editor, width: 40, register: &scene.register) == .notTaken)
    }
  }

  @Test func `a change that was begun elsewhere breaks nothing`() {
    var scene = Scene("abc\ndef|")
    scene.press("a")
    scene.editor = Editor("x")
    scene.press("␛")
    #expect(scene.text == "|x")
    scene.press("v")
    scene.editor = Editor("")
    scene.press("d")
    #expect(scene.text == "|")
  }

  @Test func `no keys can crash it`() {
    var random = Dice(state: 11)
    let keys = Array("hjklwbeWBE0^$gGfFtT;,{}%123dcyxXrsSCDYpPJ~oOiaIAuU.vV/n<>\"'()[]␛␛␛⏎ aé日")
    var scene = Scene("one (two [three]) \"four\"\n\n  {{five}} 日本\n|six")
    for _ in 0..<20_000 {
      scene.press(String(keys[random.next(keys.count)]))
      if scene.editor.buffer.lines.count > 60 || scene.editor.text.utf8.count > 4000 {
        scene = Scene("one (two [three]) \"four\"\n\n  {{five}} 日本\n|six")
      }
      let cursor = scene.editor.cursor
      #expect(scene.editor.buffer.clamped(cursor) == cursor)
    }
  }
}

/// Random numbers, the same on each run.
private struct Dice {
  var state: UInt64

  mutating func next(_ bound: Int) -> Int {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return Int(state >> 33) % bound
  }
}
