import ArgumentParser
import Completion
import Core
import Runtime

// `whet models`: what each server offers.

struct ModelsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "models",
    abstract: "List the models that can be run, a line each, with window and price where known.",
    discussion: """
      A line begins with the model's name; nothing else in it is for programs. The window is the \
      number of tokens of prompt and answer, the price in dollars for a million tokens, of the \
      prompt and of the answer. What neither the server nor the configuration says is left out. \
      Models that `whet tune` has made are listed with what they were trained on.
      """)

  func run() throws {
    let surroundings = try Surroundings()
    var models: [ModelReference] = [.extractive, .echo]
    var catalog = surroundings.catalog(
      of: surroundings.providers, learnedIn: surroundings.existingStore)
    var failures: [String] = []
    let keys = KeyRing(environment: surroundings.environment)
    for listing in ServerSurvey.run(surroundings.providers, keys: keys) {
      let provider = listing.provider
      var names = Set(provider.models)
      names.formUnion(catalog.tuned.keys.filter { $0.provider == provider.name }.map(\.model))
      switch listing.outcome {
      case .success(let listed):
        catalog.add(listed, of: provider)
        names.formUnion(listed.map(\.name))
      case .failure(let error):
        if provider.isExpected {
          failures.append("whet: \(provider.name): \(error)")
        }
      }
      models += names.sorted().map { ModelReference(provider: provider.name, model: $0) }
    }
    for line in Self.lines(of: models, in: catalog) { Console.line(line) }
    for failure in failures { Console.complain(failure) }
  }

  /// A line for each model, its window and its price below those of the others.
  private static func lines(of models: [ModelReference], in catalog: ModelCatalog) -> [String] {
    let rows = models.map { model in
      let profile = catalog.profile(of: model)
      return [
        model.description, profile.contextWindow.map { "\($0) tokens" } ?? "",
        [profile.price.map(words), catalog.tuned[model]].compactMap { $0 }
          .joined(separator: "  "),
      ]
    }
    let names = rows.lazy.map { DisplayText.width(of: $0[0]) }.max() ?? 0
    let windows = rows.lazy.map { DisplayText.width(of: $0[1]) }.max() ?? 0
    return rows.map { row in
      if row[1].isEmpty, row[2].isEmpty { return row[0] }
      let name = row[0] + spaces(names - DisplayText.width(of: row[0]))
      let window = spaces(windows - DisplayText.width(of: row[1])) + row[1]
      return row[2].isEmpty ? "\(name)  \(window)" : "\(name)  \(window)  \(row[2])"
    }
  }

  private static func spaces(_ count: Int) -> String { String(repeating: " ", count: count) }

  private static func words(of price: Price) -> String {
    price.isFree ? "free" : "$\(perMillion(price.input)) in, $\(perMillion(price.output)) out"
  }

  /// Dollars for a million tokens, without needless digits.
  private static func perMillion(_ money: Money) -> String {
    let dollars = (money.dollars * 1e10).rounded() / 1e4
    return dollars == dollars.rounded() && abs(dollars) < 1e15 ? "\(Int(dollars))" : "\(dollars)"
  }
}
