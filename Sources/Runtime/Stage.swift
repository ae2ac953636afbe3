import Foundation

// A folder of its own for a program that is to leave no traces.

/// A temporary folder with all of whet's folders in it, readable by its owner only.
public struct Stage {
  public let folders: Folders
  private let path: String

  /// Makes the folder, and throws where the system can't.
  ///
  /// - Parameter share: what ships with whet; nil when it can't be found.
  public init(share: String?) throws {
    path = NSTemporaryDirectory() + "whet-" + UUID().uuidString
    try FileManager.default.createDirectory(
      atPath: path, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    folders = Folders(allIn: path, share: share)
  }

  /// Removes the folder with all that is in it; a failure is passed over.
  public func remove() { try? FileManager.default.removeItem(atPath: path) }
}
