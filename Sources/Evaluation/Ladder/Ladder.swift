import Core

// The way of a task from its baseline on: steps over one frozen dataset, each beside the first and
// beside the one before.

/// Variants of one or more evaluations, as rows that can be compared.
public struct Ladder: Hashable, Sendable {
  public struct Row: Hashable, Sendable {
    public var step: LadderStep
    /// What its model was made of, where that is known.
    public var tuned: TunedModel?
    /// The id of the evaluation that it was measured in.
    public var evaluation: Identifier
    public var figures: VariantFigures
    /// Beside the first row; nil for that one.
    public var overBaseline: PairedVerdict?
    /// Beside the row before; nil for the first.
    public var overPrevious: PairedVerdict?

    public var name: String { figures.variant }
  }

  /// The hash of the dataset that all rows were measured on.
  public let datasetHash: String
  public let caseCount: Int
  public private(set) var rows: [Row]

  /// The rows of some evaluations, in the order of the steps; a variant that was measured again counts
  /// as it was last.
  ///
  /// Throws a sentence where one of them was measured on another dataset.
  ///
  /// - Parameters:
  ///   - records: the oldest first; at least one.
  ///   - tuned: the models that are known to be made of others.
  public init(
    _ records: [EvaluationRecord], tuned: [TunedModel] = []
  ) throws(ComparisonRefusal) {
    guard let first = records.first else {
      throw ComparisonRefusal("There is no evaluation to make a ladder of: run `whet eval FILE`.")
    }
    datasetHash = first.datasetHash
    caseCount = first.cases.count
    for record in records where record.datasetHash != first.datasetHash {
      throw ComparisonRefusal(
        "\(record.id) was measured on another dataset (\(ContentHash.short(record.datasetHash))) than "
          + "\(first.id) (\(ContentHash.short(first.datasetHash))): a ladder stands on one. Evaluate "
          + "the others on the changed dataset again, or leave it out.")
    }
    var measured: [(variant: EvaluationVariant, record: EvaluationRecord)] = []
    for record in records {
      for variant in record.variants {
        measured.removeAll { $0.variant.name == variant.name }
        measured.append((variant, record))
      }
    }
    let named = measured.first { $0.variant.kind == LadderStep.baseline.rawValue }
    guard let baseline = (named ?? measured.first) else {
      throw ComparisonRefusal("The evaluation has no variants.")
    }
    var steps: [(step: LadderStep, variant: EvaluationVariant, record: EvaluationRecord)] = []
    for (variant, record) in measured {
      let isBaseline = variant.name == baseline.variant.name
      let step =
        isBaseline ? .baseline : LadderStep(of: variant, from: baseline.variant, tuned: tuned)
      steps.append((step, variant, record))
    }
    let order = Dictionary(
      uniqueKeysWithValues: LadderStep.allCases.enumerated().map { ($1, $0) })
    // Those of the same kind stay in their order.
    let sorted = steps.enumerated().sorted {
      (order[$0.element.step] ?? 0, $0.offset) < (order[$1.element.step] ?? 0, $1.offset)
    }.map(\.element)
    rows = []
    for (place, step) in sorted.enumerated() {
      var row = Row(
        step: step.step, tuned: tuned.first { $0.model == step.variant.asked.model },
        evaluation: step.record.id,
        figures: VariantFigures(of: step.variant.name, in: step.record))
      if place > 0 {
        let (base, before) = (sorted[0], sorted[place - 1])
        row.overBaseline = try PairedVerdict(
          of: step.variant.name, in: step.record, against: base.variant.name, in: base.record)
        row.overPrevious = try PairedVerdict(
          of: step.variant.name, in: step.record, against: before.variant.name, in: before.record)
      }
      rows.append(row)
    }
  }
}

extension Ladder {
  /// The columns of the table, and a row a step.
  public var table: [[String]] {
    let costs = rows.contains { $0.figures.costPerThousand.map { $0.mean > 0 } ?? false }
    var header = ["step", "variant", "passed", "score", "latency", "tokens in", "out"]
    if costs { header.append("$/1,000") }
    header += ["over the baseline", "over the step before"]
    return [header]
      + rows.map { row in
        let figures = row.figures
        var cells = [
          row.step.words, row.name, figures.passRate?.shareText ?? "–",
          figures.score?.scoreText ?? "–",
          figures.latency.map { Numbers.duration($0.mean) } ?? "–",
          figures.inputTokens.map { Numbers.grouped(Int($0.mean.rounded())) } ?? "–",
          figures.outputTokens.map { Numbers.grouped(Int($0.mean.rounded())) } ?? "–",
        ]
        if costs {
          cells.append(
            figures.costPerThousand.map { Numbers.money(Money(dollars: $0.mean)) } ?? "–")
        }
        return cells + [row.overBaseline?.word ?? "", row.overPrevious?.word ?? ""]
      }
  }

  public var json: JSON {
    [
      "dataset": .string(datasetHash), "cases": .integer(caseCount),
      "rows": .array(
        rows.map { row in
          [
            "step": .string(row.step.rawValue), "tuned": row.tuned?.json ?? .null,
            "evaluation": .string(row.evaluation),
            "figures": row.figures.json, "over_baseline": row.overBaseline?.json ?? .null,
            "over_previous": row.overPrevious?.json ?? .null,
          ]
        }),
    ]
  }
}

extension PairedVerdict {
  /// `+12 better`, `-3 can't tell`.
  public var word: String {
    let points = Int((difference.mean * 100).rounded())
    let sign = points > 0 ? "+" : ""
    switch kind {
    case .better: return "\(sign)\(points) better"
    case .worse: return "\(sign)\(points) worse"
    case .cannotTell: return "\(sign)\(points) can't tell"
    }
  }
}
