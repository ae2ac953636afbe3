import Foundation
import Playground

// Texts that go to files in place of the clipboard.

extension Runtime {
  /// Puts a text into the file that holds what was copied last, and says where that is.
  ///
  /// - Parameters:
  ///   - name: what it is.
  ///   - reason: why the clipboard doesn't take it; the beginning of a sentence.
  func writeCopy(_ text: String, named name: String, because reason: String) {
    let path = settings.folders.copiedText
    let folder = settings.folders.state
    withFiles {
      do {
        // Nobody else's business: an answer may say anything.
        try FileManager.default.createDirectory(
          atPath: folder, withIntermediateDirectories: true,
          attributes: [.posixPermissions: 0o700])
        try Data(text.utf8).write(to: URL(fileURLWithPath: path), options: .atomic)
      } catch {
        throw PromptFileError(
          description: "\(reason), and \(path) can't be written: \(error.localizedDescription)")
      }
      return .noticed(Notice(.success, "\(reason): \(name) is in \(path)."))
    }
  }

  /// Writes a text to a file that isn't there yet.
  func writeFile(_ text: String, to path: String) {
    let path = PromptFiles.absolute(path)
    withFiles {
      _ = try PromptFiles.save(PromptSave(path: path, text: text, expected: nil))
      return .noticed(Notice(.success, "Wrote \(path)."))
    }
  }
}
