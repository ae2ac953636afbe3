// Back from a passage to the document that it is from, as its file has it now.

import Core

extension PassageStore {
  /// The text of the document that a passage is from, into which its `bytes` point; nil when the
  /// index no longer has it, or the file no longer has the row.
  ///
  /// The file is read anew, and a file of rows up to the row: call it on a worker thread. A file that
  /// has changed since it was indexed gives what it holds now. Throws `IndexError`, and
  /// `CancellationError` once `isCancelled` says so.
  public func documentText(
    of passage: Passage, isCancelled: () -> Bool = { false }
  ) throws -> String? {
    try document(of: passage, isCancelled).map { String(decoding: $0.text, as: UTF8.self) }
  }

  func document(
    of passage: Passage, _ isCancelled: () -> Bool
  ) throws -> SourceDocument? {
    guard let path = try path(of: passage) else { return nil }
    do {
      return try Self.document(
        path, row: passage.row, settings: settings(for: path), isCancelled)
    } catch let reason as SkipReason {
      throw IndexError.unreachable(path: path, reason: "\(reason)")
    }
  }

  private func settings(for path: String) throws -> ReadingSettings {
    try RememberedSettings(readingSettings()).settings(for: path)
  }

  private static func document(
    _ path: String, row: String?, settings: ReadingSettings, _ isCancelled: () -> Bool
  ) throws -> SourceDocument? {
    let file = try SourceFile(path: path)
    let format = SourceFormat(path: path)
    guard format.hasRows else {
      return try file.content(as: format, knownHash: nil, isCancelled: isCancelled).document
    }
    var rows = try file.rows(as: format, settings: settings)
    while let next = try rows.next() {
      if isCancelled() { throw CancellationError() }
      if case .document(let document) = next, document.row == row { return document }
    }
    return nil
  }
}
