// What is known of models beside their names, and how much they may cost in all.

extension ConfigurationReader {
  /// One entry of `model_settings`.
  func modelSettings(_ value: YAML) throws(ConfigurationError) -> ModelCatalog.Entry {
    let entries = try map(
      value, "a model's settings",
      known: [
        "context_window", "max_output", "model", "parameters", "passage_prefix", "price",
        "query_prefix",
      ])
    guard let model = entries["model"] else {
      throw fail(value, "a model's settings need a 'model', such as 'openai/gpt-5*'")
    }
    let pattern = try text(model, "model")
    guard pattern.contains("/") || pattern.hasPrefix("*") else {
      throw fail(
        model,
        "'model' must be 'provider/model', where '*' stands for any text, as in 'openai/gpt-5*'")
    }
    let tokens = 1...1_000_000_000
    return ModelCatalog.Entry(
      pattern,
      ModelProfile(
        contextWindow: try number(entries["context_window"], "context_window", in: tokens),
        maxOutputTokens: try number(entries["max_output"], "max_output", in: tokens),
        price: try price(entries["price"]),
        parameterNames: try parameterNames(entries["parameters"]),
        embeddingPrefixes: try embeddingPrefixes(entries)))
  }

  /// Nil where neither is given; one that is missing is empty then.
  private func embeddingPrefixes(
    _ entries: [String: YAML]
  ) throws(ConfigurationError) -> EmbeddingPrefixes? {
    func prefix(_ name: String) throws(ConfigurationError) -> String? {
      guard let value = entries[name] else { return nil }
      return try text(value, name) as String
    }
    let query = try prefix("query_prefix")
    let passage = try prefix("passage_prefix")
    guard query != nil || passage != nil else { return nil }
    return EmbeddingPrefixes(query: query ?? "", passage: passage ?? "")
  }

  /// Dollars for a million tokens.
  private func price(_ value: YAML?) throws(ConfigurationError) -> Price? {
    guard let value else { return nil }
    let entries = try map(
      value, "'price'", known: ["cache_write", "cached_input", "input", "output"])
    func tokenPrice(_ name: String) throws(ConfigurationError) -> Money? {
      try dollars(entries[name], name).map(Money.init(dollarsPerMillion:))
    }
    guard let input = try tokenPrice("input"), let output = try tokenPrice("output") else {
      throw fail(value, "'price' needs 'input' and 'output', dollars for a million tokens")
    }
    return Price(
      input: input, cachedInput: try tokenPrice("cached_input"),
      cacheWrite: try tokenPrice("cache_write"), output: output)
  }

  /// The model's own names by those of its protocol; `none` for what it does not take.
  private func parameterNames(_ value: YAML?) throws(ConfigurationError) -> [String: String] {
    var names: [String: String] = [:]
    for entry in try entries(value, "parameters") {
      let name = try text(entry.value, entry.key)
      names[entry.key] = name == "none" ? "" : name
    }
    return names
  }

  func budget(_ value: YAML?) throws(ConfigurationError) -> BudgetLimits {
    guard let value else { return BudgetLimits() }
    let entries = try map(value, "'budget'", known: ["command", "session"])
    return BudgetLimits(
      session: try dollars(entries["session"], "session").map(Money.init(dollars:)),
      command: try dollars(entries["command"], "command").map(Money.init(dollars:)))
  }
}
