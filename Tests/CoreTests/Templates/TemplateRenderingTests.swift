import Testing

@testable import Core

/// What a template comes to, its messages joined by "|".
private func rendered(_ template: String, _ values: JSON = [:]) throws -> String {
  try Template(parsing: template).render(values).messages.map(\.text).joined(separator: "|")
}

@Suite struct TemplateRenderingTests {
  @Test(arguments: [
    ("Hello {{name}}!", "Hello Ada!"),
    ("{{ name }}", "Ada"),
    ("{{{name}}} {{&name}}", "Ada Ada"),
    ("{{html}}", "<b>&\"'"),
    ("{{address.city}} {{address/city}}", "Bonn Bonn"),
    ("{{this.name}} {{./name}}", "Ada Ada"),
    ("{{[odd name]}}", "yes"),
    ("{{list.1}} {{list.[0]}} {{list.length}}", "b a 2"),
    ("{{one}} {{half}} {{yes}} {{none}}.", "1 0.5 true ."),
    ("{{list}}", "a,b"),
    ("{{日本}}", "語"),
    ("{{@root.name}}", "Ada"),
    ("{{lookup address \"city\"}} {{lookup list 1}}", "Bonn b"),
  ])
  func valuesStandWhereTheyAreNamed(_ template: String, _ expected: String) throws {
    let values: JSON = [
      "name": "Ada", "html": "<b>&\"'", "address": ["city": "Bonn"], "odd name": "yes",
      "list": ["a", "b"], "one": 1, "half": 0.5, "yes": true, "none": nil, "日本": "語",
    ]
    #expect(try rendered(template, values) == expected)
  }

  @Test(arguments: [
    ("{{#if a}}A{{else}}B{{/if}}", "A"),
    ("{{#if z}}A{{else}}B{{/if}}", "B"),
    ("{{#if zero}}A{{else}}B{{/if}}", "B"),
    ("{{#if zero includeZero=true}}A{{else}}B{{/if}}", "A"),
    ("{{#if empty}}A{{else}}B{{/if}}", "B"),
    ("{{#if none}}A{{else}}B{{/if}}", "B"),
    ("{{#if object}}A{{else}}B{{/if}}", "A"),
    ("{{#unless z}}A{{/unless}}", "A"),
    ("{{#unless a}}A{{^}}B{{/unless}}", "B"),
    ("{{#if z}}A{{else if a}}B{{else}}C{{/if}}", "B"),
    ("{{#if z}}A{{else if z}}B{{else if z}}C{{else}}D{{/if}}", "D"),
    ("{{#if z}}A{{else unless z}}B{{/if}}", "B"),
    ("{{#ifEquals a \"x\"}}A{{else}}B{{/ifEquals}}", "A"),
    ("{{#ifEquals one 1.0}}A{{else}}B{{/ifEquals}}", "A"),
    ("{{#ifEquals one \"1\"}}A{{else}}B{{/ifEquals}}", "B"),
    ("{{#unlessEquals a 'y'}}A{{else}}B{{/unlessEquals}}", "A"),
    ("{{#object}}{{in}}{{/object}}{{#none}}no{{/none}}{{^none}}yes{{/none}}", "oyes"),
    ("{{#yes}}{{a}}{{/yes}}", "x"),
  ])
  func conditionsChooseABranch(_ template: String, _ expected: String) throws {
    let values: JSON = [
      "a": "x", "zero": 0, "one": 1, "empty": "", "none": [], "object": ["in": "o"], "yes": true,
    ]
    #expect(try rendered(template, values) == expected)
  }

  @Test(arguments: [
    ("{{#each list}}{{@index}}={{this}};{{/each}}", "0=a;1=b;2=c;"),
    ("{{#each list}}{{this}}{{#unless @last}},{{/unless}}{{/each}}", "a,b,c"),
    ("{{#each list}}{{#if @first}}>{{/if}}{{.}}{{/each}}", ">abc"),
    ("{{#each map}}{{@key}}:{{this}} {{/each}}", "x:1 y:2 "),
    ("{{#each list as |item i|}}{{i}}{{item}}{{/each}}", "0a1b2c"),
    ("{{#each none}}A{{else}}nothing{{/each}}", "nothing"),
    ("{{#each list}}{{../name}}{{/each}}", "NNN"),
    ("{{#each list}}{{#if true}}{{../name}}{{/if}}{{/each}}", "NNN"),
    ("{{#each list}}{{name}}{{/each}}.", "."),
    ("{{#each rows}}{{#each this}}{{@../index}}{{@index}} {{/each}}{{/each}}", "00 01 10 "),
    ("{{#each rows}}{{#each .}}{{../../name}}{{/each}}{{/each}}", "NNN"),
    ("{{#with map}}{{x}}{{../name}}{{/with}}", "1N"),
    ("{{#with map as |m|}}{{m.y}}{{/with}}", "2"),
    ("{{#with nothing}}A{{else}}B{{/with}}", "B"),
    ("{{#list}}{{.}}-{{/list}}", "a-b-c-"),
    ("{{#each text}}A{{else}}no list{{/each}}", "no list"),
  ])
  func blocksChangeTheContext(_ template: String, _ expected: String) throws {
    let values: JSON = [
      "list": ["a", "b", "c"], "map": ["x": 1, "y": 2], "none": [], "name": "N", "text": "abc",
      "rows": [["p", "q"], ["r"]],
    ]
    #expect(try rendered(template, values) == expected)
  }

  @Test(arguments: [
    ("{{json value}}", #"{"b":[1,null],"a":"x\"y"}"#),
    ("{{json value.b indent=2}}", "[\n  1,\n  null\n]"),
    ("{{json nothing}}.", "."),
    ("{{value}}", #"{"b":[1,null],"a":"x\"y"}"#),
  ])
  func jsonKeepsTheOrderOfMembers(_ template: String, _ expected: String) throws {
    #expect(try rendered(template, ["value": ["b": [1, nil], "a": "x\"y"]]) == expected)
  }

  @Test(arguments: [
    // Lines that hold a block's tag only go as a whole.
    ("a\n{{#if yes}}\nb\n{{/if}}\nc", "a\nb\nc"),
    ("a\n  {{#if yes}}  \n  b\n  {{/if}}\nc", "a\n  b\nc"),
    ("{{#if yes}}\nb\n{{else}}\nc\n{{/if}}\n", "b\n"),
    ("{{#if no}}\nb\n{{else}}\nc\n{{/if}}", "c\n"),
    ("a\r\n{{#if yes}}\r\nb\r\n{{/if}}\r\nc", "a\r\nb\r\nc"),
    ("a {{#if yes}}\nb\n{{/if}} c", "a \nb\n c"),
    ("{{#each list}}\n- {{this}}\n{{/each}}\nend", "- x\n- y\nend"),
    ("a\n{{#if yes}}{{#if yes}}\nb\n{{/if}}{{/if}}\nc", "a\n\nb\n\nc"),
    ("a\n\n{{#if yes}}\n\nb\n\n{{/if}}\n\nc", "a\n\n\nb\n\n\nc"),
    // So do comments.
    ("a\n{{! note }}\nb", "a\nb"),
    ("a\n  {{!-- with }} in it --}}  \nb", "a\nb"),
    ("a {{! note }} b", "a  b"),
    ("{{!\n over\n lines\n}}\nb", "b"),
    // Values never do.
    ("a\n{{name}}\nb", "a\nN\nb"),
    // White space control.
    ("a {{~name~}} b", "aNb"),
    ("a \n\n {{~#if yes~}} \n b \n {{~/if~}} \n c", "abc"),
    ("a {{~! note ~}} b", "ab"),
    ("a {{~!-- note --~}} b", "ab"),
    ("a {{~{name}~}} b", "aNb"),
    ("{{#if no}}a{{~ else ~}} \n b {{/if}}", "b "),
    ("a\u{3000}{{~name}}", "aN"),
    // Braces that are text.
    ("\\{{name}} {{name}}", "{{name}} N"),
    ("\\\\{{name}}", "\\N"),
    ("{ {{name}} } {\"a\": {\"b\": 1}}", "{ N } {\"a\": {\"b\": 1}}"),
  ])
  func whiteSpaceAroundTagsIsThatOfHandlebars(_ template: String, _ expected: String) throws {
    let values: JSON = ["yes": true, "no": false, "name": "N", "list": ["x", "y"]]
    #expect(try rendered(template, values) == expected)
  }

  @Test func variablesAreTheFreeNamesInOrderOfFirstUse() throws {
    let template = try Template(
      parsing: """
        {{role "system"}}{{#if tone}}Be {{tone}}.{{/if}}
        {{#each passages as |p i|}}[{{index}}] {{text}} {{../limit}} {{p.x}} {{@index}}{{/each}}
        {{#with customer}}{{name}}{{@root.shop}}{{/with}} {{json question}} {{lookup prices item}}
        {{this.order.id}} {{#unless tone}}{{/unless}}
        """)
    #expect(
      template.variables == [
        "tone", "passages", "limit", "customer", "shop", "question", "prices", "item", "order",
      ])
  }

  @Test func missingVariablesAreNamedAndLeaveNothingBehind() throws {
    let template = try Template(
      parsing:
        "{{b}}{{a}}{{#if c}}{{c}}{{/if}}{{#each d}}{{x}}{{/each}}{{#each e}}{{else}}{{/each}}")
    let rendering = try template.render(["f": 1])
    #expect(rendering.missing == ["b", "a", "d"])
    #expect(rendering.messages.isEmpty)
    #expect(rendering.warning == "no values for the variables 'b', 'a' and 'd'")
    #expect(try template.render(["b": "", "a": nil, "d": [["x": ""]]]).missing.isEmpty)
  }
}
