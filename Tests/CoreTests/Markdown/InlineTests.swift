import Testing

@testable import Core

@Suite("Markdown within a line")
struct InlineTests {
  @Test(
    "Stars and underscores make text strong or emphasized",
    arguments: [
      ("plain *lean* end", "plain e(lean) end"),
      ("**fat** and __also__", "s(fat) and s(also)"),
      ("***both***", "s(e(both))"),
      ("*out **in** out*", "e(out )s(e(in))e( out)"),
      ("**out *in* out**", "s(out )s(e(in))s( out)"),
      ("~~gone~~ and ~too~", "d(gone) and d(too)"),
    ])
  func emphasis(text: String, expected: String) { #expect(marked(text) == expected) }

  @Test(
    "What only looks like emphasis stays as it is written",
    arguments: [
      "a * b * c", "snake_case_name and _x", "2 * 3 = 6", "**open for ever", "~~~three~~~ tildes",
      "un*closed", "* ", "a ** b **",
    ])
  func noEmphasis(text: String) {
    #expect(rows(of: "x " + text) == ["x " + text].map { $0.trimmed })
  }

  @Test("Letters within a word can be emphasized with stars, not with underscores")
  func withinWords() {
    #expect(marked("un*believ*able") == "une(believ)able")
    #expect(marked("un_believ_able") == "un_believ_able")
  }

  @Test(
    "Code keeps what stands in it",
    arguments: [
      ("`a *b* c`", "c(a *b* c)"),
      ("``a ` b``", "c(a ` b)"),
      ("`` ` ``", "c(`)"),
      ("a ` b", "a ` b"),
      ("*a `*` b*", "e(a )e(c(*))e( b)"),
    ])
  func code(text: String, expected: String) { #expect(marked(text) == expected) }

  @Test(
    "Links show their text and their address",
    arguments: [
      ("[docs](https://x.y/z)", "l(docs)a( ()a(https://x.y/z))"),
      ("[docs](<https://x.y/a b> \"Title\")", "l(docs)a( ()a(https://x.y/a b)a())"),
      ("![a picture](p.png)", "l(a picture)a( ()a(p.png))"),
      ("[https://x.y](https://x.y)", "l(https://x.y)"),
      ("<https://x.y/z>", "l(https://x.y/z)"),
      ("see https://x.y/(z).", "see l(https://x.y/(z))."),
      ("[**fat**](u)", "s(l(fat))a( ()a(u))"),
      ("[not a link]", "[not a link]"),
      ("[1] and [2]", "[1] and [2]"),
      ("[open](never closed", "[open](never closed"),
      ("a <b> c", "a <b> c"),
    ])
  func links(text: String, expected: String) { #expect(marked(text) == expected) }

  @Test(
    "Escapes and entities show the character that is meant",
    arguments: [
      (#"\*not lean\*"#, "*not lean*"),
      (#"a \q b"#, #"a \q b"#),
      ("&lt;p&gt; &amp; &#8364; &#x20AC;", "<p> & € €"),
      ("&nosuchname; & &#0; &#99999999;", "&nosuchname; & \u{FFFD} &#99999999;"),
    ])
  func escapes(text: String, expected: String) { #expect(marked(text) == expected) }

  @Test("While a paragraph streams, what is open looks as it will once it is closed")
  func openMarkup() {
    var text = RenderedText(width: 40)
    text.append("some **fat")
    #expect(text.lines == ["some fat"])
    #expect(text.sourced.last?.style == .strong)
    text.append(" text*")
    #expect(text.lines == ["some fat text"])
    text.append("* and `co")
    #expect(text.lines == ["some fat text and co"])
    text.append("de` more\n\n")
    #expect(text.lines == ["some fat text and code more"])
  }

  @Test("What never closes is shown once the paragraph has ended")
  func neverClosed() {
    var text = RenderedText(width: 40)
    text.append("some **fat")
    text.append("\n\nnext")
    #expect(text.lines == ["some **fat", "", "next"])
  }
}

extension String {
  fileprivate var trimmed: String {
    var text = self
    while text.last == " " { text.removeLast() }
    return text
  }
}
