import Foundation

// A folder of its own for a program that is to leave no traces.

public struct Stage {
  public let folders: Folders
  private let path: String

  public init(share: String?) throws {
    path = NSTemporaryDirectory() + "whet-" + UUID().uuidString
    try FileManager.default.createDirectory(
      atPath: path, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    folders = Folders(allIn: path, share: share)
  }

  public func remove() { try? FileManager.default.removeItem(atPath: path) }
}
