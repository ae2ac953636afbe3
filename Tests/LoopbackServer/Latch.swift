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

  public func wait() {
    condition.lock()
    while missing.withLock({ $0 }) > 0 { condition.wait() }
    condition.unlock()
  }
}
