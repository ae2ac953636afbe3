import Testing

@testable import Core

// A translated template says the same: it is rendered and compared with what Nunjucks makes of it.

private struct Translation: CustomTestStringConvertible, Sendable {
  let source: String
  let values: JSON
  let expected: String
  var testDescription: String { source }

  init(_ source: String, _ values: JSON, _ expected: String) {
    self.source = source
    self.values = values
    self.expected = expected
  }
}

private let translations = [
  Translation("Hi {{ name }}{{name}}!", ["name": "Bo"], "Hi BoBo!"),
  Translation(
    "{{ a.b }} {{ a['c d'] }} {{ l[1] }}", ["a": ["b": 1, "c d": 2], "l": [3, 4]], "1 2 4"),
  Translation("{{ role }} {{ history }}", ["role": "cook", "history": "old"], "cook old"),
  Translation("{{ a | dump }}{{ b | safe }}", ["a": ["x": 1], "b": "<b>"], "{\"x\":1}<b>"),
  Translation("a {% if x %}b{% else %}c{% endif %} d", ["x": true], "a b d"),
  Translation("a {% if not x %}b{% else %}c{% endif %} d", ["x": true], "a c d"),
  Translation(
    "{% if x == 'a' %}1{% elif x == \"b\" %}2{% else %}3{% endif %}", ["x": "b"], "2"),
  Translation("{% if x != 'a' %}1{% endif %}", ["x": "b"], "1"),
  Translation(
    "{% for p in people %}{{ p.name }} of {{ town }}{% if not loop.last %}, {% endif %}{% endfor %}",
    ["people": [["name": "A"], ["name": "B"]], "town": "T"], "A of T, B of T"),
  Translation(
    "{% for k, v in map %}{{ k }}={{ v }};{% endfor %}", ["map": ["a": 1, "b": 2]], "a=1;b=2;"),
  Translation(
    "{% for r in rows %}{% for c in r.cells %}{{ r.n }}{{ c }}{{ x }} {% endfor %}{% endfor %}",
    ["rows": [["n": 1, "cells": ["a", "b"]]], "x": "!"], "1a! 1b! "),
  Translation("{% for role in roles %}{{ role }}{% endfor %}", ["roles": ["a", "b"]], "ab"),
  Translation(
    "{% for x in none %}a{% else %}{{ b }}{% endfor %}", ["none": [], "b": "empty"], "empty"),
  Translation("a {#- gone -#} b", [:], "ab"),
  Translation("{% raw %}{{ x }}{% endraw %}", ["x": 1], "{{ x }}"),
  Translation("a {{- x -}} b", ["x": 1], "a1b"),
  Translation("json: {\"a\": {\"b\":{{ x }}}}", ["x": 1], "json: {\"a\": {\"b\":1}}"),
  Translation("C:\\{{ x }} \\\\{{ x }}", ["x": 1], "C:\\1 \\\\1"),
]

@Suite struct NunjucksTests {
  @Test(arguments: translations)
  private func aTranslationSaysTheSame(_ translation: Translation) throws {
    let translated = NunjucksTranslation(translation.source, place: "x")
    #expect(translated.notes.isEmpty, "\(translated.notes)")
    let template = try Template(parsing: translated.text.source)
    let rendered = try template.render(translation.values).messages.map(\.text)
    #expect(rendered == [translation.expected], "\(translated.text.source)")
  }

  @Test(arguments: [
    "a\n{{ name | upper }}", "a\n{% if a and b %}x{% endif %}", "a\n{% set x = 1 %}",
    "a\n{% for x in range(3) %}{% endfor %}", "a\n{{ 1 + 2 }}", "a\n{% endif %}", "a\n{% if x %}",
    "a\n{% include 'x' %}", "a\n{{ f(x) }}",
  ])
  func whatHasNoCounterpartStaysAndIsToldWithItsLine(_ source: String) throws {
    let translated = NunjucksTranslation(source, place: "x")
    #expect(translated.notes.map(\.line) == [2])
    let template = try Template(parsing: translated.text.source)
    #expect(try template.render([:]).messages.map(\.text) == [source])
  }

  @Test(arguments: [
    "{{", "}}", "{{{", "{{{{", "\\{{", "\\\\{{x", "{", "\\", "a{{b}}c", "{{#if x}}", "{{{x}}}",
    "\\{{{x}}}", "{\\{{", "{{{{{{{", "{{!-- x --}}", "{{> x}}",
  ])
  func aTextThatLooksLikeATagComesOutAsItIs(_ text: String) throws {
    let alone = TemplateText(literal: text).source
    #expect(try Template(parsing: alone).render([:]).messages.map(\.text) == [text])
    var between = TemplateText(literal: text)
    between.append(tag: "{{x}}")
    between.append(literal: text)
    between.append(tag: "{{x}}")
    let rendering = try Template(parsing: between.source).render(["x": "-"])
    #expect(rendering.messages.map(\.text) == ["\(text)-\(text)-"], "\(between.source)")
  }
}
