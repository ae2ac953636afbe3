// What a run of indexing tells while it works, and when it is done.

/// How far a run has come. Bytes and files count only what must be read, so that a rate taken from
/// them holds for the rest.
public struct IndexProgress: Equatable, Sendable {
  /// Files found in the folders so far.
  public var filesFound = 0
  public var filesDone = 0
  public var bytesDone = 0
  /// Nil while folders are still being looked through.
  public var filesTotal: Int?
  public var bytesTotal: Int?
  /// Passages written so far.
  public var passages = 0

  public init() {}
}

public struct SkippedFile: Hashable, Sendable {
  /// Absolute.
  public var path: String
  public var reason: SkipReason
}

/// Rows of one file that were left out for the same reason.
public struct SkippedRows: Hashable, Sendable {
  /// Absolute.
  public var path: String
  public var reason: SkipReason
  public var count: Int
  /// On which the first of them begins, from 1.
  public var firstLine: Int
}

/// Which fields of a file's rows were read.
public struct ReadFields: Hashable, Sendable {
  /// Absolute.
  public var path: String
  /// `id _id, title title, text text`
  public var summary: String
}

/// What a run of indexing did.
public struct IndexReport: Equatable, Sendable {
  /// Documents, by what became of them; a row of a table is one.
  public var added = 0
  public var changed = 0
  public var unchanged = 0
  public var removed = 0
  public var skipped: [SkippedFile] = []
  public var skippedRows: [SkippedRows] = []
  /// Of the files of rows that were read.
  public var fields: [ReadFields] = []
  /// Passages written.
  public var passages = 0
  /// Files that were opened, and what was read of them.
  public var filesRead = 0
  public var bytesRead = 0
  /// Whether it was stopped before its end; the next run goes on from there.
  public var wasCancelled = false

  public init() {}
}
