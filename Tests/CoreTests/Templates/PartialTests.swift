import Testing

@testable import Core

/// What a template comes to with partials, its messages joined by "|".
private func rendered(
  _ template: String, _ partials: [String: String], _ values: JSON = [:]
) throws -> String {
  try Template(parsing: template, partials: partials).render(values).messages.map(\.text)
    .joined(separator: "|")
}

@Suite struct PartialTests {
  @Test func aPartialTakesVariablesAsTheTemplateDoes() throws {
    let template = try Template(
      parsing: """
        {{a}}{{> one}}{{> two person}}{{> three x=y}}{{#each list}}{{> four}}{{/each}}{{> one}}
        """,
      partials: [
        "one": "{{b}}{{> inner}}", "inner": "{{c}}{{> one}}", "two": "{{name}}{{../up}}",
        "three": "{{x}}{{z}}", "four": "{{item}}{{../up}}{{@root.r}}", "unused": "{{",
      ])
    #expect(template.variables == ["a", "b", "c", "person", "y", "z", "list", "r"])
    #expect(template.unknownPartials.isEmpty)
  }

  @Test func aPartialSeesNothingAroundItsContext() throws {
    let values: JSON = ["list": [["n": 1]], "up": "U"]
    #expect(
      try rendered(
        "{{#each list as |item|}}{{> p}}{{/each}}", ["p": "{{n}}{{../up}}{{item.n}}."], values)
        == "1.")
  }

  @Test func partialsThatAreNotThereAreToldWithTheirPlaces() throws {
    let template = try Template(
      parsing: "é {{> a}}\n{{> b}}", partials: ["b": "\n {{> c}}"])
    #expect(
      template.unknownPartials.map(\.description) == [
        "line 1, column 3: there is no partial 'a': a file '_a.prompt' was expected beside the "
          + "prompt",
        "line 2, column 1: in the partial 'b', line 2, column 2: there is no partial 'c': a file "
          + "'_c.prompt' was expected beside the prompt",
      ])
    #expect(throws: template.unknownPartials[0]) { try template.render([:]) }
  }

  @Test func aBrokenPartialIsToldByThePlaceThatPutsItIn() {
    #expect {
      try Template(parsing: "x\n{{> a}}", partials: ["a": "{{> b}}", "b": "1\n{{#if}}{{/if}}"])
    } throws: {
      "\($0)" == "line 2, column 1: in the partial 'b', line 2, column 4: the helper 'if' takes "
        + "one value, not 0; a variable of that name is written 'this.if'"
    }
  }

  @Test func partialsWithoutEndAreRefused() throws {
    for partials in [
      ["a": "x{{> a}}"], ["a": "{{> b}}{{> b}}", "b": "{{> a}}{{> a}}"],
      ["a": "  {{> a}}\n{{> a}}\n"],
    ] {
      #expect(throws: TemplateError.self) { try rendered("{{> a}}", partials) }
    }
    let chain = Dictionary(uniqueKeysWithValues: (0..<5000).map { ("p\($0)", "{{> p\($0 + 1)}}") })
    #expect(throws: TemplateError.self) { try rendered("{{> p0}}", chain) }
  }

  @Test func namesAreFoundInABrokenText() {
    #expect(
      Template.partialNames(in: "{{> a}}{{#if}}{{>b-c x=1}}{{> \"d e\"}}{{> (f)}}{{~> g~}} {{open")
        == ["a", "b-c", "d e", "g"])
  }

  @Test func theFrontMatterOfAPartialIsNoText() throws {
    let file = try PromptFile(
      parsing: "---\nmodel: a/b\n---\n<{{> p}}>", name: "a.prompt",
      partials: ["p": "---\nmodel: c/d\n---\n\n {{x}} \n", "q": "plain \n"])
    #expect(file.model == "a/b")
    #expect(try file.messages(inputs: ["x": "1"], passages: []).messages.first?.text == "<1>")
  }

  @Test func linesThatEndInCRLFAreIndentedOnce() throws {
    #expect(try rendered("a\r\n  {{> p}}\r\nb", ["p": "1\r\n2\r\n"]) == "a\r\n  1\r\n  2\r\nb")
  }
}
