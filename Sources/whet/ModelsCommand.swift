import ArgumentParser
import Core
import Runtime

// `whet models`: what each server offers.

struct ModelsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "models", abstract: "List the models that can be run, a line each.")

  func run() throws {
    let surroundings = try Surroundings()
    for model in [ModelReference.extractive, .echo] { Console.line(model.description) }
    var failures: [String] = []
    let keys = KeyRing(environment: surroundings.environment)
    for listing in ServerSurvey.run(surroundings.providers, keys: keys) {
      let provider = listing.provider
      switch listing.outcome {
      case .success(let names):
        let offered = Set(names).union(provider.models).sorted()
        for name in offered { Console.line("\(provider.name)/\(name)") }
      case .failure(let error):
        for name in provider.models { Console.line("\(provider.name)/\(name)") }
        // A well-known server that isn't running is no news.
        if provider.origin == .configured || provider.key != nil {
          failures.append("whet: \(provider.name): \(error)")
        }
      }
    }
    for failure in failures { Console.complain(failure) }
  }
}
