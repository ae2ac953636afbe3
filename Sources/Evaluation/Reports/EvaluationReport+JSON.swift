import Core

// A report as JSON: `{"results":[{"case","variant","repeat","output","pass","score","error",
// "assertions":[{"type","pass","score","reason"}]}],"summary":{…}}`, and as CSV, a row a result. They are
// written piece by piece: ten thousand answers need not stand in memory twice.

extension EvaluationReport {
  public func writeJSON(_ piece: (String) throws -> Void) rethrows {
    try piece("{\"results\":[")
    for (place, result) in record.results.enumerated() {
      try piece((place > 0 ? ",\n" : "\n") + result.json.text)
    }
    try piece("\n],\"summary\":\(summary.text)}\n")
  }

  /// What all results come to.
  public var summary: JSON {
    var object: JSON.Object = [
      "id": .string(record.id), "name": .string(record.name),
      "started_at": .number(record.startedAt), "dataset": .string(record.datasetHash),
      "cases": .array(record.cases.map { .string($0.id) }),
      "repeats": .integer(record.repeatCount),
      "variants": .array(figures.map(\.json)),
    ]
    let verdicts = verdicts.compactMap { $0 }
    if !verdicts.isEmpty { object["verdicts"] = .array(verdicts.map(\.json)) }
    return .object(object)
  }

  /// The rows of a table, as RFC 4180 has them; a text of a model that a spreadsheet would take for a
  /// formula has an apostrophe before it.
  public func writeCSV(_ piece: (String) throws -> Void) rethrows {
    let header = [
      "case", "variant", "repeat", "pass", "score", "error", "reason", "output", "finish_reason",
      "milliseconds", "input_tokens", "output_tokens", "cost_usd",
    ]
    try piece(header.joined(separator: ",") + "\r\n")
    for result in record.results {
      let fields = [
        result.caseID, result.variant, String(result.repetition),
        result.grade.map { $0.passed ? "true" : "false" } ?? "",
        result.grade.map { JSON.number($0.score).text } ?? "", result.error ?? "",
        result.grade?.passed == false ? result.firstReason ?? "" : "", result.output,
        result.finishReason?.rawValue ?? "", JSON.number(result.milliseconds).text,
        String(result.usage.inputTokens), String(result.usage.outputTokens),
        result.cost.map { JSON.number($0.dollars).text } ?? "",
      ]
      try piece(fields.map(\.csvField).joined(separator: ",") + "\r\n")
    }
  }
}

extension EvaluationResult {
  /// As a report has it; `pass` and `score` are null where it could not be measured.
  public var json: JSON {
    [
      "case": .string(caseID), "variant": .string(variant), "repeat": .integer(repetition),
      "output": .string(output), "pass": grade.map { .bool($0.passed) } ?? .null,
      "score": JSON(grade?.score), "error": JSON(error),
      "assertions": .array((grade?.assertions ?? []).map(\.json)),
      "finish_reason": JSON(finishReason?.rawValue), "latency_ms": .number(milliseconds),
      "input_tokens": .integer(usage.inputTokens), "output_tokens": .integer(usage.outputTokens),
      "cost_usd": JSON(cost?.dollars),
    ]
  }

  /// The result that such an object holds; nil when it isn't one.
  init?(json: JSON) {
    guard let caseID = json["case"]?.string, let variant = json["variant"]?.string else {
      return nil
    }
    self.init(
      caseID: caseID, variant: variant, repetition: json["repeat"]?.integer ?? 1,
      output: json["output"]?.string ?? "", grade: Grade(json: json), error: json["error"]?.string,
      finishReason: json["finish_reason"]?.string.flatMap(FinishReason.init),
      milliseconds: json["latency_ms"]?.double ?? 0,
      usage: Usage(
        inputTokens: json["input_tokens"]?.tokenCount ?? 0,
        outputTokens: json["output_tokens"]?.tokenCount ?? 0),
      cost: json["cost_usd"]?.double.map { Money(dollars: $0) })
  }
}

extension EvaluationRecord {
  /// The evaluation that a report's JSON tells of, to compare with: its cases by their ids alone.
  ///
  /// Throws `EvaluationFileError` where it is no such report.
  public init(report text: String, name: String) throws(EvaluationFileError) {
    let json: JSON
    do {
      json = try JSON(parsing: text)
    } catch {
      throw EvaluationFileError("\(name):\(error.line): this is not JSON: \(error.problem)")
    }
    guard let items = json["results"]?.array, let hash = json["summary"]?["dataset"]?.string,
      let variants = json["summary"]?["variants"]?.array?.compactMap({ $0["name"]?.string })
    else {
      throw EvaluationFileError(
        "\(name) is no report of an evaluation: `whet eval show -o \(name)` writes one.")
    }
    let results = items.compactMap { EvaluationResult(json: $0) }
    guard results.count == items.count else {
      throw EvaluationFileError("\(name): a result in it names no case and no variant.")
    }
    let ids = json["summary"]?["cases"]?.array?.compactMap(\.string) ?? []
    self.init(
      id: json["summary"]?["id"]?.string ?? "", name: json["summary"]?["name"]?.string ?? name,
      startedAt: json["summary"]?["started_at"]?.double ?? 0, datasetHash: hash,
      cases: ids.map { EvaluationCase(id: $0, inputs: [:]) },
      variants: variants.map {
        EvaluationVariant(name: $0, promptText: "", asked: Variant(.echo))
      },
      repeatCount: max(1, json["summary"]?["repeats"]?.integer ?? 1), results: results)
  }
}

extension VariantFigures {
  /// Its figures, each `{"mean","low","high"}`; null where there are none.
  public var json: JSON {
    func json(_ estimate: Estimate?) -> JSON { estimate?.json ?? .null }
    func groups(_ groups: [Group]) -> JSON {
      .object(
        JSON.Object(
          groups.map {
            JSON.Object.Member(
              name: $0.name,
              value: .object(
                JSON.Object(
                  ($0.estimate.json.object?.members ?? []) + [
                    JSON.Object.Member(name: "count", value: .integer($0.count))
                  ])))
          }))
    }
    return [
      "name": .string(variant), "passed": .integer(passed), "failed": .integer(failed),
      "unmeasured": .integer(unmeasured), "missing": .integer(missing),
      "pass_rate": json(passRate), "score": json(score), "latency_ms": json(latency),
      "latency_p95_ms": json(latency95), "cost_per_1000_usd": json(costPerThousand),
      "input_tokens": json(inputTokens), "output_tokens": json(outputTokens),
      "pass_hat_k": .array(allPass.map(JSON.number)), "metrics": groups(metrics),
      "tags": groups(tags),
    ]
  }
}

extension PairedVerdict {
  /// Its figures and its sentence; `verdict` is `better`, `worse` or `cannot-tell`.
  public var json: JSON {
    var more: Int?
    let name =
      switch kind {
      case .better: "better"
      case .worse: "worse"
      case .cannotTell: "cannot-tell"
      }
    if case .cannotTell(let cases) = kind { more = cases }
    return [
      "variant": .string(variant), "baseline": .string(baseline), "verdict": .string(name),
      "cases": .integer(cases), "gained": .array(gained.map(JSON.string)),
      "lost": .array(lost.map(JSON.string)), "difference": difference.json,
      "p": .number(pValue), "score_difference": scoreDifference.json,
      "more_cases_needed": JSON(more), "sentence": .string(sentence),
    ]
  }
}

extension String {
  /// The text as a field of CSV.
  var csvField: String {
    var text = self
    // A number is what it is; anything else that begins so would be computed.
    if let first = text.first, "=+-@\t\r".contains(first), Double(text) == nil { text = "'" + text }
    guard text.contains(where: { $0 == "," || $0 == "\"" || $0.isNewline }) else { return text }
    return "\"" + text.replacing("\"", with: "\"\"") + "\""
  }
}
