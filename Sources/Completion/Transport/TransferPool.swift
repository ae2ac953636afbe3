// All transfers under way, and the one place where the program waits. Used on one thread only.

import CTransfer
import Glibc

final class TransferPool {
  private let multi: UnsafeMutableRawPointer
  private let network: NetworkSettings
  private var transfers: [Transfer] = []

  /// libcurl's own set-up takes milliseconds, so it waits for the first transfer.
  private static let isInitialized = curl_global_init(Int(CURL_GLOBAL_DEFAULT)) == CURLE_OK

  init(_ network: NetworkSettings) throws(CompletionError) {
    guard Self.isInitialized, let multi = curl_multi_init() else {
      throw CompletionError("libcurl could not be started: no server can be asked.")
    }
    self.multi = multi
    self.network = network
  }

  deinit {
    for transfer in transfers { curl_multi_remove_handle(multi, transfer.handle) }
    curl_multi_cleanup(multi)
  }

  var isEmpty: Bool { transfers.isEmpty }

  /// Begins an exchange.
  ///
  /// - Parameter clock: gives the times of what arrives.
  func start(
    _ request: Transfer.Request, clock: @escaping () -> Double
  ) throws(CompletionError) -> Transfer {
    let transfer = try Transfer(request, network: network, clock: clock)
    transfers.append(transfer)
    curl_multi_add_handle(multi, transfer.handle)
    return transfer
  }

  /// Gives up a transfer at once, so that the server does no more for it: closes its connection, or
  /// resets its HTTP/2 stream where others share the connection.
  func cancel(_ transfer: Transfer) {
    transfer.forbidReuse()
    remove(transfer)
    for other in transfers
    where other.request.endpoint.authority == transfer.request.endpoint.authority {
      other.flush()
    }
  }

  private func remove(_ transfer: Transfer) {
    guard let index = transfers.firstIndex(where: { $0 === transfer }) else { return }
    curl_multi_remove_handle(multi, transfer.handle)
    transfers.remove(at: index)
  }

  /// Sends and receives what can be, without waiting, and ends transfers that are over.
  func perform() {
    var running: CInt = 0
    curl_multi_perform(multi, &running)
    var result = CURLE_OK
    while let context = transfer_next_finished(multi, &result) {
      guard let transfer = Transfer.at(context) else { continue }
      if result == CURLE_PEER_FAILED_VERIFICATION, transfer.useNextTrustStore() {
        curl_multi_remove_handle(multi, transfer.handle)
        curl_multi_add_handle(multi, transfer.handle)
      } else {
        transfer.end(result)
        remove(transfer)
      }
    }
    let now = MonotonicClock.milliseconds
    for transfer in transfers {
      guard let deadline = transfer.deadline, deadline <= now else { continue }
      transfer.ending = transfer.endingAtDeadline
      cancel(transfer)
    }
  }

  /// Waits for any of the descriptors, any transfer, the next time limit, or the timeout.
  ///
  /// - Returns: the descriptors that can be read from, or whose other end is gone.
  func wait(for descriptors: [CInt], milliseconds: Int32) -> [CInt] {
    var polled = descriptors.map {
      curl_waitfd(fd: $0, events: Int16(CURL_WAIT_POLLIN), revents: 0)
    }
    var timeout = milliseconds
    if let deadline = transfers.lazy.compactMap(\.deadline).min() {
      timeout = min(timeout, Int32(clampedMilliseconds: deadline - MonotonicClock.milliseconds))
    }
    curl_multi_poll(multi, &polled, UInt32(polled.count), timeout, nil)
    return polled.filter { $0.revents != 0 }.map(\.fd)
  }

  /// The same without any transfer.
  static func wait(for descriptors: [CInt], milliseconds: Int32) -> [CInt] {
    var polled = descriptors.map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
    poll(&polled, nfds_t(polled.count), milliseconds)
    return polled.filter { $0.revents != 0 }.map(\.fd)
  }
}

extension Int32 {
  /// A time to wait, rounded up, so that it is over when the wait is.
  init(clampedMilliseconds time: Double) {
    self = time.isNaN ? 0 : Int32(Swift.min(Swift.max(time.rounded(.up), 0), Double(Int32.max)))
  }
}
