import Core
import Foundation
import Runtime

// A prompt as a command is given it: a file with its partials beside it, or standard input.

struct PromptSource {
  /// What messages call it: the path as it was given.
  let name: String
  let text: String
  /// By their names; those of standard input stand in the working folder.
  let partials: [String: String]

  /// - Parameter file: a path; `-` is standard input.
  init(file: String) throws {
    let folder: String
    if file == "-" {
      name = "stdin"
      text = try Self.standardInput()
      folder = FileManager.default.currentDirectoryPath
    } else {
      name = file
      text = try PromptFiles.read(file, mayWait: true)
      folder = (PromptFiles.absolute(file) as NSString).deletingLastPathComponent
    }
    partials = PromptFiles.partials(of: text, in: folder)
  }

  /// A text that was run once, with the partials that stand beside its file by now.
  init(text: String, path: String?) {
    self.text = text
    name = path.map { ($0 as NSString).lastPathComponent } ?? "prompt"
    partials =
      path.map {
        PromptFiles.partials(of: text, in: ($0 as NSString).deletingLastPathComponent)
      } ?? [:]
  }

  private static func standardInput() throws -> String {
    let data = FileHandle.standardInput.readDataToEndOfFile()
    guard let text = String(validating: data, as: UTF8.self) else {
      throw CommandError("Standard input is not UTF-8 text.")
    }
    return text
  }
}
