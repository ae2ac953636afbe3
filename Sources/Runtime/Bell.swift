import Glibc

// Wakes a loop that waits on descriptors, from any thread.

/// A pipe that is readable once it has been rung.
final class Bell: Sendable {
  /// Readable while the bell has been rung and not silenced.
  let descriptor: CInt
  private let rope: CInt

  init() {
    var ends: [CInt] = [-1, -1]
    // Out of descriptors there is no bell: the loop then finds out when it next looks.
    if pipe(&ends) != 0 { ends = [-1, -1] }
    for end in ends {
      _ = fcntl(end, F_SETFD, FD_CLOEXEC)
      _ = fcntl(end, F_SETFL, O_NONBLOCK)
    }
    (descriptor, rope) = (ends[0], ends[1])
  }

  deinit {
    close(descriptor)
    close(rope)
  }

  func ring() {
    var byte: UInt8 = 1
    // A pipe that is full stays readable, which is all that is asked of it.
    _ = write(rope, &byte, 1)
  }

  func silence() {
    var bytes = [UInt8](repeating: 0, count: 256)
    while read(descriptor, &bytes, bytes.count) == bytes.count {}
  }
}
