// The body of a request that is too large to be held: read from a file while it is sent.

import CTransfer
import Core
import Glibc

/// A file as the last part of a form (RFC 7578), between the bytes before and after it.
final class UploadBody {
  let contentType: String
  let count: Int
  private let before: [UInt8]
  private let after: [UInt8]
  private let fileCount: Int
  private let descriptor: CInt
  private(set) var position = 0

  /// - Parameters:
  ///   - path: of a regular file.
  ///   - fileName: what the server is to call it.
  ///   - fields: the form's other parts, before the file: names and values, with no quotes or line
  ///     breaks.
  init(
    path: String, fileName: String, fields: [(name: String, value: String)]
  ) throws(CompletionError) {
    descriptor = open(path, O_RDONLY | O_CLOEXEC)
    var status = stat()
    guard descriptor >= 0, fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG
    else {
      if descriptor >= 0 { close(descriptor) }
      throw CompletionError("\(path) can't be read, so it was not uploaded: check the file.")
    }
    let boundary = "whet-\(UInt64.random(in: 0 ... .max))-\(UInt64.random(in: 0 ... .max))"
    contentType = "multipart/form-data; boundary=\(boundary)"
    let parts = fields.map {
      "--\(boundary)\r\nContent-Disposition: form-data; name=\"\($0.name)\"\r\n\r\n"
        + "\($0.value)\r\n"
    }
    before = Array(
      (parts.joined() + "--\(boundary)\r\nContent-Disposition: form-data; name=\"file\"; "
        + "filename=\"\(fileName)\"\r\nContent-Type: application/jsonl\r\n\r\n").utf8)
    after = Array("\r\n--\(boundary)--\r\n".utf8)
    fileCount = Int(status.st_size)
    count = before.count + fileCount + after.count
  }

  deinit { close(descriptor) }

  /// Fills a buffer with what comes next; 0 at the end, nil where the file can't be read any more.
  func read(into buffer: UnsafeMutableRawBufferPointer) -> Int? {
    let fileEnd = before.count + fileCount
    var taken = 0
    if position < before.count {
      taken = copy(before[position...], into: buffer)
    } else if position < fileEnd {
      let wanted = min(buffer.count, fileEnd - position)
      taken = pread(descriptor, buffer.baseAddress, wanted, position - before.count)
      guard taken > 0 else { return nil }
    } else {
      taken = copy(after[(position - fileEnd)...], into: buffer)
    }
    position += taken
    return taken
  }

  private func copy(_ bytes: ArraySlice<UInt8>, into buffer: UnsafeMutableRawBufferPointer) -> Int {
    let part = bytes.prefix(buffer.count)
    buffer.copyBytes(from: part)
    return part.count
  }
}
