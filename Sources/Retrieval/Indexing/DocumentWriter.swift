// What a run of indexing writes, wherever it goes. How documents are cut and words are indexed is the
// writer's own business; what there is to read, and when, is the run's.

import Core

/// Writes files, their documents and passages into an index. Every call that writes is one
/// transaction, or can be done again: a run may be stopped, or die, between any two.
protocol DocumentWriter {
  /// The files at or below some absolute paths.
  func files(below roots: [String]) throws -> [String: KnownFile]
  /// Drops files with their documents.
  func remove(_ paths: [String]) throws
  /// Writes files that were read; tells what became of each.
  func write(_ files: [ReadFile]) throws -> [WriteOutcome]

  /// Begins to read a file of rows; until `finish`, the index knows that it isn't done.
  func startRows(path: String, source: String) throws -> RowPass
  /// Writes the rows that are new or changed.
  func write(_ rows: [SourceDocument], of pass: inout RowPass) throws -> WrittenRows
  /// Ends a file of rows: drops those that it no longer has, and tells how many.
  func finish(_ pass: RowPass, stamp: FileStamp, hash: Int) throws -> Int

  /// Brings what was written into a form that is fast to search, as far as that is needed.
  func merge(isCancelled: () -> Bool) throws

  /// Cuts documents in these ways, too, from now on; an index that holds no file has only these.
  /// Whether one of them is new: then no file counts as known any more, so that each is read again.
  func add(_ chunkings: [Chunking]) throws -> Bool
  func rememberedSettings() throws -> RememberedSettings
  /// Reads what is below some paths by other settings from now on; what these leave open stays as it
  /// was. Rows that are read by other fields are other documents: their files no longer count as
  /// known.
  func remember(_ settings: ReadingSettings, for roots: [String]) throws
}

/// A file that is in an index.
struct KnownFile {
  var stamp: FileStamp
  /// Of its content.
  var hash: Int
  /// Why it has no documents; nil when it was indexed.
  var skipReason: SkipReason?
  var documents: Int

  /// The hash of the content that its documents hold.
  var contentHash: Int? { skipReason == nil ? hash : nil }
}

/// A file that was read and is to be written.
struct ReadFile {
  enum Content {
    case document(SourceDocument)
    /// Its hash is the one that is known.
    case unchanged
    case skipped(SkipReason)
  }

  var path: String
  var source: String
  var stamp: FileStamp
  var hash: Int
  var content: Content
}

/// What became of a file that was written.
enum WriteOutcome: Equatable {
  case added(passages: Int)
  case changed(passages: Int)
  /// It holds what it held before.
  case unchanged
  case skipped(SkipReason)
}

/// A file of rows under way.
struct RowPass {
  /// Its row in the index.
  let file: Int64
  let source: String
  /// The documents that the file still has.
  var seen = IdentifierSet()
}

/// What became of some rows.
struct WrittenRows: Equatable {
  var added = 0
  var changed = 0
  var unchanged = 0
  var passages = 0
  /// The lines of rows whose id another has.
  var duplicates: [Int] = []
}
