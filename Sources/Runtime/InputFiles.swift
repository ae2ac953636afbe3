import Core
import Foundation
import Playground

// Files that inputs name, and datasets, as the playground and headless commands read them. A person
// may mean any file by mistake: what is no text, or too much of it, is refused with a sentence.

/// Reads the files of inputs; each call may wait for the disk.
public enum InputFiles {
  /// The largest dataset, in bytes.
  static let mostDatasetBytes = 256 << 20

  /// A path as typed, from the root.
  ///
  /// - Parameter promptPath: the prompt whose folder it is relative to; nil for the program's.
  public static func absolute(_ path: String, promptPath: String?) -> String {
    guard let promptPath, !path.hasPrefix("/"), !path.hasPrefix("~") else {
      return PromptFiles.absolute(path)
    }
    let folder = URL(filePath: promptPath).deletingLastPathComponent()
    return folder.appending(path: path).standardizedFileURL.path
  }

  /// The text of a file that is a variable's value. Throws `PromptFileError`.
  public static func text(at path: String, promptPath: String?) throws -> String {
    let file = absolute(path, promptPath: promptPath)
    let text: String
    do {
      text = try PromptFiles.read(file, mostBytes: InputFile.mostBytes)
    } catch let error as PromptFileError {
      // A form has little room: it names the file as it was typed there.
      let reason = error.description.replacing(file, with: path)
      throw PromptFileError(
        description: "\(reason) A value that begins with @ is written with @@.")
    }
    guard !text.utf8.contains(0) else {
      throw PromptFileError(description: "\(path) is no text: it has zero bytes in it.")
    }
    return text
  }

  /// The cases of a dataset, and its path from the root. Throws `PromptFileError` or
  /// `DatasetError`.
  public static func dataset(
    at path: String, promptPath: String?
  ) throws -> (dataset: Dataset, path: String) {
    let path = absolute(path, promptPath: promptPath)
    let text = try PromptFiles.read(path, mostBytes: mostDatasetBytes)
    let name = path.split(separator: "/").last.map(String.init) ?? path
    return (try DatasetReader.dataset(of: text, name: name), path)
  }
}

extension Runtime {
  func read(_ reading: InputReading) {
    mailbox.work(on: files) { [mailbox] in
      var files: [String: InputFile] = [:]
      for path in reading.paths {
        do {
          let text = try InputFiles.text(at: path, promptPath: reading.promptPath)
          files[path] = .text(text, tokens: TokenEstimate.tokens(in: text))
        } catch {
          files[path] = .problem("\(error)")
        }
      }
      mailbox.post(.inputsRead(number: reading.number, files))
    }
  }

  func read(_ reading: DatasetReading) {
    mailbox.work(on: files) { [mailbox] in
      do {
        let (dataset, path) = try InputFiles.dataset(
          at: reading.path, promptPath: reading.promptPath)
        mailbox.post(.datasetRead(number: reading.number, dataset, path: path))
      } catch {
        mailbox.post(.datasetFailed(number: reading.number, problem: "\(error)"))
      }
    }
  }
}
