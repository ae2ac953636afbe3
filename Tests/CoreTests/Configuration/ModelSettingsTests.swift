import Testing

@testable import Core

@Suite struct ModelSettingsTests {
  @Test func whatIsKnownOfModelsIsReadInTheOrderOfTheFile() throws {
    let read = try configuration(
      """
      model_settings:
        - model: openai/gpt-5*
          context_window: 400000
          max_output: 128000
          price: {input: 1.25, cached_input: 0.125, output: 10}
          parameters: {max_tokens: max_completion_tokens, temperature: none}
        - model: "*/llama3.2*"
          price: {input: 0, output: 0}
      """)
    let perToken = { (dollars: Double) in Money(dollars: dollars / 1_000_000) }
    #expect(
      read.modelSettings == [
        ModelCatalog.Entry(
          "openai/gpt-5*",
          ModelProfile(
            contextWindow: 400_000, maxOutputTokens: 128_000,
            price: Price(
              input: perToken(1.25), cachedInput: perToken(0.125), output: perToken(10)),
            parameterNames: ["max_tokens": "max_completion_tokens", "temperature": ""])),
        ModelCatalog.Entry(
          "*/llama3.2*", ModelProfile(price: Price(input: .zero, output: .zero))),
      ])
    #expect(perToken(0.125).picodollars == 125_000)
    let catalog = ModelCatalog(entries: read.modelSettings)
    let model = ModelReference(provider: "ollama", model: "llama3.2:3b")
    #expect(catalog.profile(of: model).price?.output == .zero)
  }

  @Test func aBudgetIsInDollars() throws {
    #expect(
      try configuration("budget: {session: 5.00, command: 0.25}").budget
        == BudgetLimits(session: Money(dollars: 5), command: Money(dollars: 0.25)))
    #expect(
      try configuration("budget: {command: 0}").budget == BudgetLimits(command: .zero))
  }

  @Test(arguments: [
    ("model_settings: {}", 1, "'model_settings' must be a list"),
    ("model_settings:\n  - price: {input: 1, output: 1}", 2, "a model's settings need a 'model'"),
    ("model_settings:\n  - model: gpt-5", 2, "'model' must be 'provider/model', where '*' stands"),
    ("model_settings:\n  - {model: a/b, context_window: 0}", 2, "'context_window' must be a whole"),
    (
      "model_settings:\n  - {model: a/b, max_output: 1.5}", 2, "'max_output' must be a whole number"
    ),
    ("model_settings:\n  - {model: a/b, cost: 1}", 2, "unknown key 'cost'; known here are"),
    ("model_settings:\n  - {model: a/b, price: 3}", 2, "'price' must hold 'key: value' lines"),
    (
      "model_settings:\n  - {model: a/b, price: {input: 3}}", 2,
      "'price' needs 'input' and 'output'"
    ),
    (
      "model_settings:\n  - model: a/b\n    price: {input: -1, output: 1}", 3,
      "'input' must be a number of dollars from 0 to 1000000"
    ),
    (
      "model_settings:\n  - {model: a/b, parameters: {max_tokens: [x]}}", 2,
      "'max_tokens' must be a text"
    ),
    ("budget: 5", 1, "'budget' must hold 'key: value' lines; known keys are command, session"),
    ("budget:\n  session: much", 2, "'session' must be a number of dollars from 0 to 1000000"),
    ("budget:\n  day: 1", 2, "unknown key 'day'; known here are command, session"),
  ])
  func aMistakeIsToldWithItsLine(_ text: String, _ line: Int, _ problem: String) {
    do {
      _ = try Configuration(parsing: text, path: "config.yaml")
      Issue.record("'\(text)' was read")
    } catch {
      #expect(error.description.hasPrefix("config.yaml:\(line): \(problem)"))
    }
  }
}
