// One HTTP exchange: a libcurl easy handle, what has been received on it and how it ended. It makes
// nothing of the bytes. Used on the thread of its pool only.

import CTransfer
import Core
import Glibc

final class Transfer {
  struct Request {
    var endpoint: Endpoint
    var sent: SentRequest
    /// The secrets that the fields of `sent` leave out.
    var credentials: Credentials
    var timeLimits: TimeLimits
    /// How long it may take from start to end.
    var timeLimit: Duration?
  }

  struct Head {
    var status: Int
    var contentType: String
    /// When it had arrived, on the clock of the transfer.
    var time: Double
  }

  let request: Request
  let handle: UnsafeMutableRawPointer
  private(set) var head: Head?
  /// When the first of the bytes that wait arrived, on the clock of the transfer.
  private(set) var receivedTime = 0.0
  /// How it ended; bytes may still wait.
  var ending: WireEvent.Ending?

  private var received: [UInt8] = []
  private var isPaused = false
  /// Whether any byte of a response has come.
  private var hasResponse = false
  /// When the server was last heard, or the transfer began: monotonic milliseconds.
  private var lastActivity = MonotonicClock.milliseconds
  private var closingTime: Double?
  private let clock: () -> Double
  private var headers: UnsafeMutablePointer<curl_slist>?
  /// libcurl writes details of a failure here; it must stay in place.
  private let errorText = UnsafeMutablePointer<CChar>.allocate(capacity: Int(CURL_ERROR_SIZE))

  /// So much may wait before the server is held up: a fast one must not hold the loop.
  private static let highWater = 256 << 10

  /// - Parameter clock: gives the times of what arrives.
  init(_ request: Request, clock: @escaping () -> Double) throws(CompletionError) {
    guard let handle = curl_easy_init() else {
      throw CompletionError("Out of memory: no request to \(request.endpoint.authority) was made.")
    }
    self.request = request
    self.handle = handle
    self.clock = clock
    errorText.initialize(repeating: 0, count: Int(CURL_ERROR_SIZE))
    configure()
  }

  deinit {
    curl_easy_cleanup(handle)
    curl_slist_free_all(headers)
    errorText.deallocate()
  }

  private func configure() {
    set(CURLOPT_URL, request.endpoint.url)
    set(CURLOPT_PROTOCOLS_STR, "http,https")
    set(CURLOPT_FOLLOWLOCATION, 0)
    set(CURLOPT_SSL_VERIFYPEER, 1)
    set(CURLOPT_SSL_VERIFYHOST, 2)
    set(CURLOPT_NOSIGNAL, 1)
    // Without it a cancel would wait for a name that is still being looked up.
    set(CURLOPT_QUICK_EXIT, 1)
    set(CURLOPT_TCP_KEEPALIVE, 1)
    set(CURLOPT_BUFFERSIZE, 64 << 10)
    set(CURLOPT_SUPPRESS_CONNECT_HEADERS, 1)
    set(CURLOPT_CONNECTTIMEOUT_MS, Int(request.timeLimits.connect.milliseconds))
    if let limit = request.timeLimit { set(CURLOPT_TIMEOUT_MS, Int(limit.milliseconds)) }
    // What stays on this machine goes through no proxy, and neither does its key.
    if request.endpoint.isLoopback { set(CURLOPT_PROXY, "") }
    set(CURLOPT_USERAGENT, "whet")
    for field in request.sent.fields {
      let secret = field.secret.map { request.credentials[$0] ?? "" } ?? ""
      addHeader("\(field.name): \(field.value)\(secret)")
    }
    if request.sent.method == "POST" {
      set(CURLOPT_POSTFIELDSIZE, request.sent.body.utf8.count)
      set(CURLOPT_COPYPOSTFIELDS, request.sent.body)
      // libcurl would wait a second for a leave that few servers give.
      addHeader("Expect:")
    }
    transfer_set_pointer(handle, CURLOPT_HTTPHEADER, headers)
    transfer_set_pointer(handle, CURLOPT_ERRORBUFFER, errorText)
    let context = Unmanaged.passUnretained(self).toOpaque()
    transfer_set_pointer(handle, CURLOPT_PRIVATE, context)
    transfer_set_pointer(handle, CURLOPT_WRITEDATA, context)
    transfer_set_pointer(handle, CURLOPT_HEADERDATA, context)
    transfer_set_callback(handle, CURLOPT_WRITEFUNCTION) { bytes, size, count, context in
      Transfer.at(context)?.receive(UnsafeBufferPointer(start: bytes, count: size * count)) ?? 0
    }
    transfer_set_callback(handle, CURLOPT_HEADERFUNCTION) { bytes, size, count, context in
      Transfer.at(context)?.receiveHeader(UnsafeBufferPointer(start: bytes, count: size * count))
        ?? 0
    }
  }

  /// The transfer that a callback or a finished handle belongs to.
  static func at(_ context: UnsafeMutableRawPointer?) -> Transfer? {
    context.map { Unmanaged<Transfer>.fromOpaque($0).takeUnretainedValue() }
  }

  private func set(_ option: CURLoption, _ value: Int) { transfer_set_long(handle, option, value) }

  private func set(_ option: CURLoption, _ value: String) {
    transfer_set_string(handle, option, value)
  }

  private func addHeader(_ line: String) {
    headers = curl_slist_append(headers, line) ?? headers
  }

  private func receiveHeader(_ line: UnsafeBufferPointer<CChar>) -> Int {
    lastActivity = MonotonicClock.milliseconds
    hasResponse = true
    // A blank line ends the head; those of 1xx responses and trailers are not it.
    if head == nil, line.first == CChar(bitPattern: UInt8(ascii: "\r")), status >= 200 {
      head = Head(status: status, contentType: contentType, time: clock())
    }
    return line.count
  }

  private func receive(_ bytes: UnsafeBufferPointer<CChar>) -> Int {
    lastActivity = MonotonicClock.milliseconds
    if received.count > Self.highWater {
      isPaused = true
      return Int(CURL_WRITEFUNC_PAUSE)
    }
    if head == nil { head = Head(status: status, contentType: contentType, time: clock()) }
    if received.isEmpty { receivedTime = clock() }
    bytes.withMemoryRebound(to: UInt8.self) { received.append(contentsOf: $0) }
    return bytes.count
  }

  private var status: Int { number(CURLINFO_RESPONSE_CODE) }

  private var contentType: String {
    var text: UnsafePointer<CChar>?
    transfer_get_string(handle, CURLINFO_CONTENT_TYPE, &text)
    return text.map { String(cString: $0) } ?? ""
  }

  private func number(_ info: CURLINFO) -> Int {
    var value = 0
    transfer_get_long(handle, info, &value)
    return value
  }
}

extension Transfer {
  var hasReceived: Bool { !received.isEmpty }

  /// Takes what has arrived, at most `count` bytes of it, and lets a server go on that was held up.
  func take(atMost count: Int) -> [UInt8] {
    var taken: [UInt8] = []
    if received.count <= count {
      swap(&taken, &received)
    } else {
      taken = Array(received.prefix(count))
      received.removeFirst(count)
    }
    if isPaused, ending == nil, received.count <= Self.highWater {
      isPaused = false
      curl_easy_pause(handle, CURLPAUSE_CONT)
    }
    return taken
  }

  /// When it is given up if nothing happens, in monotonic milliseconds, and how it then ends.
  var deadline: (time: Double, ending: WireEvent.Ending)? {
    if ending != nil { return nil }
    if let closingTime { return (closingTime, .complete) }
    guard !isPaused, request.timeLimit == nil else { return nil }
    let timeout = hasResponse ? request.timeLimits.idle : request.timeLimits.firstByte
    let silence = TransferFailure.silence(of: request.endpoint.authority, for: timeout)
    return (lastActivity + timeout.milliseconds, .failed(silence))
  }

  /// Says that nothing more is wanted. A server that then leaves the connection open, as some do,
  /// has it closed; one that ends the body keeps it for the next request.
  func expectEnd() {
    closingTime = closingTime ?? MonotonicClock.milliseconds + 1000
  }

  /// Notes how libcurl ended it.
  func end(_ code: CURLcode) {
    if code == CURLE_OK {
      ending = .complete
      return
    }
    let failure = TransferFailure(
      code: code, systemError: CInt(truncatingIfNeeded: number(CURLINFO_OS_ERRNO)),
      detail: String(cString: errorText), hasConnected: number(CURLINFO_LOCAL_PORT) > 0,
      request: request)
    ending = .failed(failure.description)
  }
}
