import Core
import Foundation

// The tour: a prompt and a small set of documents that ship with whet.

/// Where the parts of the tour are, and the draft that it begins with.
public enum Tour {
  /// The name of its index, and of the draft that is made on it.
  public static let name = "tour"

  /// The tour as it begins.
  ///
  /// - Parameter folder: `examples/tour`. Throws `PromptFileError`.
  public static func draft(folder: String) throws -> Draft {
    Draft(name: name, promptText: try PromptFiles.read(folder + "/answer.prompt"), index: name)
  }

  /// Where its documents are.
  public static func documents(folder: String) -> String { folder + "/docs" }
}
