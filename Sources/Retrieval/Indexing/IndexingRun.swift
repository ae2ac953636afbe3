// One run of indexing: walk, compare, read, write. It knows nothing of tables; a DocumentWriter does.

struct IndexingRun {
  /// Bytes of text after which a batch is written, and files and rows. What is read is kept in
  /// memory.
  private enum Batch {
    static let bytes = 4 << 20
    static let files = 512
    static let rows = 4096
  }

  private let writer: any DocumentWriter
  private let settings: RememberedSettings
  /// Reasons that hold no more.
  private let gone = SkipReason.gone
  private var report = IndexReport()
  private var progress = IndexProgress()
  private var batch: [ReadFile] = []
  private var batchBytes = 0

  init(writer: any DocumentWriter) throws {
    self.writer = writer
    settings = try writer.rememberedSettings()
  }

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
    var known = try writer.files(below: roots)
    let files = walk.files.filter { !excluded.contains($0.path) }
    let changed = files.compactMap { file in
      let before = known.removeValue(forKey: file.path)
      return isKnown(file, before) ? nil : ChangedFile(file: file, knownHash: before?.contentHash)
    }
    try remove(known, except: walk.unseen)
    progress.filesTotal = changed.count
    progress.bytesTotal = changed.reduce(0) { $0 + $1.file.stamp.size }
    tell(progress)
    try read(changed, tell, isCancelled)
    return report
  }

  /// A file that is to be read.
  private struct ChangedFile {
    var file: FileWalk.File
    /// Of the content that the index has; nil where it has none.
    var knownHash: Int?
  }

  // MARK: What there is to do

  /// Whether a file is the one that the index has, by its stamp.
  private mutating func isKnown(_ file: FileWalk.File, _ known: KnownFile?) -> Bool {
    guard let known, known.stamp == file.stamp,
      isTooLarge(file) == (known.skipReason == .tooLarge)
    else { return false }
    if let reason = known.skipReason {
      if gone.contains(reason) { return false }
      report.skipped.append(SkippedFile(path: file.path, reason: reason))
    } else {
      report.unchanged += known.documents
    }
    return true
  }

  private func isTooLarge(_ file: FileWalk.File) -> Bool {
    guard file.stamp.size > settings.smallestLimit else { return false }
    let limit =
      settings.settings(for: file.path).maximumSize ?? ReadingSettings.standardMaximumSize
    return file.stamp.size > limit && !SourceFormat(path: file.path).hasRows
  }

  /// Drops what the walk did not find, but for what it could not see.
  private mutating func remove(
    _ files: [String: KnownFile], except unseen: [String]
  ) throws {
    let files = files.filter { path, _ in
      !unseen.contains { path == $0 || path.hasPrefix($0 + "/") }
    }
    try writer.remove(files.keys.sorted())
    report.removed = files.values.reduce(0) { $0 + $1.documents }
  }

  // MARK: Reading

  private mutating func read(
    _ files: [ChangedFile], _ tell: (IndexProgress) -> Void, _ isCancelled: () -> Bool
  ) throws {
    for file in files {
      if isCancelled() { report.wasCancelled = true }
      if report.wasCancelled { break }
      let bytesDone = progress.bytesDone
      do {
        try read(file, tell, isCancelled)
      } catch is CancellationError {
        report.wasCancelled = true
        break
      } catch SkipReason.notReadable {
        // What the index has of it may still be true.
        report.skipped.append(SkippedFile(path: file.file.path, reason: .notReadable))
      }
      progress.filesDone += 1
      progress.bytesDone = bytesDone + file.file.stamp.size
      if batchBytes >= Batch.bytes || batch.count >= Batch.files { try writeBatch(isCancelled) }
      tell(progress)
    }
    try writeBatch(isCancelled)
    tell(progress)
  }

  private mutating func read(
    _ changed: ChangedFile, _ tell: (IndexProgress) -> Void, _ isCancelled: () -> Bool
  ) throws {
    let file = changed.file
    let format = SourceFormat(path: file.path)
    if isTooLarge(file) {
      take(file, stamp: file.stamp, .skipped(.tooLarge))
      return
    }
    let source = try SourceFile(path: file.path)
    report.filesRead += 1
    do {
      if format.hasRows {
        try writeBatch(isCancelled)
        try readRows(of: source, as: format, file, tell, isCancelled)
      } else {
        let content = try source.content(
          as: format, knownHash: changed.knownHash, isCancelled: isCancelled)
        report.bytesRead += source.stamp.size
        take(
          file, stamp: source.stampAfterReading, hash: content.hash,
          content.document.map(ReadFile.Content.document) ?? .unchanged)
      }
    } catch let reason as SkipReason where reason != .notReadable {
      take(file, stamp: source.stampAfterReading, .skipped(reason))
    }
  }

  private mutating func take(
    _ file: FileWalk.File, stamp: FileStamp, hash: Int = 0, _ content: ReadFile.Content
  ) {
    batch.append(
      ReadFile(
        path: file.path, source: file.source, stamp: stamp, hash: hash, content: content))
    if case .document(let document) = content { batchBytes += document.text.count }
  }

  private mutating func writeBatch(_ isCancelled: () -> Bool) throws {
    let files = batch
    batch = []
    batchBytes = 0
    for (file, outcome) in zip(files, try writer.write(files)) {
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
    try writer.merge(isCancelled: isCancelled)
  }

  // MARK: Rows

  /// Reads a file of rows and writes them in batches. What was written stays when the run is
  /// stopped; only at the end is the file known, so that the next run reads it again, and finds most
  /// rows as they were.
  private mutating func readRows(
    of source: borrowing SourceFile, as format: SourceFormat, _ file: FileWalk.File,
    _ tell: (IndexProgress) -> Void, _ isCancelled: () -> Bool
  ) throws {
    var reader = try source.rows(as: format, settings: settings.settings(for: file.path))
    var pass = try writer.startRows(path: file.path, source: file.source)
    var skipped = SkippedRowCounts(path: file.path)
    var rows: [SourceDocument] = []
    var rowBytes = 0
    let bytesBefore = progress.bytesDone
    var isEnd = false
    while !isEnd {
      switch try reader.next() {
      case .document(let document):
        rows.append(document)
        rowBytes += document.text.count
      case .skipped(let reason, let line): skipped.count(reason, line: line)
      case nil: isEnd = true
      }
      guard isEnd || rowBytes >= Batch.bytes || rows.count >= Batch.rows else { continue }
      let written = try writer.write(rows, of: &pass)
      try writer.merge(isCancelled: isCancelled)
      for line in written.duplicates { skipped.count(.duplicate, line: line) }
      report.added += written.added
      report.changed += written.changed
      report.unchanged += written.unchanged
      report.passages += written.passages
      rows = []
      rowBytes = 0
      progress.passages = report.passages
      progress.bytesDone = bytesBefore + reader.bytesRead
      tell(progress)
      if isCancelled() { throw CancellationError() }
    }
    report.bytesRead += reader.bytesRead
    report.removed += try writer.finish(pass, stamp: source.stampAfterReading, hash: reader.hash)
    report.skippedRows += skipped.rows
    if let fields = reader.fields {
      report.fields.append(ReadFields(path: file.path, summary: fields.summary))
    }
  }
}

/// Rows that were left out, counted by their reasons.
private struct SkippedRowCounts {
  let path: String
  private var counts: [SkipReason: SkippedRows] = [:]

  init(path: String) { self.path = path }

  var rows: [SkippedRows] { counts.values.sorted { $0.firstLine < $1.firstLine } }

  mutating func count(_ reason: SkipReason, line: Int) {
    counts[
      reason, default: SkippedRows(path: path, reason: reason, count: 0, firstLine: line)
    ].count += 1
  }
}
