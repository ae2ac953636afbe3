import Testing

@testable import Core

private struct SchemaCase: CustomTestStringConvertible, Sendable {
  let schema: String
  /// A part of the reason; nil for a schema that can be filled.
  let reason: String?
  var testDescription: String { schema }

  init(_ schema: String, _ reason: String? = nil) {
    self.schema = schema
    self.reason = reason
  }
}

private let hopeless = [
  SchemaCase("{type: string, enum: []}", "no value is left"),
  SchemaCase("{type: string, enum: [1, 2]}", "another type"),
  SchemaCase("{type: string, const: a, enum: [b]}", "no value is left"),
  SchemaCase("{type: integer, minimum: 5, maximum: 3}", "'minimum' is above 'maximum': 5 and 3"),
  SchemaCase("{type: integer, minimum: 0.2, maximum: 0.8}", "no whole number"),
  SchemaCase("{type: string, minLength: 5, maxLength: 3}", "'minLength' is above"),
  SchemaCase("{type: string, minLength: 5, enum: [abc]}", "out of the bounds"),
  SchemaCase(
    "{type: object, properties: {name: {type: string}}, required: [nmae]}", "did you mean 'name'?"),
  SchemaCase("{type: object, additionalProperties: false, required: [a]}", "'a' is required"),
  SchemaCase(
    "{type: object, properties: {a: {enum: []}}, required: [a]}", "'a' is required, and no value"),
  SchemaCase("{type: object, not: {}}", "'not' of everything"),
  SchemaCase("{type: array, minItems: 1, items: {enum: []}}", "1 or more items"),
  SchemaCase("{type: object, allOf: [{type: string}]}", "all the types"),
  SchemaCase("{type: string, allOf: [{minLength: 5}, {maxLength: 2}]}", "'minLength' is above"),
  SchemaCase("{type: string, anyOf: [{enum: []}, {type: number}]}", "none of its choices"),
  SchemaCase("{type: string, anyOf: []}", "nothing to choose from"),
  SchemaCase("{type: object, properties: {a: {$ref: '#/nope'}}, required: [a]}", "isn't there"),
  SchemaCase(
    "{type: object, properties: {next: {$ref: '#'}}, required: [next]}", "without an end"),
  SchemaCase(
    "{type: object, properties: {n: {$ref: '#/$defs/n'}}, required: [n], "
      + "$defs: {n: {type: object, properties: {n: {$ref: '#/$defs/n'}}, required: [n]}}}",
    "without an end"),
  SchemaCase(
    "{type: object, properties: {a: {type: strng}}, required: [a]}", "did you mean 'string'?"),
  SchemaCase(
    "{type: object, properties: {a: {}}, additionalProperties: false, minProperties: 2}",
    "'minProperties'"),
]

private let possible = [
  SchemaCase("{type: object}"),
  SchemaCase("{type: string, enum: [a, b]}"),
  SchemaCase("{type: array, items: {type: string}, minItems: 3}"),
  SchemaCase(
    "{type: object, properties: {a: {type: string}}, required: [a], additionalProperties: false}"),
  SchemaCase(
    "{type: object, properties: {next: {anyOf: [{$ref: '#'}, {type: 'null'}]}}, required: [next]}"),
  SchemaCase(
    "{type: object, properties: {children: {type: array, items: {$ref: '#'}}}, required: [children]}"
  ),
  SchemaCase(
    "{type: object, allOf: [{$ref: '#/$defs/a'}, {$ref: '#/$defs/a'}], $defs: {a: {properties: {x: {type: string}}}}}"
  ),
  SchemaCase("{type: string, minLength: 3, maxLength: 3}"),
  SchemaCase(
    "{type: object, properties: {a: {type: string}}, patternProperties: {'^x': {}}, required: [xy]}"
  ),
  SchemaCase("{type: object, required: [a]}"),
  SchemaCase("{type: number, minimum: 0, maximum: 0}"),
  SchemaCase("{type: object, properties: {a: false, b: {not: {}}}}"),
]

@Suite struct SchemaFindingsTests {
  private func findings(_ schema: String) -> [LintFinding] {
    PromptLint.findings(in: "---\noutput:\n  schema: \(schema)\n---\nAs JSON.", name: "x")
  }

  @Test(arguments: hopeless)
  private func aSchemaThatNothingFitsIsAnError(_ schemaCase: SchemaCase) {
    let findings = findings(schemaCase.schema)
    #expect(findings.map(\.rule) == [.schema])
    #expect(findings.first?.severity == .error)
    #expect(findings.first?.message.contains(schemaCase.reason ?? "") == true, "\(findings)")
  }

  @Test(arguments: possible)
  private func aSchemaThatCanBeFilledIsNone(_ schemaCase: SchemaCase) {
    let findings = findings(schemaCase.schema)
    #expect(findings.isEmpty, "\(findings)")
  }

  @Test func theLineIsThatOfTheContradiction() {
    let text = """
      ---
      output:
        schema:
          type: object
          properties:
            stars:
              type: integer
              minimum: 5
              maximum: 1
          required: [stars]
      ---
      As JSON.
      """
    #expect(PromptLint.findings(in: text, name: "x").map(\.line) == [9])
  }

  @Test func anOptionalPropertyThatNothingFitsIsAWarning() {
    let findings = findings("{type: object, properties: {a: {enum: []}}}")
    #expect(findings.map(\.severity) == [.warning])
  }
}
