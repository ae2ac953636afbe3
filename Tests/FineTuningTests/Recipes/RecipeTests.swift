import Core
import Testing

@testable import FineTuning

@Suite struct RecipeTests {
  private func settings(
    _ trainer: LocalTrainer, _ method: TrainingMethod = .supervised, model: String = "base/small",
    epochs: Int? = nil
  ) throws -> RecipeSettings {
    try RecipeSettings(trainer: trainer, method: method, model: model, epochs: epochs)
  }

  private func measures(
    train: Int, tokens: Int = 200, validation: Int = 0, hasTools: Bool = false
  ) -> RecipeMeasures {
    var measures = RecipeMeasures()
    for _ in 0..<train { measures.tokens.add(tokens) }
    measures.validation = validation
    measures.hasTools = hasTools
    return measures
  }

  private static let pairs = LocalTrainer.allCases.flatMap { trainer in
    trainer.methods.map { (trainer, $0) }
  }

  @Test(arguments: pairs)
  func `every trainer is told the model, the length, the passes and the seed`(
    trainer: LocalTrainer, method: TrainingMethod
  ) throws {
    let recipe = Recipe(try settings(trainer, method), measures(train: 400, validation: 40))
    let text = recipe.files[0].text
    #expect(text.contains("base/small"))
    #expect(text.contains(recipe.command))
    #expect(text.contains("\(recipe.plan.sequenceLength)"))
    #expect(recipe.plan.sequenceLength == 512)
    #expect(text.contains("seed"))
    // mlx-lm counts batches, not passes.
    #expect(text.contains(trainer == .mlx ? "iters: 300" : "\(recipe.plan.epochs)"))
    #expect(recipe == Recipe(try settings(trainer, method), measures(train: 400, validation: 40)))
  }

  @Test(arguments: [LocalTrainer.trl, .axolotl, .llamaFactory, .mlx])
  func `a configuration is YAML, whatever the model is called`(trainer: LocalTrainer) throws {
    let name = "a: b # \"c\" 'd' - {e} \\n é"
    let recipe = Recipe(try settings(trainer, model: name), measures(train: 30))
    let object = try YAML(parsing: recipe.files[0].text).json
    let models = ["model_name_or_path", "base_model", "model"].compactMap { object[$0]?.string }
    #expect(models == [name])
    let rate = object["learning_rate"]
    #expect(rate?.double == recipe.plan.learningRate)
  }

  @Test func `no name becomes code of the script`() throws {
    let name = #""); import os; os.system("true") # \"#
    let recipe = Recipe(try settings(.unsloth, model: name), measures(train: 30))
    let text = recipe.files[0].text
    #expect(text.contains("model_name=\(JSON.string(name).text),"))
    #expect(!text.contains("\nimport os"))
  }

  @Test(arguments: ["", " ", "a\nb", "a\u{202E}b", "a\u{0}b", String(repeating: "a", count: 1025)])
  func `names that would do harm in a file are refused`(name: String) {
    #expect(throws: RecipeError.self) { try settings(.trl, model: name) }
  }

  @Test func `what a trainer can't do is refused`() {
    #expect(throws: RecipeError.self) { try settings(.mlx, .dpo) }
    #expect(throws: RecipeError.self) { try settings(.trl, epochs: 0) }
    #expect(throws: RecipeError.self) {
      try RecipeSettings(trainer: .trl, model: "m", template: "chatml")
    }
    #expect(throws: RecipeError.self) {
      try RecipeSettings(trainer: .trl, model: "m", learningRate: .nan)
    }
  }

  @Test func `a batch never asks for more records than there are`() throws {
    for count in 1...40 {
      let plan = RecipePlan(try settings(.trl), measures(train: count, validation: 1))
      #expect(plan.batch <= 1 && plan.accumulation >= 1 && plan.warmup >= 1)
    }
  }

  @Test func `what is too long, too few or never measured is said`() throws {
    let long = Recipe(try settings(.trl), measures(train: 10, tokens: 50_000))
    #expect(long.plan.sequenceLength == 32_768)
    #expect(long.plan.tooLong == 10)
    #expect(long.notes.count == 3)
    #expect(Recipe(try settings(.trl), measures(train: 500, validation: 50)).notes.isEmpty)
  }

  // MARK: Records

  private static let conversation = TrainingExample(messages: [
    TrainingMessage(role: "system", text: "Be brief."),
    TrainingMessage(role: "user", text: "One?"), TrainingMessage(role: "assistant", text: "1"),
    TrainingMessage(role: "user", text: "Two?"), TrainingMessage(role: "assistant", text: "2"),
  ])

  private func records(
    _ example: TrainingExample, _ trainer: LocalTrainer, _ method: TrainingMethod = .supervised
  ) throws -> [JSON] {
    let records = RecipeRecords(trainer: trainer, method: method, hasTools: false)
    return try records.examples(of: example).map {
      try JSON(parsing: try records.record(of: $0))
    }
  }

  @Test func `each answer of a conversation is trained on once`() throws {
    for trainer in [LocalTrainer.trl, .unsloth] {
      let all = try records(Self.conversation, trainer)
      #expect(all.map { $0["completion"]?[0]?["content"]?.string } == ["1", "2"])
      #expect(all.map { $0["prompt"]?.array?.count } == [2, 4])
    }
    #expect(
      try records(Self.conversation, .llamaFactory).map { $0["conversations"]?.array?.count }
        == [3, 5])
    let axolotl = try records(Self.conversation, .axolotl)
    #expect(axolotl.count == 1)
    #expect(
      axolotl[0]["messages"]?.array?.map { $0["train"]?.bool }
        == [false, false, true, false, true])
  }

  @Test func `an answer of weight 0 is read and not learned`() throws {
    var example = Self.conversation
    example.input[2].weight = 0
    #expect(try records(example, .trl).count == 1)
    #expect(
      try records(example, .axolotl)[0]["messages"]?.array?.map { $0["train"]?.bool }
        == [false, false, false, false, true])
  }

  @Test func `pairs have both answers`() throws {
    var example = Self.conversation
    example.rejected = [TrainingMessage(role: "assistant", text: "two")]
    for trainer in [LocalTrainer.trl, .axolotl, .llamaFactory, .unsloth] {
      let record = try #require(try records(example, trainer, .dpo).first)
      #expect(record["chosen"]?.text.contains("\"2\"") == true)
      #expect(record["rejected"]?.text.contains("two") == true)
    }
    #expect(throws: ExampleFormatError.self) {
      try records(Self.conversation, .trl, .dpo)
    }
  }

  @Test func `what has no place in a trainer's format is refused`() {
    let twoUsers = TrainingExample(messages: [
      TrainingMessage(role: "user", text: "a"), TrainingMessage(role: "user", text: "b"),
      TrainingMessage(role: "assistant", text: "c"),
    ])
    #expect(throws: ExampleFormatError.self) { try records(twoUsers, .llamaFactory) }
    #expect((try? records(twoUsers, .trl).count) == 1)
    let alone = TrainingExample(messages: [TrainingMessage(role: "assistant", text: "c")])
    #expect(throws: ExampleFormatError.self) { try records(alone, .trl) }
  }

  @Test(arguments: [
    ("plain-1.0/x", "plain-1.0/x"), ("", "''"), ("a b", "'a b'"), ("it's", #"'it'\''s'"#),
    ("$(rm)", "'$(rm)'"),
  ]) func `a word of a command means itself`(text: String, word: String) {
    #expect(ShellWord.quoted(text) == word)
  }

  @Test func `a number is written without an exponent`() {
    #expect(RecipeConfiguration.decimal(5e-6) == "0.000005")
    #expect(RecipeConfiguration.decimal(0.0002) == "0.0002")
    #expect(RecipeConfiguration.decimal(1) == "1.0")
    #expect(RecipeConfiguration.decimal(1e-9) == "0.000000001")
  }
}
