import Foundation
import Testing

@testable import Core

private let examples = URL(filePath: #filePath)
  .deletingLastPathComponent().appending(path: "../../../examples").standardizedFileURL

private let prompts =
  FileManager.default.enumerator(
    at: examples.appending(path: "tour"), includingPropertiesForKeys: nil)?
  .compactMap { $0 as? URL }.filter { $0.pathExtension == "prompt" }.map(\.path).sorted() ?? []

private let passages = [
  Passage(
    source: "docs/returns.md", headings: ["Returns"], bytes: 0..<9, lines: 1...2,
    text: "Within 30 days."),
  Passage(source: "docs/faq.md", bytes: 0..<9, lines: 7...7, text: "Parcels cost 5.90."),
]

@Suite struct ExamplePromptTests {
  @Test func theTourHasItsPrompts() {
    let names = Set(prompts.map { URL(filePath: $0).lastPathComponent })
    #expect(names.isSuperset(of: ["answer.prompt", "no-context.prompt", "terse.prompt"]))
  }

  @Test(arguments: prompts)
  func anExampleRendersToASystemAndAUserMessageWithNothingMissing(_ path: String) throws {
    let text = try String(contentsOfFile: path, encoding: .utf8)
    let file = try PromptFile(parsing: text, name: path)
    let rendering = try file.messages(inputs: [:], passages: passages)
    #expect(rendering.missing.isEmpty)
    #expect(rendering.messages.map(\.role) == [.system, .user])
    #expect(rendering.messages.last?.text.hasSuffix(file.question(inputs: [:])) == true)
    for message in rendering.messages {
      #expect(message.text == message.text.trimmingCharacters(in: .whitespacesAndNewlines))
      #expect(!message.text.contains("\n\n\n"))
    }
  }

  @Test func theTourAnswersFromNumberedPassages() throws {
    let path = examples.appending(path: "tour/answer.prompt")
    let file = try PromptFile(
      parsing: String(contentsOf: path, encoding: .utf8), name: "answer.prompt")
    #expect(
      try file.messages(inputs: ["question": "How long?"], passages: passages).messages.last?.text
        == """
        [1] returns.md › Returns · 1-2
        Within 30 days.

        [2] faq.md · 7
        Parcels cost 5.90.

        Question: How long?
        """)
  }
}
