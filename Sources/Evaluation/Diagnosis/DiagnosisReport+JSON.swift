import Core

// A diagnosis as JSON: what is kept, so that later ones can be drawn beside it. What it reads may have
// been changed by anyone, or be of a later whet.

/// Why a text is no diagnosis.
public struct DiagnosisReportError: Error, Equatable, Sendable, CustomStringConvertible {
  public let description: String
}

extension DiagnosisReport {
  /// Failures of a file that are read.
  private static let mostPlacements = 100_000

  /// `{"diagnosis":{…},"placements":[…],"summary":{…}}`; the summary is for other programs, and is made
  /// anew when this is read.
  public var json: JSON {
    [
      "diagnosis": [
        "evaluation": .string(ground.evaluation), "file": JSON(ground.file),
        "variant": .string(ground.variant), "prompt": JSON(ground.prompt),
        "index": JSON(ground.index), "dataset": .string(ground.datasetHash),
        "made_at": .number(madeAt), "cases": .integer(caseCount), "left_out": .integer(leftOut),
      ],
      "placements": .array(placements.map(\.json)),
      "summary": [
        "verdict": .string(verdict), "lever": JSON(lever?.rawValue),
        "causes": .array(counts.map(\.json)),
        "steps": .array(
          steps.map { step in
            [
              "lever": .string(step.lever.rawValue), "text": .string(step.text),
              "command": .string(step.command),
            ]
          }),
      ],
    ]
  }

  /// The diagnosis that such an object holds. Throws `DiagnosisReportError`.
  ///
  /// - Parameter name: of the file, for the error.
  public init(json: JSON, name: String) throws(DiagnosisReportError) {
    guard let head = json["diagnosis"], let evaluation = head["evaluation"]?.string,
      let variant = head["variant"]?.string, let dataset = head["dataset"]?.string,
      let madeAt = head["made_at"]?.double, madeAt.isFinite,
      let cases = head["cases"]?.integer, cases >= 0, let items = json["placements"]?.array
    else {
      throw DiagnosisReportError(
        description: "\(name) is no diagnosis: `whet diagnose --json` writes one.")
    }
    guard items.count <= Self.mostPlacements else {
      throw DiagnosisReportError(
        description: "\(name) holds more than \(Numbers.grouped(Self.mostPlacements)) failures.")
    }
    let placements = items.compactMap { Placement(json: $0) }
    guard placements.count == items.count else {
      throw DiagnosisReportError(
        description: "\(name) holds a failure that can't be read: a later whet may have written it."
      )
    }
    self.init(
      ground: Ground(
        evaluation: evaluation, file: head["file"]?.string, variant: variant,
        prompt: head["prompt"]?.string, index: head["index"]?.string, datasetHash: dataset),
      madeAt: madeAt, caseCount: cases, placements: placements,
      leftOut: max(0, head["left_out"]?.integer ?? 0))
  }
}

extension DiagnosisReport.Count {
  fileprivate var json: JSON {
    [
      "cause": .string(cause.rawValue), "count": .integer(count),
      "interval": [.number(interval.lowerBound), .number(interval.upperBound)],
      "examples": .array(examples.map(JSON.string)),
    ]
  }
}

extension Placement {
  var json: JSON {
    var object: JSON.Object = [
      "case": .string(caseID), "cause": .string(cause.rawValue),
      "knowledge": JSON(knowledge?.rawValue), "behaviour": JSON(behaviour?.rawValue),
      "evidence": .object(
        JSON.Object(
          Experiment.allCases.compactMap { experiment in
            evidence[experiment].map { .init(name: experiment.rawValue, value: $0.json) }
          })),
      "why": .string(sentence),
    ]
    if let search {
      object["search"] = [
        "question": .string(search.question), "passage": .string(search.passage),
        "rank": JSON(search.rank),
      ]
    }
    return .object(object)
  }

  /// Nil for an object that is none, or names a cause or a need that isn't known.
  init?(json: JSON) {
    guard let id = json["case"]?.string,
      let cause = json["cause"]?.string.flatMap(FailureCause.init),
      let sentence = json["why"]?.string
    else { return nil }
    var evidence: [Experiment: ExperimentTally] = [:]
    for member in json["evidence"]?.object?.members ?? [] {
      guard let experiment = Experiment(rawValue: member.name),
        let tally = ExperimentTally(json: member.value)
      else { return nil }
      evidence[experiment] = tally
    }
    let needs = (json["knowledge"]?.string, json["behaviour"]?.string)
    let knowledge = needs.0.flatMap(KnowledgeNeed.init)
    let behaviour = needs.1.flatMap(BehaviourNeed.init)
    guard needs.0 == nil || knowledge != nil, needs.1 == nil || behaviour != nil else { return nil }
    self.init(
      caseID: id, cause: cause, knowledge: knowledge, behaviour: behaviour, evidence: evidence,
      sentence: sentence, search: json["search"].flatMap { MissedSearch(json: $0) })
  }
}

extension Placement.MissedSearch {
  fileprivate init?(json: JSON) {
    guard let question = json["question"]?.string, let passage = json["passage"]?.string else {
      return nil
    }
    self.init(question: question, passage: passage, rank: json["rank"]?.integer.map { max(1, $0) })
  }
}

extension ExperimentTally {
  fileprivate var json: JSON {
    var object: JSON.Object = ["passed": .integer(passed), "failed": .integer(failed)]
    if errors > 0 { object["errors"] = .integer(errors) }
    return .object(object)
  }

  /// Nil where the numbers aren't those of askings.
  fileprivate init?(json: JSON) {
    let numbers = ["passed", "failed", "errors"].map { json[$0]?.integer ?? 0 }
    guard numbers.allSatisfy({ 0...1_000_000 ~= $0 }) else { return nil }
    self.init(passed: numbers[0], failed: numbers[1], errors: numbers[2])
  }
}
