// One run of indexing: walk, compare, read, write. It knows nothing of tables; IndexWriter does.

struct IndexingRun {
  /// Bytes of text after which a batch is written, and files. What is read is kept in memory.
  private enum Batch {
    static let bytes = 4 << 20
    static let files = 512
  }

  private let writer: IndexWriter
  private var report = IndexReport()
  private var progress = IndexProgress()

  init(writer: IndexWriter) { self.writer = writer }

  /// Brings the index up to date with what is below some paths.
  ///
  /// - Parameter excluded: paths that are never read: the index's own files.
  mutating func update(
    _ roots: [String], except excluded: Set<String>, _ tell: (IndexProgress) -> Void,
    _ isCancelled: () -> Bool
  ) throws -> IndexReport {
    var walk = FileWalk()
    for root in roots {
      walk.add(root) { found in
        progress.filesFound = found
        tell(progress)
        report.wasCancelled = report.wasCancelled || isCancelled()
        return !report.wasCancelled
      }
    }
    if report.wasCancelled { return report }
    report.skipped = walk.skipped
    var known = try writer.documents(below: roots)
    let files = walk.files.filter { !excluded.contains($0.path) }
    let changed = files.filter { file in
      let document = known.removeValue(forKey: file.path)
      return !isKnown(file, document)
    }
    try remove(known, except: walk.unseen)
    progress.filesTotal = changed.count
    progress.bytesTotal = changed.reduce(0) { $0 + $1.stamp.size }
    tell(progress)
    try read(changed, tell, isCancelled)
    return report
  }

  /// Whether a file is the one that the index has, by its stamp.
  private mutating func isKnown(_ file: FileWalk.File, _ document: IndexWriter.Document?) -> Bool {
    guard let document, document.stamp == file.stamp else { return false }
    if let reason = document.skipReason {
      report.skipped.append(SkippedFile(path: file.path, reason: reason))
    } else {
      report.unchanged += 1
    }
    return true
  }

  /// Drops what the walk did not find, but for what it could not see.
  private mutating func remove(
    _ gone: [String: IndexWriter.Document], except unseen: [String]
  ) throws {
    let gone = gone.filter { path, _ in
      !unseen.contains { path == $0 || path.hasPrefix($0 + "/") }
    }
    try writer.remove(gone.keys.sorted())
    report.removed = gone.values.count { $0.skipReason == nil }
  }

  private mutating func read(
    _ files: [FileWalk.File], _ tell: (IndexProgress) -> Void, _ isCancelled: () -> Bool
  ) throws {
    var batch: [IndexWriter.ReadFile] = []
    var bytes = 0
    for file in files {
      if isCancelled() {
        report.wasCancelled = true
        break
      }
      if let read = TextFile(path: file.path) {
        report.filesRead += 1
        report.bytesRead += read.bytesRead
        bytes += read.bytesRead
        batch.append(IndexWriter.ReadFile(path: file.path, source: file.source, file: read))
      } else {
        report.skipped.append(SkippedFile(path: file.path, reason: .notReadable))
      }
      progress.filesDone += 1
      progress.bytesDone += file.stamp.size
      if bytes >= Batch.bytes || batch.count >= Batch.files {
        try write(batch)
        batch = []
        bytes = 0
      }
      tell(progress)
    }
    try write(batch)
    tell(progress)
  }

  private mutating func write(_ batch: [IndexWriter.ReadFile]) throws {
    for (file, outcome) in zip(batch, try writer.write(batch)) {
      switch outcome {
      case .added(let passages):
        report.added += 1
        report.passages += passages
      case .changed(let passages):
        report.changed += 1
        report.passages += passages
      case .unchanged: report.unchanged += 1
      case .skipped(let reason):
        report.skipped.append(SkippedFile(path: file.path, reason: reason))
      }
    }
    progress.passages = report.passages
  }
}
