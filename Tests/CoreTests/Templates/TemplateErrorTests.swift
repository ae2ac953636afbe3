import RandomSource
import Testing

@testable import Core

private func error(_ template: String) -> TemplateError? {
  do throws(TemplateError) {
    _ = try Template(parsing: template)
    return nil
  } catch {
    return error
  }
}

@Suite struct TemplateErrorTests {
  @Test(arguments: [
    ("a\n{{name", "line 2, column 1: this tag has no end: '}}' was expected"),
    ("{{{name}}", "line 1, column 1: this tag has no end: '}}}' was expected"),
    ("{{a {{b}}", "line 1, column 1: this tag has no '}}' before the next one"),
    ("é{{! note", "line 1, column 2: this comment has no end: '}}' was expected"),
    ("{{!-- note }}", "line 1, column 1: this comment has no end: '--}}' was expected"),
    ("{{#if a}}\n b", "line 1, column 1: '{{#if a}}' has no '{{/if}}'"),
    ("{{/if}}", "line 1, column 1: '{{/if}}' closes a block that was never opened"),
    ("{{else}}", "line 1, column 1: '{{else}}' stands outside of a block"),
    (
      "{{#each a}}\n{{/if}}",
      "line 2, column 1: '{{/each}}' was expected, for the block of line 1, not '{{/if}}'"
    ),
    (
      "{{#if a}}{{else}}{{else}}{{/if}}",
      "line 1, column 18: a second '{{else}}' stands in this block"
    ),
    ("{{}}", "line 1, column 3: a name was expected"),
    ("{{a.}}", "line 1, column 5: a name was expected after the dot"),
    ("{{a b}}", "line 1, column 3: there is no helper 'a'; there are"),
    ("{{#if}}{{/if}}", "line 1, column 4: the helper 'if' takes one value, not 0"),
    ("{{if a}}", "line 1, column 1: 'if' opens a block: '{{#if …}}'"),
    ("{{#role \"user\"}}{{/role}}", "line 1, column 1: 'role' opens no block"),
    ("{{role \"boss\"}}", "line 1, column 3: the role must be one of system, user, model"),
    ("{{role \"user}}", "line 1, column 8: this quoted text has no end"),
    ("{{> }}", "line 1, column 5: the name of a partial was expected"),
    ("{{> (a)}}", "line 1, column 5: a partial's name can't be worked out here"),
    ("{{> a b c}}", "a partial takes one context"),
    ("{{media}}", "line 1, column 3: 'media' takes an address"),
    ("{{section}}", "the helper 'section' takes one value, not 0"),
    ("{{json (section \"a\")}}", "'section' gives no value"),
    ("{{#each a as |x}}{{/each}}", "names and a closing '|' were expected"),
    ("{{json (if a)}}", "'if' gives no value"),
    ("{{json (a}}", "')' was expected"),
    ("{{{{raw}}}}", "raw blocks"),
  ])
  func aMistakeIsToldWithItsPlace(_ template: String, _ expected: String) throws {
    let message = try #require(error(template)).description
    #expect(message.contains(expected))
  }

  @Test func deepNestingIsRefusedBeforeItCanHurt() {
    let blocks = String(repeating: "{{#if a}}", count: 100_000)
    #expect(error(blocks)?.problem.contains("nested deeper") == true)
    let chain = "{{#if a}}" + String(repeating: "{{else if a}}", count: 100_000) + "{{/if}}"
    #expect(error(chain)?.problem.contains("nested deeper") == true)
    let calls = "{{json " + String(repeating: "(json ", count: 100_000) + "}}"
    #expect(error(calls)?.problem.contains("nested deeper") == true)
  }

  @Test(arguments: [
    // Loops that multiply.
    String(repeating: "{{#each @root.list}}", count: 20)
      + String(repeating: "{{/each}}", count: 20),
    String(repeating: "{{#each @root.list}}", count: 5) + "{{@root.text}}"
      + String(repeating: "{{/each}}", count: 5),
    // Work that leaves no trace.
    "{{#each list}}{{#each @root.list}}{{#if (json (json @root))}}{{/if}}{{/each}}{{/each}}",
    // Escapes that double with each round.
    String(repeating: "{{#with (json this) as |s|}}", count: 60)
      + String(repeating: "{{/with}}", count: 60),
  ])
  func aResultWithoutBoundsIsRefused(_ source: String) throws {
    let template = try Template(parsing: source)
    let values: JSON = [
      "list": .array(Array(repeating: "\"", count: 100)),
      "text": .string(String(repeating: "x", count: 1000)),
    ]
    #expect(throws: TemplateError.self) { try template.render(values) }
  }

  @Test func noBytesCanCrashTheParser() {
    var random = SeededRandom(seed: 7)
    let parts = [
      "{{", "}}", "{", "}", "~", "#", "/", "^", "!", "--", "if ", "each ", "else", "a", ".", "..",
      "@", "[", "]", "(", ")", "\"", "'", "\\", "=", "|", " as |", "\n", "é", "role ", "&", "1",
      ">", "media url=", "section ",
    ]
    var parsed = 0
    for _ in 0..<20_000 {
      let text = (0..<Int.random(in: 1...14, using: &random))
        .map { _ in parts.randomElement(using: &random) ?? "" }.joined()
      _ = Template.marks(in: Array(text.utf8))
      if let template = try? Template(parsing: text) {
        parsed += 1
        _ = try? template.render(["a": ["b", "c"]])
        _ = Template.partialNames(in: text)
      }
    }
    #expect(parsed > 100)
  }
}
