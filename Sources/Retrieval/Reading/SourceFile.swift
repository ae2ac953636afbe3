// A file that is open to be read, and the one document that it is. What happens to the file
// meanwhile does no harm: what was there is read, and the stamp then fits nothing, so that the next
// run reads it again.

import Glibc

/// A regular file, open for reading.
struct SourceFile: ~Copyable {
  /// Binary files are known by a NUL in this many first bytes, before the rest is read.
  private static let probe = 8192

  /// What was read of a file that is one document.
  struct Content: Equatable {
    var hash: Int
    /// Nil when the hash is the one that was known.
    var document: SourceDocument?
  }

  let descriptor: CInt
  /// From before anything was read.
  let stamp: FileStamp
  private let mayChangeUnseen: Bool

  /// Throws `SkipReason.notReadable` when there is no regular file (any more), or it may not be
  /// read.
  init(path: String) throws(SkipReason) {
    // Nonblocking, since a pipe may have taken the file's place.
    let descriptor = open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC)
    guard descriptor >= 0 else { throw .notReadable }
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
      close(descriptor)
      throw .notReadable
    }
    self.descriptor = descriptor
    stamp = FileStamp(status)
    mayChangeUnseen = stamp.isRecent
  }

  deinit { close(descriptor) }

  /// The stamp to remember once the file has been read.
  var stampAfterReading: FileStamp {
    var status = stat()
    guard !mayChangeUnseen, fstat(descriptor, &status) == 0, FileStamp(status) == stamp else {
      return stamp.outdated
    }
    return stamp
  }

  /// The rows of the file.
  ///
  /// Throws a `SkipReason` when it can't hold any.
  ///
  /// - Parameter format: one that has rows.
  func rows(as format: SourceFormat, settings: ReadingSettings) throws(SkipReason) -> RowReader {
    var start = [UInt8](repeating: 0, count: Self.probe)
    let count = pread(descriptor, &start, start.count, 0)
    guard count >= 0 else { throw .notReadable }
    start.removeLast(start.count - count)
    if TextEncoding.utf16Mark(start) != nil { throw .notUTF8 }
    if start.contains(0) { throw .binary }
    return RowReader(self, format: format, settings: settings)
  }

  /// The document that the file is.
  ///
  /// Throws a `SkipReason`, and `CancellationError` once `isCancelled` says so.
  ///
  /// - Parameters:
  ///   - format: one without rows.
  ///   - knownHash: of the content that need not be read again.
  func content(
    as format: SourceFormat, knownHash: Int?, isCancelled: () -> Bool
  ) throws -> Content {
    switch format {
    case .pdf:
      return try content(knownHash, digest()) {
        try PDFText.document(in: descriptor, isCancelled: isCancelled)
      }
    case .pandoc(let name):
      return try content(knownHash, digest()) {
        try PandocText.document(in: descriptor, format: name, isCancelled: isCancelled)
      }
    case .html:
      let bytes = try bytes(binaries: true)
      return try content(knownHash, ContentDigest.of(bytes)) {
        try HTMLText.document(of: bytes, isCancelled: isCancelled)
      }
    case .text(let syntax):
      let bytes = try bytes(binaries: false)
      return try content(knownHash, ContentDigest.of(bytes)) {
        try Self.document(Self.text(bytes), syntax)
      }
    case .jsonLines, .csv:
      preconditionFailure("rows are read by RowReader")
    }
  }

  private static func document(_ text: [UInt8], _ syntax: Syntax) -> SourceDocument {
    var document = SourceDocument(text: text, syntax: syntax)
    if syntax == .markdown {
      var count = 0
      document.take(StatedFields(frontMatterOf: text, count: &count))
    }
    return document
  }

  /// All of a small file as the text that it is; throws a `SkipReason` when it is none.
  func plainText() throws(SkipReason) -> [UInt8] {
    guard stamp.size <= ReadingSettings.standardMaximumSize else { throw .tooLarge }
    return try Self.text(bytes(binaries: false))
  }

  private static func text(_ bytes: [UInt8]) throws(SkipReason) -> [UInt8] {
    guard let encoding = TextEncoding(of: bytes) else { throw .binary }
    return encoding.utf8(bytes)
  }

  private func content(
    _ knownHash: Int?, _ hash: Int, document: () throws -> SourceDocument
  ) throws -> Content {
    Content(hash: hash, document: hash == knownHash ? nil : try document())
  }

  private func digest() throws(SkipReason) -> Int {
    var reader = PieceReader(self)
    while try !reader.next().isEmpty {}
    return reader.digest.value
  }

  /// All bytes of the file, as many as it had when it was opened.
  ///
  /// - Parameter binaries: whether a file with NUL in it is read, too.
  private func bytes(binaries: Bool) throws(SkipReason) -> [UInt8] {
    var bytes = try read(upTo: min(stamp.size, Self.probe))
    if !binaries, bytes.contains(0), TextEncoding.utf16Mark(bytes) == nil { throw .binary }
    if stamp.size > bytes.count { bytes += try read(upTo: stamp.size - bytes.count) }
    return bytes
  }

  /// Fewer bytes only at the end of the file.
  private func read(upTo count: Int) throws(SkipReason) -> [UInt8] {
    var failed = false
    let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
      while filled < count {
        let got = Glibc.read(descriptor, buffer.baseAddress.map { $0 + filled }, count - filled)
        if got < 0, errno == EINTR { continue }
        failed = got < 0
        if got <= 0 { break }
        filled += got
      }
    }
    if failed { throw .notReadable }
    return bytes
  }
}
