import Core
import Playground
import Retrieval
import Sessions

// Finds the examples that are asked for, on the thread of the store or of the files.

extension Runtime {
  func loadExamples(_ request: ExampleRequest) {
    switch request.source {
    case .approvedRuns(let prompt):
      recorder.withStore(isAsked: true) { recorder, store in
        let examples = try store.examples(of: prompt, limit: Self.mostExamples)
        recorder.mailbox.post(
          .examplesFound(request, try Self.chosen(request.choice, of: examples)))
      }
    case .dataset(let path, let promptPath):
      withFiles {
        let (dataset, _) = try InputFiles.dataset(at: path, promptPath: promptPath)
        let examples = dataset.cases.compactMap(Example.init)
        return .examplesFound(request, try Self.chosen(request.choice, of: examples))
      }
    }
  }

  /// Of those that are corrected or rated good, the newest are looked at.
  private static let mostExamples = 1000

  private static func chosen(
    _ choice: ExampleChoice, of examples: [Example]
  ) throws -> [Example] {
    switch choice {
    case .byHand: examples
    case .random(let seed):
      ExampleChoice.places(of: ExampleChoice.count, outOf: examples.count, seed: seed)
        .map { examples[$0] }
    case .similar(let text):
      try TextRanking.best(ExampleChoice.count, of: examples.map(\.inputText), for: text)
        .reversed().map { examples[$0] }
    }
  }
}
