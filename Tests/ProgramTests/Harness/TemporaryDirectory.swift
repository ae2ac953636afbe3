import Foundation

// A directory of a test's own, gone when the test is.

final class TemporaryDirectory {
  let path: String

  init() throws {
    let directory = FileManager.default.temporaryDirectory
    path = directory.appending(path: "whet-test-\(UUID().uuidString)").path
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: false)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  /// Writes a file, by its name in the directory.
  func write(_ text: String, to name: String) throws {
    try text.write(toFile: "\(path)/\(name)", atomically: false, encoding: .utf8)
  }
}
