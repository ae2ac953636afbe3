// What a person has set up: servers, the models to begin with, looks, retrieval, money. Where the
// file is, and reading it, is somebody else's business; a key is never in it.

/// What a configuration file sets.
public struct Configuration: Hashable, Sendable {
  /// `providers`: the servers in the order of the file, each name once.
  public var providers: [Provider] = []
  /// `models`: those that the columns begin with; empty leaves the choice to the program.
  public var models: [ModelReference] = []
  /// `keys`: what the keys of a text mean.
  public var keys = KeyBindings.emacs
  /// `clipboard`: where what is copied goes.
  public var clipboard = ClipboardUse.auto
  /// `theme`: the name of a theme; nil leaves the choice to the program.
  public var theme: String?
  /// `retrieval`: what is searched and how, by the names of `RetrievalSetting`.
  public var retrieval = RetrievalSettings()
  /// `model_settings`: what is known of models, in the order of the file.
  public var modelSettings: [ModelCatalog.Entry] = []
  /// `rubric`: the prompt file that judge models go by, as it is written; nil for the one that ships.
  public var rubric: String?
  /// `budget`: dollars at most.
  public var budget = BudgetLimits()

  public init() {}

  /// The configuration that a YAML text holds.
  ///
  /// - Parameter path: the file, for messages.
  ///
  /// What isn't set is as in `Configuration()`. Throws for broken YAML, for a key that is not known
  /// and for a value of the wrong kind; no error repeats a value, since it may be a secret.
  public init(parsing text: String, path: String) throws(ConfigurationError) {
    let reader = ConfigurationReader(path: path)
    let yaml: YAML
    do {
      yaml = try YAML(parsing: text)
    } catch {
      throw ConfigurationError(path: path, line: error.line, problem: "not YAML: \(error.problem)")
    }
    if yaml.scalar == .null { return }
    let root = try reader.map(
      yaml, "the file",
      known: [
        "budget", "clipboard", "keys", "model_settings", "models", "providers", "retrieval",
        "rubric", "theme",
      ])
    clipboard = try reader.clipboard(root["clipboard"])
    keys = try reader.keys(root["keys"])
    theme = try reader.text(root["theme"], "theme")
    rubric = try reader.text(root["rubric"], "rubric")
    models = try reader.list(root["models"], "models").map { value throws(ConfigurationError) in
      try reader.model(value)
    }
    providers = try reader.providers(root["providers"])
    retrieval = try reader.retrieval(root["retrieval"])
    modelSettings = try reader.list(root["model_settings"], "model_settings")
      .map { value throws(ConfigurationError) in try reader.modelSettings(value) }
    budget = try reader.budget(root["budget"])
  }
}

/// What the keys of a text mean.
public enum KeyBindings: String, Hashable, Sendable, CaseIterable {
  case emacs
  /// With modes.
  case vi
}

/// Where what is copied goes.
public enum ClipboardUse: String, Hashable, Sendable, CaseIterable {
  /// To the terminal where it is known to have a clipboard, else to a file.
  case auto
  case terminal
  case file
}

extension ConfigurationReader {
  fileprivate func clipboard(_ value: YAML?) throws(ConfigurationError) -> ClipboardUse {
    guard let value else { return .auto }
    guard let use = ClipboardUse(rawValue: try text(value, "clipboard")) else {
      throw fail(value, "'clipboard' must be auto, terminal or file")
    }
    return use
  }

  fileprivate func keys(_ value: YAML?) throws(ConfigurationError) -> KeyBindings {
    guard let value else { return .emacs }
    guard let keys = KeyBindings(rawValue: try text(value, "keys")) else {
      throw fail(value, "'keys' must be emacs or vi")
    }
    return keys
  }

  fileprivate func model(_ value: YAML) throws(ConfigurationError) -> ModelReference {
    guard let model = ModelReference(try text(value, "models")) else {
      throw fail(value, "a model is written 'provider/model', as in 'builtin/extractive'")
    }
    return model
  }

  fileprivate func providers(_ value: YAML?) throws(ConfigurationError) -> [Provider] {
    var providers: [Provider] = []
    for item in try list(value, "providers") {
      let provider = try provider(item)
      if providers.contains(where: { $0.name == provider.name }) {
        throw fail(item, "there are two providers named '\(provider.name)'")
      }
      providers.append(provider)
    }
    return providers
  }

  /// The same settings by the same names as on a command line; of `where`, a map of fields.
  fileprivate func retrieval(_ value: YAML?) throws(ConfigurationError) -> RetrievalSettings {
    var settings = RetrievalSettings()
    guard let value else { return settings }
    let entries = try map(
      value, "'retrieval'", known: RetrievalSetting.allCases.map(\.configurationName).sorted())
    if let k = try number(entries["k"], "k", in: RetrievalSettings.limits) { settings.limit = k }
    for setting in RetrievalSetting.allCases where setting != .limit {
      let name = setting.configurationName
      guard let entry = entries[name] else { continue }
      let texts =
        setting == .metadata
        ? try self.entries(entry, name).map { field throws(ConfigurationError) in
          "\(field.key)=\(try scalarText(field.value, field.key))"
        } : [try scalarText(entry, name)]
      for text in texts {
        do throws(RetrievalSettingError) {
          try settings.set(setting, to: text)
        } catch {
          throw fail(entry, "'\(name)' must be \(setting.expectation)")
        }
      }
    }
    return settings
  }

  /// A text, or a number as it would be typed.
  private func scalarText(_ value: YAML, _ name: String) throws(ConfigurationError) -> String {
    if let integer = value.scalar?.integer { return "\(integer)" }
    if let number = value.scalar?.double { return "\(number)" }
    return try text(value, name)
  }
}
