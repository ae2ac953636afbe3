// The rule about schemas: those that no value fits, so that no model can fill them, and those that
// ask for what they don't describe.

extension LintedPrompt {
  var schemaFindings: [LintFinding] {
    guard let front else { return [] }
    var findings = findings(inSchema: front["output"]?["schema"], of: "output.schema")
    findings += self.findings(inSchema: front["input"]?["schema"], of: "input.schema")
    for tool in front["tools"]?.list ?? [] {
      let function = tool["function"] ?? tool
      let name = function["name"]?.scalar?.string ?? "a tool"
      findings += self.findings(
        inSchema: function["parameters"] ?? function["inputSchema"],
        of: "the parameters of '\(name)'")
    }
    return findings
  }

  private func findings(inSchema schema: YAML?, of place: String) -> [LintFinding] {
    guard let schema, JSONSchemaForm.isSchema(schema) else { return [] }
    var satisfiability = SchemaSatisfiability(root: schema)
    var findings: [LintFinding] = []
    if let reason = satisfiability.reasonAgainst(schema) {
      findings.append(
        LintFinding(
          .error, .schema, line: reason.line, "no answer can fit \(place): \(reason.problem)"))
    } else {
      findings += satisfiability.hopelessParts(of: schema).map { reason in
        LintFinding(.warning, .schema, line: reason.line, "in \(place), \(reason.problem)")
      }
    }
    return findings
  }
}

/// Tells JSON schemas from Picoschema, by the format's own rule
/// (https://google.github.io/dotprompt/reference/picoschema).
private enum JSONSchemaForm {
  static func isSchema(_ value: YAML) -> Bool {
    guard value.map != nil else { return false }
    if let type = value["type"]?.scalar?.string { return SchemaType(rawValue: type) != nil }
    return value["properties"]?.map != nil || value["type"]?.list != nil
      || ["anyOf", "oneOf", "allOf", "$ref", "enum", "const"].contains { value[$0] != nil }
  }
}
