import Core
import Evaluation

// A proof for programs: one object, what isn't known is null.

extension TuningProof {
  public var json: JSON {
    [
      "name": .string(name), "evaluation": .string(evaluation), "dataset": .string(datasetHash),
      "cases": .integer(caseCount), "base": .string(base.description), "tuned": tuned.json,
      "training_examples": .integer(exampleCount),
      "training_cost_usd": JSON(trainingCost?.dollars),
      "near": [
        "count": .integer(near.count), "share": .number(nearShare),
        "cases": .array(
          near.sorted { $0.key < $1.key }.map { id, example in
            [
              "case": .string(id), "example": .integer(example.number),
              "likeness": .number(example.likeness),
            ]
          }),
      ],
      "verdict": JSON(comparisons.first?.far.json["verdict"]?.string),
      "scores": .array(scores.map(\.json)),
      "comparisons": .array(comparisons.map(\.json)),
    ]
  }
}

extension TuningProof.Score {
  fileprivate var json: JSON {
    [
      "variant": .string(variant), "model": .string(model.description), "not_near": far.json,
      "near": near.json, "all": all.json,
      "tokens_in": JSON(cost.inputTokens), "tokens_out": JSON(cost.outputTokens),
      "cost_per_1000_usd": JSON(cost.dollarsPerThousand),
    ]
  }
}

extension TuningProof.Comparison {
  fileprivate var json: JSON {
    [
      "kind": .string(pair.kind.rawValue), "base": .string(pair.base),
      "tuned": .string(pair.tuned), "passages": .bool(pair.hasPassages), "not_near": far.json,
      "all": all.json, "saving_per_1000": saving.json,
    ]
  }
}

extension TuningSaving {
  fileprivate var json: JSON {
    var object: JSON.Object = [
      "input_tokens": JSON(inputTokens), "output_tokens": JSON(outputTokens),
      "usd": JSON(dollars),
    ]
    switch breakEven {
    case .after(let requests):
      object["break_even"] = "after"
      object["break_even_requests"] = .integer(requests)
    case .never: object["break_even"] = "never"
    case .unknown: object["break_even"] = "unknown"
    }
    return .object(object)
  }
}
