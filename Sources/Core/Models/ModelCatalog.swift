// Which profile a model has: what a person configured comes first, then what its server said, then
// the table of well-known models.

/// Profiles of models by patterns of their names.
public struct ModelCatalog: Hashable, Sendable {
  /// A profile for every model whose name fits.
  public struct Entry: Hashable, Sendable {
    /// `provider/model`, where `*` stands for any text: `openai/gpt-5*`, `*/llama3.2:3b`.
    public var pattern: String
    public var profile: ModelProfile

    public init(_ pattern: String, _ profile: ModelProfile) {
      self.pattern = pattern
      self.profile = profile
    }
  }

  /// Those that come first decide.
  public var entries: [Entry]
  /// What servers said of their models.
  public var listed: [ModelReference: ModelProfile] = [:]

  /// - Parameter entries: what a person configured, before the table of well-known models.
  public init(entries: [Entry] = []) { self.entries = entries }

  /// All that is known of a model.
  public func profile(of model: ModelReference) -> ModelProfile {
    let name = model.description
    var profile = ModelProfile()
    for entry in entries where Self.fits(name, entry.pattern) {
      profile = profile.completed(by: entry.profile)
    }
    if let said = listed[model] { profile = profile.completed(by: said) }
    return profile
  }

  /// Whether a name fits a pattern, in which `*` stands for any text.
  static func fits(_ name: String, _ pattern: String) -> Bool {
    let parts = pattern.split(separator: "*", omittingEmptySubsequences: false)
    guard let first = parts.first, let last = parts.last, parts.count > 1 else {
      return name == pattern
    }
    guard name.utf8.count >= first.utf8.count + last.utf8.count, name.hasPrefix(first),
      name.hasSuffix(last)
    else { return false }
    var rest = name.dropFirst(first.count).dropLast(last.count)
    for part in parts.dropFirst().dropLast() where !part.isEmpty {
      guard let found = rest.firstRange(of: part) else { return false }
      rest = rest[found.upperBound...]
    }
    return true
  }
}
