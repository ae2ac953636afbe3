// The rule about schemas: those that no value fits, so that no model can fill them, and those that
// ask for what they don't describe.

extension LintedPrompt {
  var schemaFindings: [LintFinding] {
    guard let front else { return [] }
    var findings = findings(
      inSchema: front["output"]?["schema"], asJSON: prompt?.outputSchema, of: "output.schema")
    findings += self.findings(
      inSchema: front["input"]?["schema"], asJSON: prompt?.inputSchema, of: "input.schema")
    for tool in front["tools"]?.list ?? [] {
      let function = tool["function"] ?? tool
      let name = function["name"]?.scalar?.string ?? "a tool"
      findings += self.findings(
        inSchema: function["parameters"] ?? function["inputSchema"], asJSON: nil,
        of: "the parameters of '\(name)'")
    }
    return findings
  }

  /// - Parameter json: what a schema in Picoschema comes to.
  private func findings(
    inSchema written: YAML?, asJSON json: JSON?, of place: String
  ) -> [LintFinding] {
    guard let written, written.scalar != .null else { return [] }
    // A JSON schema is looked at as it is written, with its lines; Picoschema has them no more.
    let schema = written.isJSONSchema ? written : json.map { YAML($0, line: written.line) }
    guard let schema else { return [] }
    var satisfiability = SchemaSatisfiability(root: schema)
    if let reason = satisfiability.reasonAgainst(schema) {
      return [
        LintFinding(
          .error, .schema, line: reason.line, "nothing can fit \(place): \(reason.problem)")
      ]
    }
    return satisfiability.hopelessParts(of: schema).map { reason in
      LintFinding(.warning, .schema, line: reason.line, "in \(place), \(reason.problem)")
    }
  }
}

extension YAML {
  /// Whether it is a JSON schema and not Picoschema, by the format's own rule
  /// (https://google.github.io/dotprompt/reference/picoschema).
  fileprivate var isJSONSchema: Bool {
    if self["properties"]?.map != nil { return true }
    return self["type"]?.scalar?.string.flatMap(SchemaType.init) != nil
  }
}
