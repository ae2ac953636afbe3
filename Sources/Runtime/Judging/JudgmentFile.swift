import Core
import Foundation
import Playground

// The judgments of an index, in a file beside it. A mark is appended in one write, so that a crash
// or another whet can't leave half of one, and nobody's mark is lost.

/// Reads and appends to a file of judgments; each call may wait for the disk.
public struct JudgmentFile: Sendable {
  /// The largest file that is read, in bytes.
  private static let mostBytes = 1 << 30

  public let path: String

  public init(_ path: String) { self.path = path }

  /// The file of an index; nil for what can't name one.
  public init?(ofIndex name: String, in folder: IndexFolder) {
    guard let index = folder.file(of: name) else { return nil }
    path = (index as NSString).deletingPathExtension + ".judgments.jsonl"
  }

  /// What was judged so far; nothing where there is no file. Throws `RelevanceFileError` for a line
  /// that is none of ours, else a sentence.
  public func judgments() throws -> Judgments {
    guard FileManager.default.fileExists(atPath: path) else { return Judgments() }
    let text = try PromptFiles.read(path, mostBytes: Self.mostBytes)
    return try Judgments(parsing: text, name: path)
  }

  /// Appends queries and judgments; what they say holds over what was said before.
  ///
  /// All of it gets in, or nothing: where the disk is full, what was written is taken back.
  public func append(_ lines: [JSON]) throws {
    guard !lines.isEmpty else { return }
    let descriptor = open(path, O_RDWR | O_APPEND | O_CREAT | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw failure(errno) }
    defer { close(descriptor) }
    // Held until the file is closed: other writers wait, and a write can be taken back.
    guard flock(descriptor, LOCK_EX) == 0 else { throw failure(errno) }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw failure(errno) }
    var bytes: [UInt8] = []
    var last: UInt8 = 0
    if status.st_size > 0, pread(descriptor, &last, 1, status.st_size - 1) == 1,
      last != UInt8(ascii: "\n")
    {
      bytes.append(UInt8(ascii: "\n"))
    }
    for line in lines { bytes += Array((line.text + "\n").utf8) }
    var rest = bytes[...]
    while !rest.isEmpty {
      let written = rest.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
      if written < 0, errno == EINTR { continue }
      guard written > 0 else {
        let error = errno
        ftruncate(descriptor, status.st_size)
        throw failure(error)
      }
      rest = rest.dropFirst(written)
    }
  }

  private func failure(_ error: CInt) -> PromptFileError {
    PromptFileError(
      description: "The judgments can't be written to \(path): "
        + "\(String(cString: strerror(error)).lowercased()).")
  }
}
