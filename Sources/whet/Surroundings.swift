import Completion
import Core
import Foundation
import Playground
import Runtime
import Screen
import Sessions

// What a command finds where it is started: configuration, theme, servers, folders.

struct Surroundings {
  let environment: [String: String]
  let folders: Folders
  var configuration: Configuration
  /// Configured and well-known ones; a configured one takes the place of a found one of its name.
  let providers: [Provider]

  /// Throws `ConfigurationError`, or a sentence about a file that can't be read.
  init(environment: [String: String] = ProcessInfo.processInfo.environment) throws {
    let folders = Folders(environment: environment)
    self.init(
      configuration: try Self.configuration(at: folders.configurationFile), folders: folders,
      environment: environment)
  }

  /// As it is without a configuration that can't be read, and what is wrong with it. For the
  /// playground, and for who says what there is to mend: other commands had better not go on.
  static func tolerant(
    environment: [String: String] = ProcessInfo.processInfo.environment
  ) -> (surroundings: Surroundings, problem: String?) {
    do {
      return (try Surroundings(environment: environment), nil)
    } catch {
      let surroundings = Surroundings(
        configuration: Configuration(), folders: Folders(environment: environment),
        environment: environment)
      return (surroundings, "\(error)")
    }
  }

  private init(configuration: Configuration, folders: Folders, environment: [String: String]) {
    self.environment = environment
    self.folders = folders
    self.configuration = configuration
    let configured = configuration.providers.map {
      $0.resolvingPaths(
        home: environment["HOME"] ?? NSHomeDirectory(), folder: folders.configuration)
    }
    let found = ServerDiscovery.providers(environment: environment).filter { provider in
      !configured.contains { $0.name == provider.name }
    }
    providers = configured + found
  }

  private static func configuration(at path: String) throws -> Configuration {
    guard let text = try text(at: path) else { return Configuration() }
    return try Configuration(parsing: text, path: path)
  }

  /// The text of a file; nil when there is none.
  private static func text(at path: String) throws -> String? {
    guard FileManager.default.fileExists(atPath: path) else { return nil }
    guard let data = FileManager.default.contents(atPath: path) else {
      throw CommandError("\(path) can't be read: is it a file, and yours?")
    }
    guard let text = String(validating: data, as: UTF8.self) else {
      throw CommandError("\(path) is not UTF-8 text.")
    }
    return text
  }

  /// The theme that is configured: one of the user's own, else one that ships.
  ///
  /// - Parameter hasFewColors: whether the terminal has its own 16 colours or fewer: a theme of many
  ///   would come out in shades that can't be told apart.
  func theme(hasFewColors: Bool = false) throws -> Theme {
    let name = configuration.theme ?? (hasFewColors ? "sixteen" : "dark")
    let candidates = ([folders.configuration] + [folders.share].compactMap { $0 })
      .map { $0 + "/themes" }
    // A whet without its files still opens; a theme that was asked for and isn't there is said.
    if configuration.theme == nil, folders.share == nil { return .plain }
    return try Theme.load(name) { name in
      for folder in candidates {
        let path = "\(folder)/\(name).yaml"
        if let text = try Self.text(at: path) { return (text, path) }
      }
      throw CommandError(
        "There is no theme '\(name)': \(candidates.joined(separator: " and ")) were searched.")
    }
  }

  /// The theme that is configured or, where it can't be had, the one that ships, and why.
  func tolerantTheme(hasFewColors: Bool) -> (theme: Theme, problem: String?) {
    do {
      return (try theme(hasFewColors: hasFewColors), nil)
    } catch {
      var shipped = self
      shipped.configuration.theme = nil
      return ((try? shipped.theme(hasFewColors: hasFewColors)) ?? .plain, "\(error)")
    }
  }

  /// What a runtime works with here.
  var settings: Runtime.Settings {
    var settings = Runtime.Settings(
      folders: folders, environment: environment, providers: providers)
    settings.catalog = catalog(of: providers)
    settings.budget = configuration.budget
    settings.comparisonPicture = { [self] in
      Renderer(theme: tolerantTheme(hasFewColors: false).theme).picture(of: $0)
    }
    settings.sessionDrawing = sessionDrawing
    settings.rubric = configuration.rubric.map { path in
      Provider.absolute(
        path, home: environment["HOME"] ?? NSHomeDirectory(), folder: folders.configuration)
    }
    return settings
  }

  /// The models that searches may ask.
  var searchModels: SearchModels { searchModels(budget: nil) }

  /// The models that searches may ask, which may cost so much together.
  func searchModels(budget: SearchBudget?) -> SearchModels {
    SearchModels(
      folders: folders, environment: environment, providers: providers,
      catalog: catalog(of: providers), budget: budget)
  }

  /// What is known of the models of these providers.
  ///
  /// - Parameter store: where it is kept how their servers count tokens; nil for none.
  func catalog(
    of providers: [Provider], learnedIn store: Result<SessionStore, any Error>? = nil
  ) -> ModelCatalog {
    var catalog = ModelCatalog(entries: configuration.modelSettings, providers: providers)
    // A store that can't be read is told of when something is to be kept in it.
    catalog.tokenRatios = (try? store?.get().tokenRatios()) ?? [:]
    if let store = try? store?.get() { catalog.tuned = TrainingJobs.tunedModels(in: store) }
    return catalog
  }

  /// The person's own store where one was made before; nil where there is none to learn from.
  var existingStore: Result<SessionStore, any Error>? {
    FileManager.default.fileExists(atPath: folders.store) ? openStore() : nil
  }

  /// The person's own store, which is made where there is none, or why there can't be one.
  func openStore() -> Result<SessionStore, any Error> {
    Result { try SessionStore(path: folders.store) }
  }

  /// The playground as it opens.
  ///
  /// - Parameters:
  ///   - catalog: nil for what is known with nothing learned.
  ///   - terminalHasClipboard: as far as that is known; the configuration may say otherwise.
  func state(
    size: Size, draft: Draft, catalog: ModelCatalog? = nil, terminalHasClipboard: Bool = true,
    notice: Notice? = nil
  ) -> State {
    let hasClipboard =
      switch configuration.clipboard {
      case .auto: terminalHasClipboard
      case .terminal: true
      case .file: false
      }
    let catalog = catalog ?? self.catalog(of: providers)
    return State(
      size: size, draft: draft, models: knownModels + catalog.tuned.keys, defaults: defaultModels,
      retrieval: configuration.retrieval, catalog: catalog,
      keys: configuration.keys, hasClipboard: hasClipboard, notice: notice)
  }

  /// The models of the first columns when nothing else says which.
  var defaultModels: [ModelReference] {
    configuration.models.isEmpty ? [.extractive, .echo] : configuration.models
  }

  /// What can be picked before any server has answered.
  var knownModels: [ModelReference] {
    [.extractive, .echo] + configuration.models
      + providers.flatMap { provider in
        provider.models.map { ModelReference(provider: provider.name, model: $0) }
      }
  }
}

extension Provider {
  /// The provider with the paths of its certificate from the root: `~` is the home folder, and a
  /// relative path starts where the configuration is.
  fileprivate func resolvingPaths(home: String, folder: String) -> Provider {
    func absolute(_ path: String) -> String { Self.absolute(path, home: home, folder: folder) }
    var provider = self
    if let certificate = clientCertificate {
      provider.clientCertificate?.certificatePath = absolute(certificate.certificatePath)
      provider.clientCertificate?.keyPath = certificate.keyPath.map(absolute)
    }
    return provider
  }

  /// A path of the configuration from the root.
  fileprivate static func absolute(_ path: String, home: String, folder: String) -> String {
    if path.hasPrefix("~/") { return home + path.dropFirst() }
    return path.hasPrefix("/") ? path : folder + "/" + path
  }
}

/// What went wrong with a command, in one sentence that says what to do.
struct CommandError: Error, CustomStringConvertible {
  let description: String

  init(_ description: String) { self.description = description }
}
