import Core
import Evaluation
import RandomSource
import Testing

@testable import FineTuning

@Suite struct NearCasesTests {
  private func example(_ text: String, system: String? = nil) -> TrainingExample {
    TrainingExample(
      input: [system.map { TrainingMessage(role: "system", text: $0) }].compactMap { $0 }
        + [TrainingMessage(role: "user", text: text)],
      answer: [TrainingMessage(role: "assistant", text: "{}")])
  }

  private func near(_ brief: String, _ examples: [TrainingExample]) -> NearExample? {
    var cases = NearCases([EvaluationCase(id: "a", inputs: ["brief": .string(brief)])])
    for example in examples { cases.take(example) }
    return cases.near["a"]
  }

  private let brief = "A bakery in the old town that bakes rye loaves and wants a calm, warm site."

  @Test func `the same words are near, whatever stands around and between them`() {
    #expect(near(brief, [example("Something else entirely."), example(brief)])?.number == 2)
    #expect(near(brief, [example(brief.uppercased() + "!!")])?.likeness == 1)
    #expect(near(brief, [example("Make a guideline. Brief: \(brief) Thanks in advance!")]) != nil)
  }

  @Test func `one word in a long text leaves it near, half of them don't`() {
    let words = (1...40).map { "word\($0)" }
    var changed = words
    changed[20] = "other"
    // Three of 38 runs hold the word.
    let found = near(words.joined(separator: " "), [example(changed.joined(separator: " "))])
    #expect(abs((found?.likeness ?? 0) - 35.0 / 38) < 1e-12)
    for place in 0..<20 { changed[place * 2] = "other\(place)" }
    #expect(near(words.joined(separator: " "), [example(changed.joined(separator: " "))]) == nil)
  }

  @Test func `what a system prompt says is no example of a case`() {
    #expect(near(brief, [example("Hello there, you.", system: brief)]) == nil)
  }

  @Test func `a text of few words is near only the same one`() {
    #expect(near("Say hello", [example("say Hello.")])?.likeness == 1)
    #expect(near("Say hello", [example("say goodbye")]) == nil)
    #expect(near("", [example("")]) == nil)
  }

  @Test func `text without spaces has words, too`() {
    let text = "请把下面的文字翻译成德语并保持格式"
    #expect(near(text, [example(text + "谢谢")])?.likeness == 1)
    #expect(near(text, [example("今天天气很好我们去公园散步吧")]) == nil)
  }

  @Test func `a case's own name and its passages are not what it asks`() {
    var cases = NearCases([
      EvaluationCase(
        id: "a", inputs: ["id": "a", "passages": "one two three four", "brief": .string(brief)])
    ])
    cases.take(example("one two three four"))
    #expect(cases.nearest.isEmpty)
    cases.take(example(brief))
    #expect(cases.near["a"]?.likeness == 1)
  }

  @Test func `planted leaks are found among strangers, and nothing else is`() {
    var random = SeededRandom(seed: 9)
    func text() -> [String] { (0..<30).map { _ in "w\(Int.random(in: 0..<300, using: &random))" } }
    let texts = (0..<100).map { _ in text() }
    var cases = NearCases(
      texts.enumerated().map {
        EvaluationCase(
          id: "c\($0.offset)", inputs: ["q": .string($0.element.joined(separator: " "))])
      })
    for number in 0..<1000 {
      guard number % 20 == 0 else {
        cases.take(example(text().joined(separator: " ")))
        continue
      }
      var leak = texts[number / 20]
      leak[Int.random(in: 0..<30, using: &random)] = "changed"
      cases.take(example(leak.joined(separator: " ")))
    }
    #expect(cases.exampleCount == 1000)
    #expect(Set(cases.near.keys) == Set((0..<50).map { "c\($0)" }))
    #expect(
      cases.near.allSatisfy { $0.value.number == Int($0.key.dropFirst()).map { $0 * 20 + 1 } })
  }
}
