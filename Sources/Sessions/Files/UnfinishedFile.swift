// A file that grows beside its place until it is whole. Its writer holds a lock on it (flock(2)), by
// which the next writer for the same place knows what one that was killed has left behind.

import Core
import Glibc

public struct UnfinishedFile: Sendable {
  public let path: String
  public let descriptor: Int32

  private static let ending = ".part"

  /// Makes an empty one, `PLACE.NUMBER.part`; takes away those for the same place that nobody writes.
  ///
  /// The caller closes it, and renames or removes it. Nil where it can't be made; `errno` says why.
  public init?(for place: String) {
    let path = "\(place).\(UInt32.random(in: 0 ... .max))\(Self.ending)"
    // In the locked folder, so that none is swept away between its making and its lock.
    let made = StoreFile.withFolderLocked(of: place) { () -> (descriptor: Int32, problem: Int32) in
      Self.sweep(place)
      let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
      guard descriptor >= 0 else { return (descriptor, errno) }
      flock(descriptor, LOCK_EX | LOCK_NB)
      return (descriptor, 0)
    }
    guard made.descriptor >= 0 else {
      errno = made.problem
      return nil
    }
    (self.path, descriptor) = (path, made.descriptor)
  }

  private static func sweep(_ place: String) {
    let beginning = StoreFile.name(of: place) + "."
    for file in StoreFile.files(besides: place)
    where file.hasPrefix(beginning) && file.hasSuffix(ending) {
      guard UInt32(file.dropFirst(beginning.count).dropLast(ending.count)) != nil else { continue }
      let path = StoreFile.folder(of: place) + "/" + file
      let descriptor = open(path, O_WRONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC)
      guard descriptor >= 0 else { continue }
      if flock(descriptor, LOCK_EX | LOCK_NB) == 0 { unlink(path) }
      close(descriptor)
    }
  }
}
