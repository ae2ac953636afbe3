// What the tests of this room share: temporary folders, files with a time of their own, checks that
// hold for every list of passages.

import Core
import Foundation
import Testing

@testable import Retrieval

/// A folder that is gone when the last reference to it is.
final class TemporaryFolder: Sendable {
  /// Free of symbolic links, as the index stores paths.
  let path: String

  init() throws {
    let template = NSTemporaryDirectory() + "retrieval-XXXXXX"
    var bytes = Array(template.utf8CString)
    let made = try #require(mkdtemp(&bytes).map { String(cString: $0) })
    let resolved = try #require(realpath(made, nil))
    defer { free(resolved) }
    path = String(cString: resolved)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  subscript(name: String) -> String { path + "/" + name }

  /// Writes a file, with the folders above it. Its time is long past, and a later `age` newer, so
  /// that the clock's ticks play no part.
  @discardableResult
  func write(_ name: String, _ text: String, age: Int = 0) throws -> String {
    try write(name, Array(text.utf8), age: age)
  }

  @discardableResult
  func write(_ name: String, _ bytes: [UInt8], age: Int = 0) throws -> String {
    let file = self[name]
    try FileManager.default.createDirectory(
      atPath: (file as NSString).deletingLastPathComponent, withIntermediateDirectories: true)
    try Data(bytes).write(to: URL(fileURLWithPath: file))
    touch(name, age: age)
    return file
  }

  func touch(_ name: String, age: Int) {
    let time = timespec(tv_sec: 1_600_000_000 + age, tv_nsec: 0)
    utimensat(AT_FDCWD, self[name], [time, time], 0)
  }

  func index(_ name: String = "index.db") throws -> PassageIndex {
    try PassageIndex(path: self[name])
  }
}

func cuts(
  _ text: String, as syntax: Syntax = .markdown, by chunking: Chunking = Chunking()
) -> [PassageCut] {
  Array(PassageCuts(of: Array(text.utf8), as: syntax, by: chunking))
}

func text(_ cut: PassageCut, of text: String) -> String {
  String(decoding: Array(text.utf8)[cut.bytes], as: UTF8.self)
}

/// Spans in order, lines that fit them, and every byte that isn't blank in exactly one.
func expectExact(
  _ cuts: [PassageCut], _ bytes: [UInt8], sourceLocation: SourceLocation = #_sourceLocation
) {
  var covered = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
  var line = 1
  for cut in cuts {
    guard cut.bytes.lowerBound >= covered, cut.bytes.upperBound <= bytes.count else {
      Issue.record("\(cut) overlaps the one before", sourceLocation: sourceLocation)
      return
    }
    let gap = bytes[covered..<cut.bytes.lowerBound]
    let isBlank = gap.allSatisfy(\.isWhiteSpace)
    #expect(isBlank, sourceLocation: sourceLocation)
    #expect(
      String(validating: bytes[cut.bytes], as: UTF8.self) != nil, sourceLocation: sourceLocation)
    line += gap.count { $0 == UInt8(ascii: "\n") }
    let last = line + bytes[cut.bytes].count { $0 == UInt8(ascii: "\n") }
    #expect(cut.lines == line...last, sourceLocation: sourceLocation)
    line = last
    covered = cut.bytes.upperBound
  }
  let isBlank = bytes[covered...].allSatisfy(\.isWhiteSpace)
  #expect(isBlank, sourceLocation: sourceLocation)
}
