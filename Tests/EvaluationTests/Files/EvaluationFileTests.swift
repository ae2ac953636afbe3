import Core
import Evaluation
import Testing

@Suite struct EvaluationFileTests {
  private func plan(
    _ text: String, files: [String: String] = [:]
  ) throws -> EvaluationPlan {
    try EvaluationFile(parsing: text, path: "/work/eval.yaml") { path in
      guard let text = files[path] else { throw EvaluationFileError("There is no \(path).") }
      return [ImportFile(path: path, text: text)]
    }.plan
  }

  @Test func `promptfoo's configuration is prompts by providers`() throws {
    let plan = try plan(
      """
      description: Capitals
      prompts:
        - "Where is {{city}}?"
        - file://long.txt
      providers:
        - openai:chat:gpt-5
        - id: ollama:chat:llama3.2
          label: small
          config: {temperature: 0.2, max_tokens: 50, num_ctx: 4096}
        - echo
      defaultTest:
        vars: {tone: plain}
        assert: [{type: latency, threshold: 3000}]
      tests:
        - vars: {city: [Rome, Oslo]}
          assert:
            - type: icontains
              value: "{{city}}"
        - description: by hand
          vars: {city: Bonn, tone: warm}
          assert: [{type: javascript, value: "output.length > 3"}, {type: not-contains, value: sorry}]
          threshold: 0.5
      evaluateOptions: {maxConcurrency: 3, repeat: 2, delay: 100}
      outputPath: out.json
      """, files: ["long.txt": "Tell me about {{city}} in a {{tone}} tone."])
    #expect(plan.name == "Capitals")
    #expect(plan.variants.count == 6)
    #expect(plan.variants.contains { $0.asked.model.description == "openai/gpt-5" })
    let small = try #require(plan.variants.first { $0.name.hasSuffix("small") })
    #expect(small.asked.parameters.temperature == 0.2)
    #expect(small.asked.parameters.maxTokens == 50)
    #expect(Set(plan.variants.map(\.name)).count == 6)
    #expect(plan.variants.last?.asked.model == .echo)
    #expect(plan.cases.map { $0.inputs["city"]?.string } == ["Rome", "Oslo", "Bonn"])
    #expect(plan.cases.map { $0.inputs["tone"]?.string } == ["plain", "plain", "warm"])
    #expect(plan.cases[0].assertions.map(\.name) == ["latency", "icontains"])
    #expect(plan.cases[2].assertions.map(\.name) == ["latency", "not-contains"])
    #expect(plan.cases[2].threshold == 0.5)
    #expect((plan.repeatCount, plan.mostRequests) == (2, 3))
    for word in ["javascript", "delay", "outputPath", "num_ctx"] {
      #expect(plan.omissions.contains { $0.contains(word) }, "\(word): \(plan.omissions)")
    }
  }

  @Test func `tests of a CSV file expect what its columns say`() throws {
    let plan = try plan(
      """
      prompts: ["{{q}}"]
      providers: echo
      tests: file://cases.csv
      """,
      files: [
        "cases.csv": """
        q,__expected,__expected2,__description
        one,contains: on,not-contains: two,first
        two,two,,second
        three,"contains-any: ""a,b"", three",,
        """
      ])
    #expect(
      plan.cases.map { $0.assertions.map(\.name) } == [
        ["contains", "not-contains"], ["equals"], ["contains-any"],
      ])
    #expect(plan.cases[2].assertions[0].value == ["a,b", "three"])
    #expect(plan.cases.map(\.description) == ["first", "second", ""])
  }

  @Test func `variants of our own say which passages they are given`() throws {
    let plan = try plan(
      """
      model: test/m
      tests:
        - {id: q1, question: How?, query: SELECT 1, tags: [easy, join], relevant: [a.md]}
      defaultTest:
        assert: [{type: sql-execution, value: "{{query}}", config: {database: x.sqlite}}]
      variants:
        - {name: base, prompt: "{{question}}", step: baseline}
        - name: found
          prompt: found.prompt
          model: ollama/other
          config: {temperature: 0}
          documents: docs
          retrieval: {k: 2, method: bm25}
      """, files: ["found.prompt": "{{#each passages}}{{text}}{{/each}}{{question}}"])
    #expect(plan.variants.map(\.name) == ["base", "found"])
    #expect(plan.variants[0].asked.context == .none)
    #expect(plan.variants[0].kind == "baseline")
    guard case .settings(let settings, let index) = plan.variants[1].asked.context else {
      Issue.record("\(plan.variants[1].asked.context)")
      return
    }
    #expect(settings.limit == 2)
    #expect(plan.documents == [index: "/work/docs"])
    #expect(plan.variants[1].asked.parameters.temperature == 0)
    #expect(plan.variants[1].promptPath == "/work/found.prompt")
    let testCase = plan.cases[0]
    #expect(testCase.id == "q1")
    #expect(testCase.tags == ["easy", "join"])
    #expect(testCase.relevant.map(\.document) == ["a.md"])
    #expect(testCase.assertions[0].filled(with: testCase.knownValues).value == "SELECT 1")
  }

  @Test(arguments: [
    ("prompts: [a]\ntests: []", "there are no cases"),
    ("prompts: [a]\nproviders: ['exec:./x.sh']", "no provider"),
    ("providers: [echo]\ntests: [{vars: {a: b}}]", "no `prompts`"),
    ("variants: [{name: x}]\ntests: [{vars: {a: b}}]", "has no `prompt`"),
    ("variants: [{name: x, prompt: hi}]\ntests: [{vars: {a: b}}]", "no model is named"),
    ("variants: [{name: x, promt: hi}]\ntests: [{vars: {a: b}}]", "'promt'"),
    ("prompts: [a]\nproviders: [echo]\ntests: file://cases.py", "no program is run|is not run"),
    (
      "prompts: [a]\nproviders: [echo]\ntests: [{vars: {a: b}, assert: [{type: equls, value: x}]}]",
      "equals"
    ),
    ("- a", "is no evaluation"),
  ])
  func `what can't be run says what to do`(text: String, part: String) {
    do {
      _ = try plan(text)
      Issue.record("It was read.")
    } catch {
      #expect(part.split(separator: "|").contains { "\(error)".contains($0) }, "\(error)")
    }
  }

  @Test func `ids hang on the inputs, hashes on what is asked and expected`() throws {
    func cases(_ text: String) throws -> [EvaluationCase] {
      try plan("prompts: ['{{a}}']\nproviders: echo\ntests: \(text)").cases
    }
    let one = try cases("[{vars: {a: x}}, {vars: {a: y}}]")
    let moved = try cases("[{vars: {a: y}}, {vars: {a: x}}]")
    #expect(one.map(\.id) == moved.reversed().map(\.id))
    #expect(DatasetHash.of(one) == DatasetHash.of(moved))
    let twice = try cases("[{vars: {a: x}}, {vars: {a: x}}]")
    #expect(twice[1].id == twice[0].id + "-2")
    let other = try cases("[{vars: {a: x}, assert: [{type: contains, value: z}]}, {vars: {a: y}}]")
    #expect(DatasetHash.of(other) != DatasetHash.of(one))
    #expect(one.allSatisfy { (0..<1).contains(Split.share(of: $0.id)) })
    let shares = (0..<2000).map { Split.share(of: "case-\($0)") }
    #expect((900...1100).contains(shares.count { $0 < 0.5 }))
  }
}
