import Core
import Foundation
import Playground

// Prompts of other programs, read from files.

/// Reads the files that an import needs; each call may wait for the disk.
public enum ImportFiles {
  /// What a file comes to. Throws `ImportError` and `PromptFileError`.
  public static func importing(_ path: String) throws -> PromptImport {
    let folder = (PromptFiles.absolute(path) as NSString).deletingLastPathComponent
    return try PromptImport(of: ImportFile(path: path, text: try PromptFiles.read(path))) {
      try files(of: $0, in: folder)
    }
  }

  private static let mostFiles = 200

  /// The files that a reference names, whose last part may hold `*`; in the order of their names.
  static func files(of reference: String, in folder: String) throws -> [ImportFile] {
    let path = reference.hasPrefix("/") ? reference : "\(folder)/\(reference)"
    let pattern = (path as NSString).lastPathComponent
    guard pattern.contains("*") else {
      return [ImportFile(path: reference, text: try PromptFiles.read(path))]
    }
    let parent = (path as NSString).deletingLastPathComponent
    let names = ((try? FileManager.default.contentsOfDirectory(atPath: parent)) ?? []).sorted()
      .filter { fnmatch(pattern, $0, FNM_PERIOD) == 0 }
    guard !names.isEmpty else { throw PromptFileError(description: "No file fits \(path).") }
    return try names.prefix(mostFiles).map {
      ImportFile(path: $0, text: try PromptFiles.read("\(parent)/\($0)"))
    }
  }
}

extension Runtime {
  /// Opens what a file of another program comes to, as a draft of its own without a file.
  func importPrompt(from path: String) {
    withFiles { [mailbox] in
      let path = PromptFiles.absolute(path)
      let imported = try ImportFiles.importing(path)
      guard let first = imported.prompts.first else {
        throw ImportError("\(path) holds no prompt.")
      }
      mailbox.post(.noticed(Self.notice(of: imported, from: path)))
      return .promptOpened(
        Draft(name: "imported\(path)/\(first.name)", promptText: first.text))
    }
  }

  private static func notice(of imported: PromptImport, from path: String) -> Notice {
    let name = path.split(separator: "/").last.map(String.init) ?? path
    var sentences = ["Imported \(name): ^S saves it."]
    let others = imported.prompts.count - 1 + (imported.dataset == nil ? 0 : 1)
    if others > 0 {
      sentences.append("It holds more: `whet import` writes all of it.")
    }
    if let note = imported.notes.first {
      let more = imported.notes.count - 1
      sentences.append(
        note.description.replacing(path, with: name) + "."
          + (more > 0 ? " And \(more) more: `whet import` tells them." : ""))
    }
    return Notice(
      imported.notes.isEmpty ? .success : .warning, sentences.joined(separator: " "))
  }
}
