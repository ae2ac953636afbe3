import Testing

@testable import Core

func configuration(_ text: String) throws -> Configuration {
  try Configuration(parsing: text, path: "config.yaml")
}

@Suite struct ConfigurationTests {
  @Test func allThatCanBeSetIsRead() throws {
    let read = try configuration(
      """
      theme: light
      models: [local/qwen3:4b, builtin/extractive]
      retrieval: {k: 8, budget: 1500}
      providers:
        - name: local
          base_url: http://127.0.0.1:8080/v1/
          models: [qwen3:4b]
        - name: hosted
          base_url: https://models.example.com/v1
          key_env: EXAMPLE_API_KEY
      """)
    var expected = Configuration()
    expected.theme = "light"
    expected.models = [ModelReference(provider: "local", model: "qwen3:4b"), .extractive]
    expected.retrieval.limit = 8
    expected.retrieval.budget = 1500
    expected.providers = [
      Provider(name: "local", baseURL: "http://127.0.0.1:8080/v1", models: ["qwen3:4b"]),
      Provider(
        name: "hosted", baseURL: "https://models.example.com/v1",
        key: .environment("EXAMPLE_API_KEY")),
    ]
    #expect(read == expected)
  }

  @Test func `retrieval is set by the names of the command line`() throws {
    let read = try configuration(
      """
      retrieval:
        method: hybrid
        fusion: ranks
        vector_weight: 1
        diversity: .25
        min_score: -2
        chunking: recursive-200-20
        path: docs/**
        heading: Refunds
        page: 3-7
        where: {lang: de, year: 2024}
        rerank: local/reranker
        rewrite: expansion
      """
    ).retrieval
    var expected = RetrievalSettings()
    expected.method = .hybrid
    expected.fusion = .ranks
    expected.vectorWeight = 1
    expected.diversity = 0.25
    expected.minimumScore = -2
    expected.chunking = Chunking(.recursive, size: 200, overlap: 20)
    expected.filter.path = "docs/**"
    expected.filter.heading = "Refunds"
    expected.filter.pages = 3...7
    expected.filter.metadata = ["lang": "de", "year": "2024"]
    expected.reranker = ModelReference(provider: "local", model: "reranker")
    expected.rewriting = .expansion
    #expect(read == expected)
  }

  @Test(arguments: ["", "# nothing yet\n", "~\n"])
  func anEmptyFileSetsNothing(_ text: String) throws {
    #expect(try configuration(text) == Configuration())
  }

  @Test(arguments: [
    ("theme: [", "config.yaml:1: not YAML: "),
    ("just text", "config.yaml:1: the file must hold 'key: value' lines; known keys are budget, "),
    (
      "theme: dark\nprovders: []",
      "config.yaml:2: unknown key 'provders'; known here are budget, clipboard, keys, model_settings, "
        + "models, providers, retrieval, theme"
    ),
    ("theme: 3", "config.yaml:1: 'theme' must be a text"),
    ("models: x", "config.yaml:1: 'models' must be a list"),
    ("models:\n  - gpt", "config.yaml:2: a model is written 'provider/model'"),
    ("retrieval:\n  k: 0", "config.yaml:2: 'k' must be a whole number from 1 to 100"),
    (
      "retrieval:\n  method: bm52",
      "config.yaml:2: 'method' must be bm25, vector or hybrid"
    ),
    ("retrieval:\n  where: 3", "config.yaml:2: 'where' must hold 'name: value' lines"),
    ("retrieval: 3", "config.yaml:1: 'retrieval' must hold 'key: value' lines"),
    (
      "retrieval:\n  depth: 1",
      "config.yaml:2: unknown key 'depth'; known here are budget, chunking"
    ),
    ("providers:\n  - name: a", "config.yaml:2: a provider needs a 'name' and a 'base_url'"),
    (
      "providers:\n  - {name: a, base_url: 'ftp://x'}",
      "config.yaml:2: 'base_url' must be like 'http://127.0.0.1:8080/v1'"
    ),
    (
      "providers:\n  - {name: builtin, base_url: 'http://x'}",
      "config.yaml:2: a provider's name holds no '/' and is not 'builtin'"
    ),
    (
      "providers:\n  - {name: a, base_url: 'http://x'}\n  - {name: a, base_url: 'http://y'}",
      "config.yaml:3: there are two providers named 'a'"
    ),
  ])
  func aMistakeIsToldWithFileLineAndWhatIsKnown(_ text: String, _ expected: String) {
    do {
      _ = try Configuration(parsing: text, path: "config.yaml")
      Issue.record("'\(text)' was read")
    } catch {
      #expect(error.description.hasPrefix(expected))
    }
  }

  @Test(arguments: [
    "providers:\n  - name: a\n    base_url: http://x\n    key: hunter2",
    "providers:\n  - name: a\n    base_url: http://x\n    api_key: hunter2",
    "providers:\n  - name: a\n    base_url: http://x\n    API_KEY: hunter2",
    "providers:\n  - name: a\n    base_url: http://x\n    key_env: sk-hunter2",
    "providers:\n  - name: a\n    base_url: http://me:hunter2@x/v1",
    "providers:\n  - name: a\n    base_url: http://x/v1?key=hunter2",
    "providers:\n  - name: a\n    base_url: http://x\n    headers: {Authorization: Bearer hunter2}",
    "providers:\n  - name: a\n    base_url: http://x\n    headers: {X-Api-Key: hunter2}",
    "providers:\n  - name: a\n    base_url: http://x\n    headers: {Cookie: hunter2}",
    "providers:\n  - name: a\n    base_url: http://x\n    headers: {X-My-Token-2: hunter2}",
    "providers:\n  - name: a\n    base_url: http://x\n    headers: {Client-Secret: hunter2}",
    "providers:\n  - name: a\n    base_url: http://x\n    headers: {X-A: 'x$hunter2-'}",
    "providers:\n  - name: a\n    base_url: http://x\n    headers: {X-A: \"hunter2\\r\\nX-B: c\"}",
    "providers:\n  - name: a\n    base_url: http://x\n    query: {key: hunter2}",
    "providers:\n  - name: a\n    base_url: http://x\n    password: hunter2",
    "providers:\n  - name: a\n    base_url: http://x\n    protocol: hunter2",
    "providers:\n  - name: a\n    base_url: http://x\n    client_certificate: {password: hunter2}",
    "providers:\n  - name: a\n    base_url: http://x\n    timeouts: {connect: hunter2}",
    "budget: {session: hunter2}",
    "token: hunter2",
    "token: 'hunter2",
  ])
  func aKeyInTheFileIsRefusedAndNotRepeated(_ text: String) {
    do {
      _ = try Configuration(parsing: text, path: "config.yaml")
      Issue.record("a key was taken")
    } catch {
      #expect(!error.description.contains("hunter2"))
    }
  }

  @Test func aKeyInTheFileIsMetWithTheWayToGiveIt() {
    #expect(
      throws: ConfigurationError(
        path: "config.yaml", line: 4,
        problem: "a key must not be in this file: put it in an environment variable, and name that "
          + "variable with 'key_env', or name a command that prints it with 'key_command'")
    ) {
      try configuration("providers:\n  - name: a\n    base_url: http://x\n    api_key: s")
    }
  }
}
