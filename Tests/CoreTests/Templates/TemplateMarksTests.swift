import Core
import Testing

@Suite struct TemplateMarksTests {
  /// What each mark covers, with its kind, in short.
  private func marks(_ text: String) -> [String] {
    let bytes = Array(text.utf8)
    return Template.marks(in: bytes).map { mark in
      let covered = String(decoding: bytes[mark.range], as: UTF8.self)
      switch mark.kind {
      case .tag: return "tag \(covered)"
      case .role: return "role \(covered)"
      case .comment: return "comment \(covered)"
      case .variable(let name): return "\(name): \(covered)"
      case .unknownHelper: return "unknown \(covered)"
      }
    }
  }

  @Test func `a variable's mark covers its whole tag`() {
    #expect(marks("é {{ a.b }}") == ["tag {{ a.b }}", "a: {{ a.b }}"])
  }

  @Test func `roles, history and comments are told apart`() {
    #expect(
      marks("{{role \"user\"}}{{history}}{{! a }}") == [
        "role {{role \"user\"}}", "role {{history}}", "comment {{! a }}",
      ])
  }

  @Test func `arguments of helpers are variables, literals are none`() {
    #expect(
      marks("{{json a indent=2}}{{#if (lookup b \"c\")}}{{/if}}") == [
        "tag {{json a indent=2}}", "a: a", "tag {{#if (lookup b \"c\")}}", "b: b", "tag {{/if}}",
      ])
  }

  @Test func `a helper that does not exist is marked`() {
    #expect(
      marks("{{shout a}}{{#if (louder a)}}{{/if}}") == [
        "tag {{shout a}}", "unknown shout", "a: a", "tag {{#if (louder a)}}", "unknown louder",
        "a: a", "tag {{/if}}",
      ])
  }

  @Test func `what blocks bind is no variable`() {
    let text = "{{#each list as |x|}}{{text}}{{x}}{{@index}}{{../y}}{{this}}{{/each}}{{text}}"
    #expect(
      marks(text).filter { !$0.hasPrefix("tag") } == [
        "list: list", "y: {{../y}}", "text: {{text}}",
      ])
  }

  @Test func `tags after a mistake are marked, too`() {
    #expect(marks("{{open {{a}} {{{{ {{b}}").suffix(2) == ["tag {{b}}", "b: {{b}}"])
    #expect(marks("{{open {{a}}").contains("a: {{a}}"))
  }

  @Test func `a tag over two lines is one mark`() {
    #expect(marks("{{json\n a}}") == ["tag {{json\n a}}", "a: a"])
  }

  @Test func `a text of broken tags takes no time that grows with its square`() {
    let text = String(repeating: "{{!--", count: 20_000)
    #expect(marks(text).isEmpty)
  }
}

@Suite struct BracePairTests {
  /// The text that is lit up for a cursor at the `|` of a text: here and there.
  private func pair(_ text: String) -> [String] {
    let parts = text.split(separator: "|", omittingEmptySubsequences: false)
    let buffer = TextBuffer(parts.joined())
    guard let pair = BracePair(at: TextBuffer(String(parts[0])).end, in: buffer) else { return [] }
    return [buffer.text(in: pair.here), buffer.text(in: pair.partner)]
  }

  @Test(arguments: [
    ("a |{{b}} c", ["{{", "}}"]), ("a {{b|}} c", ["}}", "{{"]), ("a {{b}}| c", ["}}", "{{"]),
    ("a {{|b}} c", ["{{", "}}"]), ("a {{b |c}}", []), ("f|(a(b))", ["(", ")"]),
    ("f(a(b)|)", [")", "("]),
    ("[1, [2]|]", ["]", "["]), ("|x (", []), ("{\n|}", ["}", "{"]),
    ("{{#|if a}}b{{else}}c{{/if}}", ["{{#if a}}", "{{else}}"]),
    ("{{#if a}}b{{e|lse}}c{{/if}}", ["{{else}}", "{{/if}}"]),
    ("{{#if a}}b{{else}}c{{/i|f}}", ["{{/if}}", "{{#if a}}"]),
    ("{{#|each a}}{{#if b}}{{else}}{{/if}}{{/each}}", ["{{#each a}}", "{{/each}}"]),
    ("{{#each a}}{{#if b}}{{/if}}{{/e|ach}}", ["{{/each}}", "{{#each a}}"]),
    ("{{#|each a}} no end", []), ("(|", []), ("|", []),
  ])
  func `the partner of a brace or a block's tag is found`(text: String, lit: [String]) {
    #expect(pair(text) == lit)
  }
}

@Suite struct TemplateCursorTests {
  private func cursor(_ text: String) -> TemplateCursor? {
    let parts = text.split(separator: "|", omittingEmptySubsequences: false)
    return TemplateCursor(
      at: TextBuffer(String(parts[0])).end, in: TextBuffer(parts.joined()))
  }

  @Test(arguments: [
    ("{{qu|", TemplateCursor.Expected.call, "qu"), ("{{#ea|}}", .block, "ea"),
    ("{{#each pa|}}", .argument, "pa"), ("{{> fo|", .partial, "fo"), ("{{>|", .partial, ""),
    ("{{role \"sy|", .role, "sy"), ("{{@in|", .loopData, "@in"), ("{{json (lo|", .call, "lo"),
    ("{{#if a}}{{#each b}}{{/|", .closing("each"), ""), ("{{/|", .closing(nil), ""),
    ("{{#if a}}{{/if}}{{/i|", .closing(nil), "i"), ("{{json a indent=b|", .argument, "b"),
    ("{{~qu|", .call, "qu"), ("{{{qu|", .call, "qu"), ("a\n{{\nqu|", .call, "qu"),
  ])
  func `what could stand at a cursor`(
    text: String, expected: TemplateCursor.Expected, prefix: String
  ) throws {
    let cursor = try #require(self.cursor(text))
    #expect(cursor.expected == expected)
    #expect(cursor.prefix == prefix)
  }

  @Test(arguments: ["qu|", "{{a}} qu|", "{{! qu|", "\\{{qu|", "{{q|u}}", "{{json \"qu|", "|"])
  func `nothing is completed outside of tags, in comments and within words`(text: String) {
    #expect(cursor(text) == nil)
  }

  @Test func `the blocks around a cursor are known`() throws {
    let cursor = try #require(self.cursor("{{#each passages}}{{#if a}}{{te|"))
    #expect(cursor.loops.map(\.list) == ["passages"])
    let closed = try #require(self.cursor("{{#each a}}{{/each}}{{te|}}"))
    #expect(closed.loops.isEmpty && closed.isClosed)
  }
}
