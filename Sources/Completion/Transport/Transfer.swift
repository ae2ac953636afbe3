// One HTTP exchange: a libcurl easy handle, what has been received on it and how it ended. It makes
// nothing of the bytes. Used on the thread of its pool only.

import CTransfer
import Core

final class Transfer {
  struct Request {
    var endpoint: Endpoint
    var sent: SentRequest
    /// The secrets that `sent` leaves out.
    var credentials: Credentials
    var clientCertificate: ClientCertificate?
    var timeLimits: TimeLimits
    /// How long it may take from start to end.
    var timeLimit: Duration?
    /// Sent in place of the body of `sent`, while it is read.
    var upload: UploadBody?
  }

  struct Head {
    var status: Int
    var contentType: String
    /// When it had arrived, on the clock of the transfer.
    var time: Double
  }

  let request: Request
  let network: NetworkSettings
  let handle: UnsafeMutableRawPointer
  private(set) var head: Head?
  /// When the first of the bytes that wait arrived, on the clock of the transfer.
  private(set) var receivedTime = 0.0
  /// How it ended; bytes may still wait.
  var ending: WireEvent.Ending?
  /// What went wrong, when libcurl says that something did.
  private(set) var failure: TransferFailure?

  /// Header fields as libcurl wants them; they live as long as the handle.
  var headers: UnsafeMutablePointer<curl_slist>?
  /// libcurl writes details of a failure here; it must stay in place.
  let errorText = UnsafeMutablePointer<CChar>.allocate(capacity: Int(CURL_ERROR_SIZE))
  /// Those that have not been tried yet.
  var trustStores: [TrustStore] = []

  private var received: [UInt8] = []
  private var isPaused = false
  /// Whether the request has been given a connection.
  private(set) var hasConnected = false
  /// Whether any byte of a response has come.
  private(set) var hasResponse = false
  /// When it began, got its connection, or last heard of the server: monotonic milliseconds.
  private var lastActivity = MonotonicClock.milliseconds
  private var closingTime: Double?
  private let clock: () -> Double

  /// So much may wait before the server is held up: a fast one must not hold the loop.
  private static let highWater = 64 << 10

  /// - Parameter clock: gives the times of what arrives.
  init(
    _ request: Request, network: NetworkSettings, clock: @escaping () -> Double
  ) throws(CompletionError) {
    guard let handle = curl_easy_init() else {
      throw CompletionError("Out of memory: no request to \(request.endpoint.authority) was made.")
    }
    self.request = request
    self.network = network
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
}

// MARK: - What libcurl tells

extension Transfer {
  /// The request goes out on a connection that is made.
  func connected() {
    hasConnected = true
    lastActivity = MonotonicClock.milliseconds
  }

  /// - Returns: how many bytes of the header line were taken.
  func receiveHeader(_ line: UnsafeBufferPointer<CChar>) -> Int {
    lastActivity = MonotonicClock.milliseconds
    hasResponse = true
    // A blank line ends the head; those of 1xx responses and trailers are not it.
    if head == nil, line.first == CChar(bitPattern: UInt8(ascii: "\r")), status >= 200 {
      noteHead()
    }
    return line.count
  }

  /// - Returns: how many bytes of the body were taken, or that it has to wait.
  func receive(_ bytes: UnsafeBufferPointer<CChar>) -> Int {
    lastActivity = MonotonicClock.milliseconds
    if received.count > Self.highWater {
      isPaused = true
      return Int(CURL_WRITEFUNC_PAUSE)
    }
    if head == nil { noteHead() }
    if received.isEmpty { receivedTime = clock() }
    bytes.withMemoryRebound(to: UInt8.self) { received.append(contentsOf: $0) }
    return bytes.count
  }

  /// Gives the next bytes of the request's body; how many, or that there are none to be had.
  func send(into buffer: UnsafeMutableRawBufferPointer) -> Int {
    lastActivity = MonotonicClock.milliseconds
    return request.upload?.read(into: buffer) ?? Int(CURL_READFUNC_ABORT)
  }

  /// How libcurl ended it.
  func end(_ code: CURLcode) {
    guard code != CURLE_OK else {
      ending = .complete
      return
    }
    let failure = TransferFailure(
      code: code, systemError: CInt(truncatingIfNeeded: number(CURLINFO_OS_ERRNO)),
      detail: request.credentials.redacting(String(cString: errorText)),
      hasConnected: hasConnected, hasResponse: hasResponse,
      hasProxy: network.proxy(for: request.endpoint) != nil,
      proxyStatus: number(CURLINFO_HTTP_CONNECTCODE), request: request)
    self.failure = failure
    ending = .failed(failure.description)
  }

  private func noteHead() {
    let contentType = request.credentials.redacting(string(CURLINFO_CONTENT_TYPE) ?? "")
    head = Head(status: status, contentType: contentType, time: clock())
  }

  private var status: Int { number(CURLINFO_RESPONSE_CODE) }

  private func number(_ info: CURLINFO) -> Int {
    var value = 0
    transfer_get_long(handle, info, &value)
    return value
  }

  /// A text that libcurl knows; nil when there is none.
  func string(_ info: CURLINFO) -> String? {
    var text: UnsafePointer<CChar>?
    transfer_get_string(handle, info, &text)
    return text.map { String(cString: $0) }
  }

  /// The value of a header field of the response; nil when it has none of that name.
  func headerField(_ name: String) -> String? {
    var field: UnsafeMutablePointer<curl_header>?
    let isFound = curl_easy_header(handle, name, 0, UInt32(CURLH_HEADER), -1, &field) == CURLHE_OK
    return isFound ? field.map { String(cString: $0.pointee.value) } : nil
  }
}

// MARK: - What its owner asks

extension Transfer {
  var hasReceived: Bool { !received.isEmpty }

  /// Whether its status says that there is no answer.
  var isError: Bool { head.map { !(200..<300).contains($0.status) } ?? false }

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

  /// Has its connection closed when nothing is left on it; else one with HTTP/2 would stay open, and
  /// the server at work.
  func forbidReuse() { transfer_set_long(handle, CURLOPT_FORBID_REUSE, 1) }

  /// Sends what waits on its connection.
  ///
  /// libcurl 7.88 queues the reset of an HTTP/2 stream, and sends it when any other stream of the
  /// connection moves; a pause and its end move this one.
  func flush() {
    guard request.endpoint.isEncrypted, hasConnected, !isPaused, ending == nil else { return }
    curl_easy_pause(handle, CURLPAUSE_RECV)
    curl_easy_pause(handle, CURLPAUSE_CONT)
  }

  /// When it is given up if nothing happens, in monotonic milliseconds.
  var deadline: Double? {
    if ending != nil { return nil }
    if let closingTime { return closingTime }
    guard !isPaused, request.timeLimit == nil else { return nil }
    return lastActivity + request.timeLimits[stage].milliseconds
  }

  /// How it ends when its deadline has come.
  var endingAtDeadline: WireEvent.Ending {
    closingTime == nil ? .failed(TransferFailure.timeout(stage, of: request)) : .complete
  }

  private var stage: TimeLimits.Stage {
    hasResponse ? .idle : hasConnected ? .firstByte : .connect
  }

  /// Says that nothing more is wanted. A server that then leaves the connection open, as some do,
  /// has it closed; one that ends the body keeps it for the next request.
  func expectEnd() {
    closingTime = closingTime ?? MonotonicClock.milliseconds + 1000
  }
}
