import Core

// What is asked of every case: promptfoo's prompts by its providers, or whet's own list, in which each
// variant says what it is made of.

extension EvaluationFile {
  // MARK: promptfoo

  /// A prompt of the file, under the label that results name it by.
  private struct LabelledPrompt {
    var label: String
    var text: String
    var path: String?
  }

  /// Every prompt with every provider that takes it.
  mutating func promptfooVariants() throws -> [EvaluationVariant] {
    let prompts = try promptfooPrompts()
    var variants: [EvaluationVariant] = []
    var providers: [(name: String, model: ModelReference, provider: PromptfooProvider)] = []
    for provider in PromptfooProvider.all(in: source["providers"] ?? source["targets"]) {
      guard let model = provider.model else {
        omit("the provider \(provider.id): it is a program or a kind that isn't known; left out")
        continue
      }
      for setting in provider.unknownSettings {
        omit("config.\(setting) of \(provider.id): no setting of a request means the same")
      }
      providers.append((provider.label ?? provider.id, model, provider))
    }
    guard !providers.isEmpty else {
      throw EvaluationFileError(
        "\(name) names no provider that can be asked: write `providers: [openai:gpt-4o]` or "
          + "`ollama:…`, `anthropic:…`, `echo`.")
    }
    for prompt in prompts {
      for (label, model, provider) in providers
      where provider.prompts?.contains(prompt.label) ?? true {
        let name =
          prompts.count == 1
          ? label : providers.count == 1 ? prompt.label : "\(prompt.label) · \(label)"
        variants.append(
          EvaluationVariant(
            name: unique(name, among: variants), promptText: prompt.text, promptPath: prompt.path,
            asked: Variant(model, parameters: provider.parameters, context: .none)))
      }
    }
    guard !variants.isEmpty else {
      throw EvaluationFileError("\(name): no provider takes any of the prompts.")
    }
    return variants
  }

  private mutating func promptfooPrompts() throws -> [LabelledPrompt] {
    guard let prompts = source["prompts"], !prompts.isNull else {
      throw EvaluationFileError("\(name) has no `prompts`: list texts, or files as file://….")
    }
    var others: [JSON] = []
    var labelled: [LabelledPrompt] = []
    // Prompts in whet's own format are taken as they are; all others are translated.
    for entry in prompts.array ?? [prompts] {
      if let path = Self.promptPath(entry) {
        for file in try files(path) {
          labelled.append(
            LabelledPrompt(
              label: entry["label"]?.string ?? Self.stem(of: file.path), text: file.text,
              path: absolute(file.path)))
        }
      } else {
        others.append(entry)
      }
    }
    guard !others.isEmpty else { return labelled }
    let list: JSON = ["prompts": prompts.object == nil ? .array(others) : prompts]
    let imported = try PromptImport(
      of: ImportFile(path: "\(name)/prompt.json", text: list.text), files: files)
    for note in imported.notes { omit("\(note)".replacing("/prompt.json", with: "")) }
    let isTranslated = labelled.isEmpty && imported.prompts.count == 1
    return labelled
      + imported.prompts.enumerated().map { place, prompt in
        let label = others.indices.contains(place) ? others[place]["label"]?.string : nil
        let stem = Self.stem(of: prompt.name)
        return LabelledPrompt(label: label ?? (isTranslated ? "prompt" : stem), text: prompt.text)
      }
  }

  /// The path of a prompt in whet's own format; nil for any other.
  private static func promptPath(_ entry: JSON) -> String? {
    guard var path = entry.string ?? entry["id"]?.string else { return nil }
    if path.hasPrefix("file://") { path = String(path.dropFirst(7)) }
    return path.hasSuffix(".prompt") && !path.contains("\n") ? path : nil
  }

  // MARK: whet's own

  private static let variantKeys: Set = [
    "name", "step", "prompt", "model", "config", "index", "documents", "retrieval",
  ]

  mutating func ownVariants() throws -> [EvaluationVariant] {
    guard let items = source["variants"]?.array, !items.isEmpty else {
      throw EvaluationFileError(
        "\(name): `variants` must be a list, as in `- name: baseline`, `prompt: baseline.prompt`.")
    }
    var variants: [EvaluationVariant] = []
    for (place, item) in items.enumerated() {
      let label = item["name"]?.string ?? "variant \(place + 1)"
      for key in names(of: item, but: Self.variantKeys) {
        throw EvaluationFileError(
          "\(name): '\(key)' of the variant '\(label)' is not known: there are "
            + Self.variantKeys.sorted().joined(separator: ", ") + ".")
      }
      variants.append(try variant(item, named: unique(label, among: variants)))
    }
    return variants
  }

  private mutating func variant(_ item: JSON, named label: String) throws -> EvaluationVariant {
    guard let prompt = item["prompt"]?.string else {
      throw EvaluationFileError(
        "\(name): the variant '\(label)' has no `prompt`: name a .prompt file, or write its text.")
    }
    var (text, path): (String, String?) = (prompt, nil)
    if prompt.hasSuffix(".prompt"), !prompt.contains("\n") {
      guard let file = try files(prompt).first else {
        throw EvaluationFileError("\(name): there is no \(prompt).")
      }
      (text, path) = (file.text, absolute(file.path))
    }
    let asksFor = item["model"]?.string ?? source["model"]?.string
    let named = asksFor ?? PromptFile.model(in: text, name: path ?? label)
    guard let named else {
      throw EvaluationFileError(
        "\(name): no model is named for '\(label)': add `model: provider/model` to it, to its "
          + "prompt or to the file, or -M to the command.")
    }
    guard let model = ModelReference(named) ?? PromptfooProvider(.string(named))?.model else {
      throw EvaluationFileError(
        "\(name): '\(named)' of '\(label)' names no provider: write provider/model.")
    }
    var asked = Variant(model, context: .none)
    if let config = item["config"] { asked.parameters = try parameters(config, of: label) }
    if let context = try context(item, of: label) { asked.context = context }
    return EvaluationVariant(
      name: label, promptText: text, promptPath: path, asked: asked, kind: item["step"]?.string)
  }

  private func parameters(_ config: JSON, of label: String) throws -> Parameters {
    let front: JSON = ["config": config]
    let text = "---\n\(front.object?.yamlText ?? "")---\n"
    do {
      return try PromptFile(parsing: text, name: "\(name), \(label)").parameters
    } catch {
      throw EvaluationFileError("\(name): config of '\(label)': \(error.problem).")
    }
  }

  /// The search of a variant; nil for one that is given no passages.
  private mutating func context(_ item: JSON, of label: String) throws -> Variant.Context? {
    guard item["index"] != nil || item["documents"] != nil else {
      if item["retrieval"] != nil {
        throw EvaluationFileError(
          "\(name): 'retrieval' of '\(label)' needs an `index`, or `documents` to make one of.")
      }
      return nil
    }
    let index = item["index"]?.string ?? "\(Self.stem(of: name))-documents"
    if let documents = item["documents"]?.string {
      let path = absolute(documents)
      guard plan.documents[index] ?? path == path else {
        throw EvaluationFileError(
          "\(name): the index '\(index)' is to be made of other documents in '\(label)' than "
            + "before: give one of them another name with `index`.")
      }
      plan.documents[index] = path
    }
    var settings = RetrievalSettings()
    for member in item["retrieval"]?.object?.members ?? [] {
      do throws(RetrievalSettingError) {
        try settings.set("\(member.name)=\(member.value.string ?? member.value.text)")
      } catch {
        throw EvaluationFileError("\(name): 'retrieval' of '\(label)': \(error.description)")
      }
    }
    return .settings(settings, index: index)
  }

  // MARK: Names

  func absolute(_ path: String) -> String {
    path.hasPrefix("/") ? path : folder + "/" + path
  }

  private static func stem(of path: String) -> String {
    let name = path.split(separator: "/").last.map(String.init) ?? path
    return name.lastIndex(of: ".").map { String(name[..<$0]) } ?? name
  }

  private func unique(_ name: String, among variants: [EvaluationVariant]) -> String {
    let taken = Set(variants.map(\.name))
    guard taken.contains(name) else { return name }
    return (2...).lazy.map { "\(name) (\($0))" }.first { !taken.contains($0) } ?? name
  }
}
