import Glibc

// Who goes on with a job: one program at a time, so that nothing is sent twice. The kernel lets go of
// the lock however a program ends.

/// A lock on a job, for as long as it lives.
final class TrainingJobLock {
  private let descriptor: CInt

  /// Nil while another program, or thread, holds it.
  ///
  /// Throws a sentence where there can be no lock.
  ///
  /// - Parameter store: the path of the store; locks are files beside it.
  init?(_ name: String, besides store: String) throws {
    let path = Self.path(name, besides: store)
    descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else {
      throw TrainingJobError(
        "\(path) can't be written: \(String(cString: strerror(errno)).lowercased()).")
    }
    var result: CInt
    repeat { result = flock(descriptor, LOCK_EX | LOCK_NB) } while result != 0 && errno == EINTR
    if result != 0 {
      close(descriptor)
      return nil
    }
  }

  private static func path(_ name: String, besides store: String) -> String {
    "\(store)-\(name)"
  }

  /// Takes the file away once a job has ended: nothing is sent for it any more, whoever holds a lock.
  static func remove(_ name: String, besides store: String) {
    unlink(path(name, besides: store))
  }

  deinit {
    flock(descriptor, LOCK_UN)
    close(descriptor)
  }
}
