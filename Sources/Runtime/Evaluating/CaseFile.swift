import Core
import Foundation
import Playground

// A dataset of JSON Lines that cases are added to, one at a time.

enum CaseFile {
  /// A larger one is no dataset that was made by hand.
  private static let largest = 256 << 20

  /// Adds a case at the end of a file, which is made where there is none.
  ///
  /// Throws `WholeFileError`.
  ///
  /// - Returns: whether it was not there yet.
  static func add(_ saved: SavedCase, to path: String) throws(WholeFileError) -> Bool {
    guard path.hasSuffix(".jsonl") else {
      throw WholeFileError(
        description: "\(path): cases are added to JSON Lines, so give a name with .jsonl.")
    }
    var text = ""
    if FileManager.default.fileExists(atPath: path) {
      let size = (try? FileManager.default.attributesOfItem(atPath: path))?[.size] as? Int
      guard let size, size <= largest,
        let kept = try? String(contentsOfFile: path, encoding: .utf8)
      else {
        throw WholeFileError(description: "\(path) can't be read as text.")
      }
      text = kept
    }
    let line = saved.line
    guard !text.split(separator: "\n").contains(where: { $0 == line }) else { return false }
    if !text.isEmpty, text.utf8.last != UInt8(ascii: "\n") { text += "\n" }
    try WholeFile.place(text + line + "\n", at: path, overwrites: true)
    return true
  }
}
