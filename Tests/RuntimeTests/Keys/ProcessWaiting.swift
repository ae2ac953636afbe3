import Foundation

/// Waits until a process has ended, reaped or not; false when it goes on for twenty seconds.
func hasGone(_ process: pid_t) -> Bool {
  let deadline = ContinuousClock.now + .seconds(20)
  while ContinuousClock.now < deadline {
    let status = try? String(contentsOfFile: "/proc/\(process)/stat", encoding: .utf8)
    if status?.split(separator: ")").last?.hasPrefix(" Z") ?? true { return true }
    sched_yield()
  }
  return false
}
