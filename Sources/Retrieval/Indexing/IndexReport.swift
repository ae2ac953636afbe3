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

/// What a run of indexing did.
public struct IndexReport: Equatable, Sendable {
  /// Documents, by what became of them.
  public var added = 0
  public var changed = 0
  public var unchanged = 0
  public var removed = 0
  public var skipped: [SkippedFile] = []
  /// Passages written.
  public var passages = 0
  /// Files that were opened, and what was read of them.
  public var filesRead = 0
  public var bytesRead = 0
  /// Whether it was stopped before its end; the next run goes on from there.
  public var wasCancelled = false

  public init() {}
}
