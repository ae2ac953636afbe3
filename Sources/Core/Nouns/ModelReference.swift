// Which model, on which server: the name by which a person picks it.

/// A model by the name of its provider and its own: `ollama/llama3.2:3b`, `builtin/echo`.
public struct ModelReference: Hashable, Sendable, Comparable, CustomStringConvertible {
  public var provider: String
  public var model: String

  public init(provider: String, model: String) {
    self.provider = provider
    self.model = model
  }

  /// Everything before the first slash is the provider; nil when there is none.
  public init?(_ name: String) {
    guard let slash = name.firstIndex(of: "/"), slash != name.startIndex,
      name.index(after: slash) != name.endIndex
    else { return nil }
    provider = String(name[..<slash])
    model = String(name[name.index(after: slash)...])
  }

  public var description: String { "\(provider)/\(model)" }

  /// By provider, then by model.
  public static func < (a: Self, b: Self) -> Bool {
    (a.provider, a.model) < (b.provider, b.model)
  }

  /// Answers with sentences of the passages.
  public static let extractive = ModelReference(provider: builtinProvider, model: "extractive")
  /// Answers with the prompt itself.
  public static let echo = ModelReference(provider: builtinProvider, model: "echo")

  /// The provider of the models that need no server.
  public static let builtinProvider = "builtin"

  /// Whether it needs no server.
  public var isBuiltin: Bool { provider == Self.builtinProvider }
}
