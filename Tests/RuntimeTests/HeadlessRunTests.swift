import Core
import Foundation
import Playground
import Testing

@testable import Runtime

@Suite("Headless run")
struct HeadlessRunTests {
  private final class Output {
    var log: [String] = []
    var finished: [HeadlessRun.Finished] = []
  }

  private func start(
    _ text: String, inputs: [String: String] = [:], models: [ModelReference],
    index: String? = nil, retrieval: RetrievalSettings = RetrievalSettings(),
    interruption: Interruption = Interruption(),
    onText: ((String) -> Void)? = nil
  ) throws -> (hasFailed: Bool, output: Output) {
    let bench = try Workbench()
    defer { bench.remove() }
    bench.perform(.lookAround(session: nil))
    let output = Output()
    let run = HeadlessRun(
      host: bench.runtime, prompt: try PromptFile(parsing: text, name: "ask.prompt"),
      promptText: text, promptPath: nil, inputs: inputs, index: index,
      retrieval: retrieval)
    let hasFailed = try run.start(
      models: models, interruption: interruption,
      onText: { piece in
        output.log.append(piece)
        onText?(piece)
      },
      onBegin: { output.log.append("<\($0)>") },
      onEnd: { finished in
        output.log.append("</>")
        output.finished.append(finished)
      },
      onNotice: { output.log.append($0.text) })
    return (hasFailed, output)
  }

  @Test("Answers come one after the other, in the order of their models")
  func order() throws {
    let (hasFailed, output) = try start(
      "{{#each passages}}{{text}}{{/each}} {{question}}",
      inputs: ["question": "How many days to return a wheel?"], models: [.extractive, .echo],
      index: Tour.name)
    #expect(!hasFailed)
    let text = output.log.joined()
    #expect(
      text == "<builtin/extractive>[1] You have thirty days to return a wheel.</>"
        + "<builtin/echo># Returns\n\nYou have thirty days to return a wheel. "
        + "How many days to return a wheel?</>")
    #expect(output.finished.map(\.answer.finishReason) == [.stop, .stop])
    #expect(output.finished.first?.request.passages.count == 1)
  }

  @Test("Passages over the budget are kept from the prompt, as in the playground")
  func budget() throws {
    let (_, output) = try start(
      "{{#each passages}}{{text}}{{/each}}{{question}}",
      inputs: ["question": "How many days to return a wheel?"], models: [.echo],
      index: Tour.name, retrieval: RetrievalSettings(budget: 3))
    #expect(output.log.joined() == "<builtin/echo>How many days to return a wheel?</>")
    #expect(output.finished.first?.request.passages.isEmpty == true)
  }

  private static let chain = """
    {{!-- step: gather --}}
    {{#each passages}}{{text}}{{/each}} {{question}}
    {{!-- step: answer --}}
    {{steps.gather}}!
    """

  @Test("Of a chain, the last answer is told, and the steps before it are kept beside it")
  func chain() throws {
    let (hasFailed, output) = try start(
      Self.chain, inputs: ["question": "Return a wheel?"], models: [.echo, .extractive],
      index: Tour.name)
    #expect(!hasFailed)
    let passage = "# Returns\n\nYou have thirty days to return a wheel."
    #expect(
      output.log.joined().hasPrefix("<builtin/echo>\(passage) Return a wheel?!</>"))
    let finished = try #require(output.finished.first)
    #expect(finished.step == "2 answer")
    #expect(finished.request.passages.isEmpty)
    #expect(finished.earlierSteps.map(\.step) == ["1 gather"])
    #expect(finished.earlierSteps.map(\.answer.text) == ["\(passage) Return a wheel?"])
    #expect(finished.earlierSteps.first?.request.passages.count == 1)
  }

  @Test("A chain whose step is interrupted fails, and names the step")
  func interruptedChain() throws {
    let interruption = Interruption()
    let words = (0..<400).map { "w\($0)" }.joined(separator: " ")
    interruption.bell.ring()
    let (hasFailed, output) = try start(
      words + "\n{{!-- step: b --}}\n{{previous}}", models: [.echo], interruption: interruption)
    #expect(hasFailed)
    #expect(output.finished.first?.problem?.contains("step 1") == true)
  }

  @Test("What a later step lacks is named before anything is asked")
  func chainLacks() {
    #expect(throws: MissingVariablesError.self) {
      try start("a\n{{!-- step: b --}}\n{{previous}} {{who}}", models: [.echo])
    }
  }

  @Test("Variables without a value are named, and nothing is asked")
  func missingVariables() throws {
    do {
      _ = try start("{{a}} {{b}}", inputs: ["a": "x"], models: [.echo])
      Issue.record("it ran")
    } catch {
      #expect("\(error)" == "ask.prompt needs b: add --var b=….")
    }
  }

  @Test("An index that is not there is told of, and nothing is asked")
  func missingIndex() throws {
    do {
      _ = try start("{{question}}", inputs: ["question": "x"], models: [.echo], index: "none")
      Issue.record("it ran")
    } catch {
      #expect("\(error)".hasPrefix("There is no index 'none'"))
    }
  }

  @Test("A model that fails makes the command fail, and the others still answer")
  func failure() throws {
    let unknown = ModelReference(provider: "nobody", model: "x")
    let (hasFailed, output) = try start("Hi", models: [unknown, .echo])
    #expect(hasFailed)
    #expect(output.finished.map(\.answer.finishReason) == [.error, .stop])
    #expect(output.log == ["<nobody/x>", "</>", "<builtin/echo>", "Hi", "</>"])
  }

  @Test("An interruption ends the runs with what had come of them")
  func interruption() throws {
    let interruption = Interruption()
    let words = (0..<400).map { "w\($0)" }.joined(separator: " ")
    let (hasFailed, output) = try start(
      words, models: [.echo], interruption: interruption
    ) { _ in interruption.bell.ring() }
    #expect(hasFailed)
    let answer = try #require(output.finished.first?.answer)
    #expect(answer.finishReason == .cancelled)
    #expect(answer.text.hasPrefix("w0 "))
    #expect(answer.text.utf8.count < words.utf8.count)
  }
}
