import Core
import Glibc
import Playground
import Sessions

// Has the kernel tell when anybody writes to the store (inotify(7)), so that nobody has to look. Who
// it was, the store itself knows.

/// Tells of the next write to a store's log.
final class StoreWatch: Sendable {
  /// Readable once there was a write; -1 where the kernel can't tell.
  let descriptor: CInt

  init() { descriptor = inotify_init1(Int32(IN_NONBLOCK) | Int32(IN_CLOEXEC)) }

  deinit { if descriptor >= 0 { close(descriptor) } }

  /// Waits for one write, however many follow; SQLite makes the log with the first use of a store.
  func arm(path: String) {
    inotify_add_watch(descriptor, path + "-wal", UInt32(IN_MODIFY) | UInt32(IN_ONESHOT))
  }

  /// Whether there was a write since the last call; never waits.
  func hasFired() -> Bool {
    var bytes = [UInt8](repeating: 0, count: 4096)
    return descriptor >= 0 && read(descriptor, &bytes, bytes.count) > 0
  }
}

extension Runtime {
  /// Looks for what others wrote once there was a write, and no more often than a person reads.
  func lookAtStore(at now: Double) {
    guard settings.keepsRuns, !clock.canLeap else { return }
    if let time = storeCheckTime, time <= now {
      storeCheckTime = nil
      recorder.watch(storeWatch)
    } else if storeWatch.hasFired(), storeCheckTime == nil {
      storeCheckTime = now + Self.storeCheckMilliseconds
    }
  }

  private static let storeCheckMilliseconds = 300.0
}

extension Recorder {
  /// Tells of what others have written by now, and waits for the next write.
  func watch(_ watch: StoreWatch) {
    withStore { recorder, store in
      watch.arm(path: store.path)
      if try store.wasChangedByOthers() { recorder.mailbox.post(.storeChanged) }
    }
  }

  func followTree(of session: Identifier) {
    withStore { recorder, store in
      recorder.mailbox.post(.treeFollowed(try store.tree(of: session)))
    }
  }

  /// Brings what is thought of runs by now; those that are gone bring nothing.
  func readOpinions(of runs: Set<Identifier>) {
    withStore { recorder, store in
      let rows = runs.compactMap { try? store.findRun($0) }.map(recorder.row)
      recorder.mailbox.post(.opinionsRead(rows))
    }
  }
}
