// A document as a screen shows it with the places where chunkings cut it.

import Core

/// The text of a document with the passages that chunkings make of it.
public struct CutDocument: Sendable {
  public struct Cut: Equatable, Sendable {
    /// In `text`, in UTF-8.
    public var bytes: Range<Int>
    /// Of `text`, counted from 1.
    public var lines: ClosedRange<Int>
    /// Outermost first.
    public var headings: [String]
  }

  public var text: String
  /// Where each page begins in `text`, in UTF-8, with its number; empty for what has no pages.
  public var pages: [(byte: Int, number: Int)]
  /// The line of the file from which each line of `text` is; empty where they are the same.
  public var fileLines: [Int]
  /// For each chunking its passages, in order; they overlap where it says so.
  public var cuts: [Chunking: [Cut]]
}

extension PassageStore {
  /// The document that a passage is from, as its file has it now, cut in some ways; the index need
  /// not have these. Nil when the document is gone.
  ///
  /// Reads the file: call it on a worker thread. Throws `IndexError`, and `CancellationError` once
  /// `isCancelled` says so.
  public func cutDocument(
    of passage: Passage, by chunkings: [Chunking], isCancelled: () -> Bool = { false }
  ) throws -> CutDocument? {
    guard let document = try document(of: passage, isCancelled) else { return nil }
    var cuts: [Chunking: [CutDocument.Cut]] = [:]
    for chunking in chunkings {
      if isCancelled() { throw CancellationError() }
      cuts[chunking] = PassageCuts(of: document.text, as: document.syntax, by: chunking).map {
        CutDocument.Cut(bytes: $0.bytes, lines: $0.lines, headings: $0.headings)
      }
    }
    return CutDocument(
      text: String(decoding: document.text, as: UTF8.self),
      pages: document.pages.map { ($0.byte, $0.number) }, fileLines: document.fileLines, cuts: cuts)
  }
}
