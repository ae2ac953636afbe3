import ArgumentParser
import Core
import FineTuning
import Runtime
import Sessions

// `whet tune estimate`: what a training reads, costs and takes, before anything is sent.

struct TuneEstimateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "estimate",
    abstract: "Tell what a training would read, cost and take; nothing is sent.",
    discussion: """
      With --model provider/model, the time is that of earlier trainings there. With --parameters, it is that \
      of a machine of your own: --rate says how many tokens a second it trains, or --tflops how many \
      operations a second it really does.
      """)

  @Argument(help: "A file of examples, or set:NAME.")
  var file: String

  @Option(help: ArgumentHelp("The model to begin with, at a server.", valueName: "provider/model"))
  var model: String?

  @Option(help: "How often all examples are gone through.")
  var epochs: Int?

  @Option(help: ArgumentHelp("For a million trained tokens.", valueName: "dollars"))
  var price: Double?

  @Option(help: ArgumentHelp("The model's size, in billions of weights.", valueName: "billions"))
  var parameters: Double?

  @Option(help: "full, lora or qlora, with --parameters.")
  var method: LocalEstimate.Method = .lora

  @Option(help: ArgumentHelp("How fast your machine trains it.", valueName: "tokens/s"))
  var rate: Double?

  @Option(help: ArgumentHelp("What your machine does, in trillions a second.", valueName: "n"))
  var tflops: Double?

  @Flag(help: "Print one JSON object.")
  var json = false

  func validate() throws {
    for (name, value) in [("parameters", parameters), ("rate", rate), ("tflops", tflops)] {
      if let value, !(value > 0 && value <= 1e9) {
        throw ValidationError("--\(name) takes a number above 0.")
      }
    }
    try TrainingPrice.check(price)
    if let epochs, !(1...100 ~= epochs) {
      throw ValidationError("--epochs goes from 1 to 100.")
    }
    if tflops != nil, parameters == nil {
      throw ValidationError("--tflops needs --parameters: how large the model is.")
    }
    if tflops != nil, rate != nil { throw ValidationError("Say --rate or --tflops, not both.") }
  }

  func run() throws {
    let estimate = try estimated()
    let local = parameters.map { LocalEstimate(parameters: $0 * 1e9, method: method) }
    let speed = try speed(local)
    let price = price.map(Money.init(dollars:))
    if json {
      var object: JSON.Object = [
        "examples": .integer(estimate.examples), "tokens": .integer(estimate.tokens),
        "epochs": .integer(estimate.passes), "trained_tokens": .integer(estimate.trainedTokens),
        "longest": .integer(estimate.longest),
        "cost_usd": price.map { .number(estimate.cost(at: $0).dollars) } ?? .null,
        "seconds": speed.map { .number(estimate.seconds(at: $0.tokens)) } ?? .null,
      ]
      if let local { object["memory_bytes"] = .number(local.bytes) }
      return Console.line(JSON.object(object).text)
    }
    for sentence in estimate.sentences(price: price, rate: speed) + (local?.sentences() ?? []) {
      Console.line(sentence)
    }
  }

  private func estimated() throws -> TrainingEstimate {
    var estimate = TrainingEstimate(epochs: epochs)
    if let set = file.trainingSetName {
      try SessionsCommand.store().forEachExample(set: set) { stored in
        if stored.state != .rejected { estimate.add(stored.example) }
        return true
      }
    } else {
      try ExampleFile.forEachExample(at: PromptFiles.absolute(file)) { example, _ in
        estimate.add(example)
      }
    }
    return estimate
  }

  private func speed(_ local: LocalEstimate?) throws -> (tokens: Double, source: String)? {
    if let rate { return (rate, "as you say") }
    if let local, let tflops {
      let operations = Numbers.rate(local.operationsPerToken / 1e9)
      return (
        local.rate(operationsPerSecond: tflops * 1e12),
        "\(operations) billion operations a token at \(Numbers.rate(tflops)) trillion a second"
      )
    }
    guard let model else { return nil }
    let reference = try ModelOption.reference(model)
    return TrainingEstimate.rate(
      of: try SessionsCommand.store().trainingJobs(), provider: reference.provider,
      model: reference.model)
  }
}

extension LocalEstimate.Method: ExpressibleByArgument {}

/// What a server takes for training.
enum TrainingPrice {
  static func check(_ price: Double?) throws {
    if let price, !(0...1e6 ~= price) {
      throw ValidationError("--price takes dollars for a million tokens, from 0 to a million.")
    }
  }
}
