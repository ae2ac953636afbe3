import Testing

@testable import Core

@Suite("Values of variables")
struct InputValueTests {
  @Test("A text that begins with @ names a file, with @@ it stands for itself")
  func texts() {
    #expect(InputText("@notes.md") == .file("notes.md"))
    #expect(InputText("@~/my notes.md") == .file("~/my notes.md"))
    #expect(InputText("@@user") == .literal("@user"))
    for text in ["", "@", "@ home", "a@b.de", "@two\nlines"] {
      #expect(InputText(text) == .literal(text))
    }
    for value in ["@notes.md", "@@x", "@", "plain", "@ home", "@two\nlines"] {
      #expect(InputText(InputText.typed(value)) == .literal(value))
    }
  }

  private func prompt(_ text: String) throws -> PromptFile {
    try PromptFile(parsing: text, name: "test")
  }

  @Test("A list or an object is one where the template loops over it or looks into it")
  func structured() throws {
    let file = try prompt("{{#each items}}{{this}};{{/each}}{{user.name}} {{plain}}")
    #expect(file.value(ofInput: "[1, 2]", for: "items") == [1, 2])
    #expect(file.value(ofInput: "{\"name\": \"Ada\"}", for: "user") == ["name": "Ada"])
    #expect(file.value(ofInput: "[1, 2]", for: "plain") == "[1, 2]")
    #expect(file.value(ofInput: "[1, ", for: "items") == "[1, ")
    #expect(file.value(ofInput: "12", for: "items") == "12")
    let inputs = ["items": "[\"a\",\"b\"]", "user": "{\"name\":\"Ada\"}", "plain": "[x]"]
    #expect(try file.messages(inputs: inputs, passages: []).messages.first?.text == "a;b;Ada [x]")
  }

  @Test("Names in a loop are not the template's variables, and what is around them is")
  func structuredVariables() throws {
    let file = try prompt("{{#each a}}{{b.c}}{{../d.e}}{{@root.f.g}}{{/each}}{{#h}}x{{/h}}{{i}}")
    #expect(file.template.structuredVariables == ["a", "d", "f", "h"])
  }

  @Test("The schema and the defaults say what else is no text")
  func typed() throws {
    let file = try prompt(
      """
      ---
      input:
        schema:
          count: integer, how many
          isNew?: boolean
          tags(array, words): string
          name: string
        default: {size: 3}
      ---
      {{count}}{{isNew}}{{tags}}{{name}}{{size}}
      """)
    #expect(file.value(ofInput: "12", for: "count") == 12)
    #expect(file.value(ofInput: "1.5", for: "count") == "1.5")
    #expect(file.value(ofInput: "false", for: "isNew") == false)
    #expect(file.value(ofInput: "no", for: "isNew") == "no")
    #expect(file.value(ofInput: "[\"a\"]", for: "tags") == ["a"])
    #expect(file.value(ofInput: "12", for: "name") == "12")
    #expect(file.value(ofInput: "4.5", for: "size") == 4.5)
    let count = VariableDeclaration(type: "integer", description: "how many", isRequired: true)
    #expect(file.declaration(of: "count") == count)
    #expect(file.declaration(of: "isNew")?.isRequired == false)
    let tags = VariableDeclaration(type: "array", description: "words", isRequired: true)
    #expect(file.declaration(of: "tags") == tags)
    #expect(file.declaration(of: "size") == nil)
  }

  @Test("A JSON schema declares variables, too")
  func jsonSchema() throws {
    let file = try prompt(
      """
      ---
      input:
        schema:
          type: object
          required: [count]
          properties:
            count: {type: number, description: how many}
            name: {}
      ---
      """)
    let count = VariableDeclaration(type: "number", description: "how many", isRequired: true)
    #expect(file.declaration(of: "count") == count)
    #expect(file.declaration(of: "name")?.isRequired == false)
    #expect(file.declaration(of: "other") == nil)
  }

  @Test("A case's passages are texts, objects, or passages as runs keep them")
  func givenPassages() throws {
    let kept = Passage(source: "a/b.md", headings: ["H"], bytes: 4..<8, lines: 2...3, text: "text")
    let given = try #require(
      Passage.given(["plain\ntext", ["text": "t", "source": "s.md"], kept.json, 3]))
    #expect(given.map(\.text) == ["plain\ntext", "t", "text", "3"])
    #expect(given.map(\.source) == ["passage 1", "s.md", "a/b.md", "passage 4"])
    #expect(given[0].lines == 1...2)
    #expect(given[2].bytes == 4..<8)
    #expect(Passage.given("[\"a\"]")?.map(\.text) == ["a"])
    #expect(Passage.given("not a list") == nil)
  }
}
