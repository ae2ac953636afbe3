// Well-known models with their windows and prices, so that a new user need not type them in. A price
// holds only for the host that bills it: the same model on another server is another matter.
//
// What the providers published, read on 2026-11-22 in copies of their pages:
// developers.openai.com/api/docs/models, platform.claude.com/docs (about-claude/pricing, models) and
// api-docs.deepseek.com/quick_start/pricing. As others quote the providers' pages:
// ai.google.dev/gemini-api/docs/pricing, console.groq.com/docs/models,
// docs.mistral.ai/models/model-cards, docs.x.ai/developers/models, and of OpenAI gpt-4.1, gpt-4o,
// o4-mini and gpt-5.4-mini. Left out is what could not be found so, what costs less for a time only,
// and what has more than two steps of price. Standard processing is meant: faster or regional
// service costs more, batches less.

/// The table of well-known models.
enum KnownModels {
  /// What is known of a model on a host; nothing for a name or a host that isn't in the table.
  static func profile(of model: String, at host: String) -> ModelProfile {
    let models = table[host] ?? [:]
    var profile = models[model] ?? models[undated(model)] ?? ModelProfile()
    profile.parameterNames = parameterNames(of: model, at: host)
    return profile
  }

  /// A name without the date of a snapshot: of `gpt-5-mini-2025-08-07` and
  /// `claude-haiku-4-5-20251001`, what stands before.
  private static func undated(_ model: String) -> String {
    for form in ["-0000-00-00", "-00000000"] {
      let end = model.suffix(form.count)
      let fits = zip(end, form).allSatisfy { $1 == "-" ? $0 == "-" : $0.isNumber }
      if end.count == form.count, fits { return String(model.dropLast(form.count)) }
    }
    return model
  }

  /// OpenAI's models that think take no sampling parameters, and a limit that counts thinking;
  /// Anthropic's since 4.7 take none, whether they think or not.
  private static func parameterNames(of model: String, at host: String) -> [String: String] {
    switch host {
    case openAI:
      let thinks = ["gpt-5", "gpt-6", "o1", "o3", "o4"].contains { model.hasPrefix($0) }
      guard thinks, !model.contains("chat") else { return [:] }
      return [
        "max_tokens": "max_completion_tokens", "temperature": "", "top_p": "",
        "frequency_penalty": "", "presence_penalty": "",
      ]
    case anthropic where withoutSampling.contains { model.hasPrefix($0) }:
      return ["temperature": "", "top_p": "", "top_k": ""]
    default: return [:]
    }
  }

  private static let withoutSampling = [
    "claude-fable-5", "claude-haiku-5", "claude-mythos-", "claude-opus-4-7", "claude-opus-4-8",
    "claude-opus-5", "claude-sonnet-5",
  ]

  private static let openAI = "api.openai.com"
  private static let anthropic = "api.anthropic.com"

  private static let table: [String: [String: ModelProfile]] = [
    openAI: [
      "gpt-5.6-terra": model(
        window: 1_050_000, output: 128_000,
        dollars(2, cached: 0.2, write: 2.5, 12, long: (272_000, 200, 150))),
      "gpt-5.6-luna": model(
        window: 1_050_000, output: 128_000,
        dollars(0.2, cached: 0.02, write: 0.25, 1.2, long: (272_000, 200, 150))),
      "gpt-5.4-mini": model(
        window: 400_000, output: 128_000, dollars(0.75, cached: 0.075, 4.5)),
      "gpt-5-mini": model(window: 400_000, output: 128_000, dollars(0.25, cached: 0.025, 2)),
      "gpt-5-nano": model(window: 400_000, output: 128_000, dollars(0.05, cached: 0.005, 0.4)),
      "gpt-4.1": model(window: 1_047_576, output: 32_768, dollars(2, cached: 0.5, 8)),
      "gpt-4.1-mini": model(window: 1_047_576, output: 32_768, dollars(0.4, cached: 0.1, 1.6)),
      "gpt-4o": model(window: 128_000, output: 16_384, dollars(2.5, cached: 1.25, 10)),
      "gpt-4o-mini": model(window: 128_000, output: 16_384, dollars(0.15, cached: 0.075, 0.6)),
      "gpt-4": model(window: 8_192, output: 8_192, dollars(30, 60)),
      "o4-mini": model(window: 200_000, output: 100_000, dollars(1.1, cached: 0.275, 4.4)),
    ],
    anthropic: [
      "claude-fable-5-1": model(
        window: 1_000_000, output: 128_000, dollars(10, cached: 0.25, write: 12.5, 50)),
      "claude-opus-5-5": model(
        window: 1_000_000, output: 128_000, dollars(4, cached: 0.2, write: 5, 20)),
      "claude-opus-5": model(
        window: 1_000_000, output: 128_000, dollars(5, cached: 0.5, write: 6.25, 25)),
      "claude-opus-4-8": model(dollars(5, cached: 0.5, write: 6.25, 25)),
      "claude-opus-4-7": model(dollars(5, cached: 0.5, write: 6.25, 25)),
      "claude-opus-4-6": model(
        window: 1_000_000, output: 128_000, dollars(5, cached: 0.5, write: 6.25, 25)),
      "claude-opus-4-5": model(
        window: 200_000, output: 64_000, dollars(5, cached: 0.5, write: 6.25, 25)),
      "claude-sonnet-5-5": model(
        window: 1_000_000, output: 128_000, dollars(2, cached: 0.1, write: 2.5, 10)),
      "claude-sonnet-5": model(
        window: 1_000_000, output: 128_000, dollars(2, cached: 0.2, write: 2.5, 10)),
      "claude-sonnet-4-6": model(
        window: 1_000_000, output: 128_000, dollars(3, cached: 0.3, write: 3.75, 15)),
      "claude-sonnet-4-5": model(
        window: 200_000, output: 64_000, dollars(3, cached: 0.3, write: 3.75, 15)),
      "claude-haiku-4-5": model(
        window: 200_000, output: 64_000, dollars(1, cached: 0.1, write: 1.25, 5)),
    ],
    "api.deepseek.com": [
      "deepseek-v4-flash": model(
        window: 1_000_000, output: 384_000, dollars(0.14, cached: 0.0028, 0.28)),
      "deepseek-v4-pro": model(
        window: 1_000_000, output: 384_000, dollars(0.435, cached: 0.003625, 0.87)),
    ],
    "generativelanguage.googleapis.com": [
      "gemini-2.5-pro": model(
        window: 1_048_576, dollars(1.25, cached: 0.125, 10, long: (200_000, 200, 150))),
      "gemini-2.5-flash": model(window: 1_048_576, dollars(0.3, cached: 0.03, 2.5)),
      "gemini-2.5-flash-lite": model(window: 1_048_576, dollars(0.1, cached: 0.01, 0.4)),
    ],
    "api.groq.com": [
      "openai/gpt-oss-120b": model(
        window: 131_072, output: 65_536, dollars(0.15, cached: 0.075, 0.6)),
      "llama-3.3-70b-versatile": model(window: 131_072, dollars(0.59, 0.79)),
      "llama-3.1-8b-instant": model(window: 131_072, dollars(0.05, 0.08)),
    ],
    "api.mistral.ai": [
      "mistral-medium-3.5": model(window: 262_144, dollars(1.5, 7.5))
    ],
    "api.x.ai": [
      "grok-4.3": model(
        window: 1_000_000, dollars(1.25, cached: 0.2, 2.5, long: (199_999, 200, 200))),
      "grok-build-0.1": model(dollars(1, cached: 0.2, 2, long: (199_999, 200, 200))),
    ],
  ]

  private static func model(
    window: Int? = nil, output: Int? = nil, _ price: Price
  ) -> ModelProfile {
    ModelProfile(contextWindow: window, maxOutputTokens: output, price: price)
  }

  /// A price in dollars for a million tokens; `long` as in `Price.LongPrompt`.
  private static func dollars(
    _ input: Double, cached: Double? = nil, write: Double? = nil, _ output: Double,
    long: (above: Int, input: Int, output: Int)? = nil
  ) -> Price {
    Price(
      input: Money(dollarsPerMillion: input),
      cachedInput: cached.map(Money.init(dollarsPerMillion:)),
      cacheWrite: write.map(Money.init(dollarsPerMillion:)),
      output: Money(dollarsPerMillion: output),
      longPrompt: long.map {
        Price.LongPrompt(
          aboveInputTokens: $0.above, inputPercent: $0.input, outputPercent: $0.output)
      })
  }
}
