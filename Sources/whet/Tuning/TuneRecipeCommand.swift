import ArgumentParser
import Core
import FineTuning
import Runtime

// `whet tune recipe`: a folder with all that a trainer on one's own machine needs.

struct TuneRecipeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "recipe",
    abstract: "Write the configuration, the data and the command for a trainer of your own.",
    discussion: """
      TRAINER is trl, axolotl, llama-factory, unsloth or mlx. DATA is a file of examples, or a folder as \
      `whet tune write --split` makes it. Numbers that you don't give come from the size of the set; the \
      configuration says why. Examples with a key or another secret in them are left out. \
      docs/training-files.md tells more.
      """)

  @Argument(help: "The program that trains.")
  var trainer: LocalTrainer

  @Argument(help: "A file of examples, or a folder with train.jsonl.")
  var data: String

  @Option(help: "The model to begin with: a name of the hub, or a folder.")
  var model: String

  @Option(help: "The folder that is written.")
  var to: String

  @Option(help: "supervised, or dpo: on pairs of a preferred and another answer.")
  var method: TrainingMethod = .supervised

  @Option(help: "How often all examples are gone through.")
  var epochs: Int?

  @Option(help: "How far each step goes, as in 0.0002.")
  var learningRate: Double?

  @Option(help: "The rank of the adapter.")
  var rank: Int?

  @Option(help: "Tokens of an example that are trained on at most.")
  var sequenceLength: Int?

  @Option(help: "The trainer's name of a chat template; else the tokenizer's own.")
  var template: String?

  @Option(help: "What chance comes from.")
  var seed = 0

  @Option(help: "Where the trainer puts the result, seen from the folder.")
  var output = "model"

  @Flag(help: "Replace files that are there.")
  var force = false

  func run() throws {
    do {
      let settings = try RecipeSettings(
        trainer: trainer, method: method, model: model, output: output, epochs: epochs,
        learningRate: learningRate, rank: rank, sequenceLength: sequenceLength, template: template,
        seed: seed)
      let report = try RecipeFiles(data: PromptFiles.absolute(data), settings: settings)
        .write(to: PromptFiles.absolute(to), overwrites: force)
      for file in report.recipe.files { Console.line("\(to)/\(file.name)") }
      for (name, count) in report.records.sorted(by: { $0.key < $1.key }) {
        Console.line("\(to)/\(name)  \(Numbers.grouped(count)) records")
      }
      for note in report.recipe.notes { Console.complain(note) }
      for (reason, count) in report.omissions.sorted(by: { $0.key < $1.key }) {
        Console.complain("Left out: \(Numbers.grouped(count)) examples. \(reason)")
      }
      Console.line("\n\(report.command)")
    } catch {
      Console.complain("whet: \(error)")
      throw ExitCode(2)
    }
  }
}

extension LocalTrainer: ExpressibleByArgument {}
