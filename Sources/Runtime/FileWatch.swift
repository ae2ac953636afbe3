import Glibc
import Synchronization

// Has the kernel tell when somebody writes to a file's folder (inotify(7)), so that nobody has to
// look: a folder, since editors put new files in the place of old ones. Network file systems tell
// of this machine's own writes only.

/// Tells of changes of one file and of the prompts beside it.
final class FileWatch: Sendable {
  /// Readable when something has changed; -1 where the kernel can't tell.
  let descriptor: CInt
  /// By the kernel's number for a folder, the name in it that is the file's.
  private let folders = Mutex<[CInt: String]>([:])

  struct Changes: OptionSet {
    let rawValue: Int
    /// The file was written, replaced or removed.
    static let file = Changes(rawValue: 1)
    /// Another prompt file in its folder was.
    static let siblings = Changes(rawValue: 2)
  }

  init() { descriptor = inotify_init1(Int32(IN_NONBLOCK) | Int32(IN_CLOEXEC)) }

  deinit { if descriptor >= 0 { close(descriptor) } }

  /// Watches a file in place of the one before. May wait for a disk.
  ///
  /// - Parameter path: from the root; nil watches none. It need not be there yet.
  func watch(_ path: String?) {
    folders.withLock { folders in
      for number in folders.keys { inotify_rm_watch(descriptor, number) }
      folders = [:]
      guard let path else { return }
      // The file that a link leads to can change where it is, and the link itself can, too.
      for path in Set([path, Self.destination(of: path)]) {
        let (folder, name) = Self.parts(of: path)
        let number = inotify_add_watch(descriptor, folder, Self.mask)
        if number >= 0 { folders[number] = name }
      }
    }
  }

  /// A file counts as written once it was closed: before, a part of it may be missing.
  private static let mask =
    UInt32(IN_CLOSE_WRITE) | UInt32(IN_MOVED_TO) | UInt32(IN_MOVED_FROM) | UInt32(IN_DELETE)

  private static func destination(of path: String) -> String {
    guard let resolved = realpath(path, nil) else { return path }
    defer { free(resolved) }
    return String(cString: resolved)
  }

  private static func parts(of path: String) -> (folder: String, name: String) {
    guard let slash = path.lastIndex(of: "/") else { return (".", path) }
    return (
      slash == path.startIndex ? "/" : String(path[..<slash]), String(path[slash...].dropFirst())
    )
  }

  /// What has changed since the last call; never waits.
  func changes() -> Changes {
    var changes: Changes = []
    var bytes = [UInt8](repeating: 0, count: 16 << 10)
    while descriptor >= 0 {
      let count = read(descriptor, &bytes, bytes.count)
      guard count > 0 else { break }
      changes.formUnion(folders.withLock { Self.changes(in: bytes[..<count], folders: $0) })
    }
    return changes
  }

  /// The events of a read: watch, mask, cookie and length of the name, 32 bits each; the name.
  private static func changes(in bytes: ArraySlice<UInt8>, folders: [CInt: String]) -> Changes {
    var changes: Changes = []
    bytes.withUnsafeBytes { bytes in
      func number(_ offset: Int) -> UInt32 {
        bytes.loadUnaligned(fromByteOffset: offset, as: UInt32.self)
      }
      var offset = 0
      while offset + 16 <= bytes.count {
        let length = min(Int(number(offset + 12)), bytes.count - offset - 16)
        let name = String(
          decoding: bytes[offset + 16..<offset + 16 + length].prefix { $0 != 0 }, as: UTF8.self)
        if number(offset + 4) & UInt32(IN_Q_OVERFLOW) != 0 {
          changes = [.file, .siblings]
        } else if let watched = folders[CInt(bitPattern: number(offset))] {
          if name == watched {
            changes.insert(.file)
          } else if name.hasSuffix(".prompt"), !name.hasPrefix(".") {
            changes.insert(.siblings)
          }
        }
        offset += 16 + length
      }
    }
    return changes
  }
}
