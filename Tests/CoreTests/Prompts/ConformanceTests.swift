import Core
import PromptConformance
import Testing

@Suite struct ConformanceTests {
  @Test(arguments: ConformanceSuite.fileNames)
  func everyCaseOfAFileComesToWhatIsExpected(_ file: String) throws {
    var count = 0
    for suite in try ConformanceSuite.suites(in: file) {
      for test in suite.cases {
        count += 1
        let place = Comment("\(file) / \(suite.name) / \(test.name)")
        do {
          var options = try PromptOptions(json: test.options)
          options.partials.merge(suite.files) { $1 }
          let prompt = try RenderedPrompt(
            parsing: suite.template, name: "a.prompt", data: PromptData(json: test.data),
            options: options)
          for difference in test.differences(from: .object(prompt.json)) {
            Issue.record("\(place): \(difference)")
          }
        } catch {
          Issue.record("\(place): \(error)")
        }
      }
    }
    print("conformance: \(file) \(count) cases")
    #expect(count > 0)
  }

  @Test func theFilesAreThere() { #expect(ConformanceSuite.fileNames.count >= 13) }
}
