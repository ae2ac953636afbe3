// The address of one request. It is read by libcurl's own URL parser, so that the host that is
// judged here is the host that is connected to.

import CTransfer
import Core

struct Endpoint: Sendable {
  let url: String
  /// Host and port, for sentences: `127.0.0.1:11434`.
  let authority: String
  /// Whether the request stays on this machine.
  let isLoopback: Bool
  let isEncrypted: Bool

  /// - Parameter path: what is added to the path of the provider's base URL.
  init(_ provider: Provider, path: String) throws(CompletionError) {
    guard let parsed = curl_url() else { throw CompletionError("Out of memory.") }
    defer { curl_url_cleanup(parsed) }
    func part(_ part: CURLUPart, flags: Int32 = 0) -> String? {
      var value: UnsafeMutablePointer<CChar>?
      guard curl_url_get(parsed, part, &value, UInt32(flags)) == CURLUE_OK, let value else {
        return nil
      }
      defer { curl_free(value) }
      return String(cString: value)
    }

    guard curl_url_set(parsed, CURLUPART_URL, provider.baseURL, 0) == CURLUE_OK,
      let scheme = part(CURLUPART_SCHEME), ["http", "https"].contains(scheme),
      let host = part(CURLUPART_HOST)
    else {
      throw CompletionError(
        "The base URL of \(provider.name) is no address: write it like http://127.0.0.1:8080/v1.")
    }
    // A secret that stands in a URL would end up in files, logs and sentences.
    guard part(CURLUPART_USER) == nil, part(CURLUPART_PASSWORD) == nil else {
      throw CompletionError(
        "The base URL of \(provider.name) holds a user name or password: take it out, and keep "
          + "the key in an environment variable.")
    }
    var base = part(CURLUPART_PATH) ?? ""
    while base.hasSuffix("/") { base.removeLast() }
    guard curl_url_set(parsed, CURLUPART_PATH, base + path, 0) == CURLUE_OK,
      curl_url_set(parsed, CURLUPART_FRAGMENT, nil, 0) == CURLUE_OK, let url = part(CURLUPART_URL)
    else {
      throw CompletionError("The path of the base URL of \(provider.name) can't be used: check it.")
    }
    self.url = url
    authority = host + ":" + (part(CURLUPART_PORT, flags: CURLU_DEFAULT_PORT) ?? "")
    isEncrypted = scheme == "https"
    isLoopback = Self.isLoopback(host.lowercased())
  }

  /// libcurl resolves `localhost` to the loopback address by itself.
  private static func isLoopback(_ host: String) -> Bool {
    if host == "localhost" || host == "[::1]" { return true }
    let bytes = host.split(separator: ".", omittingEmptySubsequences: false).map { UInt8($0) }
    return bytes.count == 4 && bytes[0] == 127 && bytes.allSatisfy { $0 != nil }
  }

  /// Why a key must not be sent here; nil when it may.
  ///
  /// - Parameter variable: where the key was read, for the sentence.
  func objection(to key: String, from variable: String?) -> String? {
    let origin = variable.map { "in \($0) " } ?? ""
    if key.utf8.contains(where: { $0 <= 0x20 || $0 == 0x7F }) {
      return "The key \(origin)holds a space or a line break, so it was not sent: correct it."
    }
    if isEncrypted || isLoopback { return nil }
    return
      "The key \(origin)was not sent, because anybody on the way to \(authority) could read it: "
      + "use https in the base URL. Over plain http a key goes to this machine only."
  }
}
