import Core
import Evaluation
import Foundation
import Grading

// Evaluations, read from files with all that they name; each call may wait for the disk.

public enum EvaluationFiles {
  /// The plan of a configuration.
  ///
  /// Throws `EvaluationFileError` and what else says why it can't be read.
  public static func plan(at path: String) throws -> EvaluationPlan {
    let path = PromptFiles.absolute(path)
    let folder = (path as NSString).deletingLastPathComponent
    return try plan(try PromptFiles.read(path), path: path, in: folder)
  }

  /// The plan of one prompt over the cases of a dataset.
  ///
  /// - Parameters:
  ///   - prompt: the path of a `.prompt` file.
  ///   - dataset: the path of a file with cases.
  ///   - models: those that are asked; where there are none, the prompt's own.
  public static func plan(
    ofPrompt prompt: String, over dataset: String, models: [ModelReference]
  ) throws -> EvaluationPlan {
    let path = PromptFiles.absolute(prompt)
    let data = PromptFiles.absolute(dataset)
    var variant: JSON.Object = ["prompt": .string(path)]
    if let model = models.first { variant["model"] = .string(model.description) }
    let source: JSON = [
      "description": .string(path.fileName), "variants": [.object(variant)],
      "tests": .string(data),
    ]
    let folder = FileManager.default.currentDirectoryPath
    let stem = String(path.fileName.prefix { $0 != "." })
    return try plan(source.text, path: "\(folder)/\(stem)", in: folder)
  }

  private static func plan(
    _ text: String, path: String, in folder: String
  ) throws -> EvaluationPlan {
    try EvaluationFile(
      parsing: text, path: path, files: { try ImportFiles.files(of: $0, in: folder) },
      folders: { SpiderFolder.isOne($0) ? try SpiderFolder.cases(in: $0) : nil }
    ).plan
  }
}

extension EvaluationPlan {
  /// The plan with other models in place of each variant's: one variant for every model.
  public func asking(_ models: [ModelReference]) -> EvaluationPlan {
    guard !models.isEmpty else { return self }
    var plan = self
    plan.variants = variants.flatMap { variant in
      models.map { model in
        var variant = variant
        variant.asked.model = model
        if models.count > 1 {
          variant.name = variants.count == 1 ? "\(model)" : "\(variant.name) · \(model)"
        }
        return variant
      }
    }
    return plan
  }
}
