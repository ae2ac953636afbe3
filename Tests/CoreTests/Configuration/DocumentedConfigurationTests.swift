import Foundation
import Testing

@testable import Core

private let checkout = URL(filePath: #filePath)
  .deletingLastPathComponent().appending(path: "../../..").standardizedFileURL

/// The code blocks of a language in a page, each with a name for its place.
private func blocks(of language: String, in page: String) throws -> [(place: String, text: String)]
{
  let lines = try String(contentsOf: checkout.appending(path: page), encoding: .utf8)
    .split(separator: "\n", omittingEmptySubsequences: false)
  var blocks: [(place: String, text: String)] = []
  var start: Int?
  for (number, line) in lines.enumerated() {
    if let begin = start, line == "```" {
      blocks.append(("\(page):\(begin + 1)", lines[begin..<number].joined(separator: "\n")))
      start = nil
    } else if line == "```\(language)" {
      start = number + 1
    }
  }
  return blocks
}

@Suite struct DocumentedConfigurationTests {
  @Test(arguments: ["README.md", "docs/configuration.md"])
  func everyExampleOfAConfigurationIsOne(_ page: String) throws {
    let examples = try blocks(of: "yaml", in: page)
    #expect(!examples.isEmpty)
    for example in examples {
      let read = try Configuration(parsing: example.text, path: example.place)
      #expect(read != Configuration(), "\(example.place) sets nothing")
    }
  }

  @Test(arguments: ["README.md", "docs/configuration.md"])
  func everyExampleOfAPromptIsOne(_ page: String) throws {
    let examples = try blocks(of: "handlebars", in: page)
    #expect(!examples.isEmpty)
    for example in examples {
      let prompt = try PromptFile(parsing: example.text, name: example.place)
      #expect(prompt.frontMatter != nil)
    }
  }

  @Test func thePageHasEveryServerThatItShould() throws {
    let providers = try blocks(of: "yaml", in: "docs/configuration.md").flatMap {
      try Configuration(parsing: $0.text, path: $0.place).providers
    }
    #expect(
      Set(providers.map(\.name)).isSuperset(of: [
        "openai", "anthropic", "azure", "openrouter", "together", "groq", "mistral", "deepseek",
        "ollama", "llamacpp", "vllm", "lmstudio",
      ]))
    let azure = try #require(providers.first { $0.name == "azure" })
    #expect(azure.baseURL.hasSuffix("/deployments/{model}"))
    #expect(azure.query == ["api-version": "2024-10-21"] && azure.keyField == "api-key")
  }

  @Test func thePageNamesEveryKeyOfAProvider() throws {
    let page = try String(
      contentsOf: checkout.appending(path: "docs/configuration.md"), encoding: .utf8)
    do {
      _ = try configuration("providers:\n  - x: y")
      Issue.record("an unknown key was read")
    } catch let error as ConfigurationError {
      let names = error.problem.components(separatedBy: "known here are ").last ?? ""
      for name in names.components(separatedBy: ", ") {
        #expect(page.contains("| `\(name)` |"), "\(name) is missing")
      }
    }
  }
}
