// What sets variants that stand side by side apart, and what they have in common, in words for the
// titles of columns and the bar over them.

/// One thing that a variant says of itself.
public struct VariantTrait: Hashable, Sendable {
  /// What it is about.
  public enum Aspect: Hashable, Sendable {
    case model, version, context, index
    case parameter(Parameter)
    case retrieval(RetrievalSetting)

    public var name: String {
      switch self {
      case .model: "model"
      case .version: "version"
      case .context: "context"
      case .index: "index"
      case .parameter(let parameter): parameter.rawValue
      case .retrieval(let setting): setting.rawValue
      }
    }

    /// Where it stands among the others.
    fileprivate var place: Int {
      switch self {
      case .model: 0
      case .version: 1
      case .parameter(let parameter): 100 + (Parameter.allCases.firstIndex(of: parameter) ?? 0)
      case .context: 200
      case .retrieval(let setting): 300 + (RetrievalSetting.allCases.firstIndex(of: setting) ?? 0)
      case .index: 400
      }
    }
  }

  public var aspect: Aspect
  /// `temperature 0.2`.
  public var text: String
  /// The same for a narrow place: `t 0.2`.
  public var shortText: String

  init(_ aspect: Aspect, _ text: String, short: String? = nil) {
    self.aspect = aspect
    self.text = text
    shortText = short ?? text
  }
}

/// Variants side by side.
public struct VariantComparison: Hashable, Sendable {
  /// What the variants are seen against.
  public struct Ground: Hashable, Sendable {
    /// How versions of the prompt are called, by their hashes.
    public var versionLabels: [String: String]
    /// What the passages that the variants share are searched with.
    public var settings: RetrievalSettings
    public var index: String?

    public init(versionLabels: [String: String], settings: RetrievalSettings, index: String?) {
      self.versionLabels = versionLabels
      self.settings = settings
      self.index = index
    }
  }

  /// For each of the variants what sets it apart; nothing where it is as the prompt has it.
  public let differences: [[VariantTrait]]
  /// What all of them say.
  public let common: [VariantTrait]
  /// What they differ in, in the order in which a variant says it.
  public let aspects: [VariantTrait.Aspect]

  public init(_ variants: [Variant], on ground: Ground) {
    let traits = variants.map { Self.withoutAmbiguity($0.traits(on: ground), in: variants) }
    let all = traits.flatMap { $0 }
    common = (traits.first ?? []).filter { trait in traits.allSatisfy { $0.contains(trait) } }
    let shared = Set(common)
    differences = traits.map { $0.filter { !shared.contains($0) } }
    aspects = Set(all.filter { !shared.contains($0) }.map(\.aspect)).sorted { $0.place < $1.place }
  }

  /// Models of several providers can have the same name.
  private static func withoutAmbiguity(
    _ traits: [VariantTrait], in variants: [Variant]
  ) -> [VariantTrait] {
    let models = Set(variants.map(\.model))
    guard Set(models.map(\.model)).count < models.count else { return traits }
    return traits.map { $0.aspect == .model ? VariantTrait(.model, $0.text) : $0 }
  }
}

extension Variant {
  /// All that it says, the model first.
  fileprivate func traits(on ground: VariantComparison.Ground) -> [VariantTrait] {
    var traits = [VariantTrait(.model, model.description, short: model.model)]
    if let version {
      let label = ground.versionLabels[version] ?? "version \(ContentHash.short(version))"
      traits.append(VariantTrait(.version, label))
    }
    traits += parameters.named.map { parameter, text in
      VariantTrait(
        .parameter(parameter), "\(parameter.rawValue) \(text)",
        short: parameter == .temperature ? "t \(text)" : nil)
    }
    return traits + context.traits(on: ground)
  }
}

extension Variant.Context {
  fileprivate func traits(on ground: VariantComparison.Ground) -> [VariantTrait] {
    switch self {
    case .shared: return []
    case .none: return [VariantTrait(.context, "no context")]
    case .without(let origin):
      let file = origin.source.split(separator: "/").last ?? "its source"
      return [VariantTrait(.context, "without a passage of \(file)")]
    case .settings(let settings, let index):
      let shared = Set(ground.settings.named.map { "\($0.setting) \($0.text)" })
      var traits = settings.named.filter { !shared.contains("\($0.setting) \($0.text)") }.map {
        VariantTrait(
          .retrieval($0.setting), "\($0.setting.rawValue) \($0.text)",
          short: $0.setting == .method ? $0.text : nil)
      }
      if index != ground.index {
        traits.append(VariantTrait(.index, "index \(index)", short: index))
      }
      return traits.isEmpty ? [VariantTrait(.context, "a search of its own")] : traits
    }
  }
}
