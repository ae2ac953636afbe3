import Glibc
import Playground

// The least host: it waits and has nothing to tell, or, flooded, always has more to tell.

final class PollingHost: Host {
  private let isFlooded: Bool

  init(isFlooded: Bool) { self.isFlooded = isFlooded }

  var now: Double {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Double(time.tv_sec) * 1000 + Double(time.tv_nsec) / 1_000_000
  }

  var isIdle: Bool { !isFlooded }

  func perform(_ effects: [Effect]) {}

  func wait(for descriptors: [CInt], milliseconds: Double?) {
    if isFlooded { return }
    var descriptors = descriptors.map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
    let timeout = milliseconds.map { CInt($0.rounded(.up)) } ?? -1
    poll(&descriptors, nfds_t(descriptors.count), timeout)
  }

  func events() -> [Event] { isFlooded ? Array(repeating: .input(.resume), count: 10_000) : [] }
}
