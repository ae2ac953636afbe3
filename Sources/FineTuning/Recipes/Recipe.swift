import Core

// A recipe: the files beside the data, and the command that trains.

/// All that a trainer needs.
public struct Recipe: Hashable, Sendable {
  public struct File: Hashable, Sendable {
    public var name: String
    public var text: String
  }

  /// The configuration, and what else the trainer reads; data is written by `RecipeRecords`.
  public let files: [File]
  /// What is typed in the recipe's folder.
  public let command: String
  /// The names of the data's files for training and validation.
  public let trainFile: String
  public let validationFile: String
  public let plan: RecipePlan
  /// What a person has to know before they start.
  public let notes: [String]

  public init(_ settings: RecipeSettings, _ measures: RecipeMeasures) {
    let plan = RecipePlan(settings, measures)
    let text = RecipeText(settings: settings, measures: measures, plan: plan)
    let name = settings.method == .dpo ? "dpo" : "sft"
    trainFile = "data/train.jsonl"
    validationFile = settings.trainer == .mlx ? "data/valid.jsonl" : "data/validation.jsonl"
    switch settings.trainer {
    case .trl:
      command = "trl \(name) --config \(name).yaml"
      files = [File(name: "\(name).yaml", text: text.trl(command: command))]
    case .axolotl:
      command = "axolotl train \(name).yaml"
      files = [File(name: "\(name).yaml", text: text.axolotl(command: command))]
    case .llamaFactory:
      command = "llamafactory-cli train \(name).yaml"
      files = [
        File(name: "\(name).yaml", text: text.llamaFactory(command: command)),
        File(name: "data/dataset_info.json", text: text.datasetInfo()),
      ]
    case .unsloth:
      command = "python train.py"
      files = [File(name: "train.py", text: text.unsloth(command: command))]
    case .mlx:
      command = "mlx_lm.lora --config lora.yaml"
      files = [File(name: "lora.yaml", text: text.mlx(command: command))]
    }
    self.plan = plan
    notes = Self.notes(settings, measures, plan)
  }

  private static func notes(
    _ settings: RecipeSettings, _ measures: RecipeMeasures, _ plan: RecipePlan
  ) -> [String] {
    var notes: [String] = []
    if plan.tooLong > 0 {
      notes.append(
        "About \(Numbers.grouped(plan.tooLong)) records are longer than "
          + "\(Numbers.grouped(plan.sequenceLength)) tokens: "
          + (settings.trainer == .axolotl
            ? "axolotl leaves them out." : "what is cut off is the end of the answer.")
          + " A longer sequence takes more memory; shorter examples are better.")
    }
    if measures.validation == 0 {
      notes.append(
        "Nothing to validate with: nobody will see when it begins to learn by heart. "
          + "`whet tune write --split 90/10` makes a validation file.")
    }
    if measures.train < 50 {
      notes.append(
        "\(measures.train) records are few: expect a change of form and tone, not of knowledge.")
    }
    return notes
  }
}
