// What libcurl is told of an exchange before it begins: where it goes, what it sends, whom it trusts
// and how long it waits.

import CTransfer
import Core

/// Where certificates are that are trusted.
enum TrustStore: Hashable {
  /// A directory in which each certificate is found by the hash of its name.
  case directory(String)
  /// A file with all of them.
  case file(String)
}

extension Transfer {
  func configure() {
    setConnection()
    setSecurity()
    setRequest()
    setCallbacks()
  }

  private func setConnection() {
    set(CURLOPT_URL, request.endpoint.url)
    set(CURLOPT_PROTOCOLS_STR, "http,https")
    set(CURLOPT_FOLLOWLOCATION, 0)
    // Over TLS the server chooses; several requests then share one connection, for which the
    // others wait until the first has made it.
    set(CURLOPT_HTTP_VERSION, CURL_HTTP_VERSION_2TLS)
    if request.endpoint.isEncrypted { set(CURLOPT_PIPEWAIT, 1) }
    set(CURLOPT_NOSIGNAL, 1)
    // Without it a cancel would wait for a name that is still being looked up.
    set(CURLOPT_QUICK_EXIT, 1)
    set(CURLOPT_TCP_KEEPALIVE, 1)
    set(CURLOPT_BUFFERSIZE, 64 << 10)
    set(CURLOPT_CONNECTTIMEOUT_MS, request.timeLimits.connect)
    if let limit = request.timeLimit { set(CURLOPT_TIMEOUT_MS, limit) }
    // An empty name keeps libcurl from looking into the environment by itself.
    set(CURLOPT_PROXY, network.proxy(for: request.endpoint) ?? "")
    set(CURLOPT_NOPROXY, network.noProxy)
    set(CURLOPT_SUPPRESS_CONNECT_HEADERS, 1)
  }

  private func setSecurity() {
    guard request.endpoint.isEncrypted else { return }
    set(CURLOPT_SSL_VERIFYPEER, 1)
    set(CURLOPT_SSL_VERIFYHOST, 2)
    let directory = (network.certificateDirectory ?? string(CURLINFO_CAPATH))
      .map(TrustStore.directory)
    let file = (network.certificateFile ?? string(CURLINFO_CAINFO)).map(TrustStore.file)
    trustStores = (network.certificateFile == nil ? [directory, file] : [file, directory])
      .compactMap { $0 }
    useNextTrustStore()
    if let certificate = request.clientCertificate {
      set(CURLOPT_SSLCERT, certificate.certificatePath)
      set(CURLOPT_SSLKEY, certificate.keyPath ?? certificate.certificatePath)
      // Without one OpenSSL would ask for it on the terminal, and wait.
      let password = certificate.password.flatMap { request.credentials[$0] }
      set(CURLOPT_KEYPASSWD, password ?? "")
    }
  }

  /// Looks for the server's issuer in the next of the trust stores; false when all were tried.
  ///
  /// libcurl would use them all at once, and read the file with all of the system's certificates
  /// for each new connection: 30 ms on the thread of the loop. In the directory an issuer is found
  /// at once, and of a file that is used by itself libcurl keeps what it has read.
  @discardableResult
  func useNextTrustStore() -> Bool {
    guard !trustStores.isEmpty else { return false }
    switch trustStores.removeFirst() {
    case .directory(let path):
      set(CURLOPT_CAPATH, path)
      set(CURLOPT_CAINFO, nil)
    case .file(let path):
      set(CURLOPT_CAINFO, path)
      set(CURLOPT_CAPATH, nil)
    }
    return true
  }

  private func setRequest() {
    set(CURLOPT_USERAGENT, "whet")
    for field in request.sent.fields {
      let value = field.value + (field.secret.flatMap { request.credentials[$0] } ?? "")
      // libcurl reads a colon with nothing after it as: send no such field.
      addHeader(value.isEmpty ? "\(field.name);" : "\(field.name): \(value)")
    }
    let method = request.sent.method
    if let upload = request.upload {
      set(CURLOPT_POST, 1)
      set(CURLOPT_POSTFIELDSIZE_LARGE, upload.count)
      addHeader("Expect:")
    } else if method != "GET" {
      if method != "POST" { set(CURLOPT_CUSTOMREQUEST, method) }
      set(CURLOPT_POSTFIELDSIZE, request.sent.body.utf8.count)
      set(CURLOPT_COPYPOSTFIELDS, request.sent.body)
      // libcurl would wait a second for a leave that few servers give.
      addHeader("Expect:")
    }
    transfer_set_pointer(handle, CURLOPT_HTTPHEADER, headers)
  }

  private func addHeader(_ line: String) {
    headers = curl_slist_append(headers, line) ?? headers
  }

  private func setCallbacks() {
    transfer_set_pointer(handle, CURLOPT_ERRORBUFFER, errorText)
    let context = Unmanaged.passUnretained(self).toOpaque()
    transfer_set_pointer(handle, CURLOPT_PRIVATE, context)
    transfer_set_pointer(handle, CURLOPT_WRITEDATA, context)
    transfer_set_pointer(handle, CURLOPT_HEADERDATA, context)
    transfer_set_pointer(handle, CURLOPT_PREREQDATA, context)
    transfer_set_callback(handle, CURLOPT_WRITEFUNCTION) { bytes, size, count, context in
      Transfer.at(context)?.receive(UnsafeBufferPointer(start: bytes, count: size * count)) ?? 0
    }
    transfer_set_callback(handle, CURLOPT_HEADERFUNCTION) { bytes, size, count, context in
      Transfer.at(context)?.receiveHeader(UnsafeBufferPointer(start: bytes, count: size * count))
        ?? 0
    }
    if request.upload != nil {
      transfer_set_pointer(handle, CURLOPT_READDATA, context)
      transfer_set_callback(handle, CURLOPT_READFUNCTION) { bytes, size, count, context in
        let buffer = UnsafeMutableRawBufferPointer(start: bytes, count: size * count)
        return Transfer.at(context)?.send(into: buffer) ?? Int(CURL_READFUNC_ABORT)
      }
    }
    transfer_set_request_callback(handle) { context, _, _, _, _ in
      Transfer.at(context)?.connected()
      return CURL_PREREQFUNC_OK
    }
  }

  /// The transfer that a callback or a finished handle belongs to.
  static func at(_ context: UnsafeMutableRawPointer?) -> Transfer? {
    context.map { Unmanaged<Transfer>.fromOpaque($0).takeUnretainedValue() }
  }

  private func set(_ option: CURLoption, _ value: Int) { transfer_set_long(handle, option, value) }

  private func set(_ option: CURLoption, _ value: String?) {
    transfer_set_string(handle, option, value)
  }

  private func set(_ option: CURLoption, _ limit: Duration) {
    // 0 would be libcurl's own idea of a limit.
    set(option, max(1, Int(Int32(clampedMilliseconds: limit.milliseconds))))
  }
}
