// Where a person can look at what a passage is from, with a program of their own.

import Core

/// The source of a passage.
public enum PassageSource: Hashable, Sendable {
  /// The file itself, whose lines are those of the passage.
  case file(path: String)
  /// What was made of a file that no editor shows as text: PDF, DOCX, EPUB.
  case extracted(text: String, path: String)
}

extension PassageStore {
  /// Where a passage can be looked at; nil when the index no longer has it.
  ///
  /// It may run the program that reads the format: call it on a worker thread. Throws `IndexError`, and
  /// `CancellationError` once `isCancelled` says so.
  public func source(
    of passage: Passage, isCancelled: () -> Bool = { false }
  ) throws -> PassageSource? {
    guard let path = try path(of: passage) else { return nil }
    switch SourceFormat(path: path) {
    case .text, .html, .jsonLines, .csv: return .file(path: path)
    case .pdf, .pandoc:
      return try documentText(of: passage, isCancelled: isCancelled).map {
        .extracted(text: $0, path: path)
      }
    }
  }
}
