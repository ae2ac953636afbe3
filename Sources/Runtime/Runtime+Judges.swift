import Core
import Foundation
import Playground

// The rubric that judge models go by, read anew each time: people change it between two judgments.

extension Runtime {
  func readRubric() {
    let path = settings.rubric ?? settings.folders.rubric
    withFiles {
      guard let path else {
        throw JudgePromptError(
          path: "that ships with whet", problem: "the files that ship with whet can't be found")
      }
      return .rubricRead(try JudgePrompt(PromptFiles.read(path), path: path))
    }
  }
}
