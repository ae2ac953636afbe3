// A gate between the thread of a test and those of its server's scripts.

import Foundation
import Synchronization

/// Holds back threads until as many have come as it was made for.
public final class Latch: Sendable {
  private let condition = NSCondition()
  private let missing: Mutex<Int>

  public init(count: Int = 1) { missing = Mutex(count) }

  public func open() {
    missing.withLock { $0 -= 1 }
    condition.lock()
    condition.broadcast()
    condition.unlock()
  }

  /// Waits five minutes at most: a test whose other side never comes fails by what it expects.
  public func wait() {
    let deadline = Date(timeIntervalSinceNow: 300)
    condition.lock()
    while missing.withLock({ $0 }) > 0, condition.wait(until: deadline) {}
    condition.unlock()
  }
}
