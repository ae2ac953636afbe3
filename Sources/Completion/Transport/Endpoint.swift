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
  private let allowsPlainHTTP: Bool

  /// - Parameters:
  ///   - path: what is added to the path of the provider's base URL.
  ///   - model: stands for `{model}` in the base URL.
  ///
  /// Throws when that is no address, or when one of the provider's secrets must not go there.
  init(
    _ provider: Provider, path: String, model: String = "", credentials: Credentials
  ) throws(CompletionError) {
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

    let baseURL = provider.baseURL.replacing("{model}", with: Self.escaped(model))
    guard curl_url_set(parsed, CURLUPART_URL, baseURL, 0) == CURLUE_OK,
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
    for (name, value) in provider.query.sorted(by: { $0.key < $1.key }) {
      let item = "\(Self.escaped(name))=\(Self.escaped(value))"
      _ = curl_url_set(parsed, CURLUPART_QUERY, item, UInt32(CURLU_APPENDQUERY))
    }
    guard curl_url_set(parsed, CURLUPART_PATH, base + path, 0) == CURLUE_OK,
      curl_url_set(parsed, CURLUPART_FRAGMENT, nil, 0) == CURLUE_OK, let url = part(CURLUPART_URL)
    else {
      throw CompletionError("The path of the base URL of \(provider.name) can't be used: check it.")
    }
    guard credentials.redacting(url) == url else {
      throw CompletionError(
        "The address of \(provider.name) holds a key, which logs and recordings would show: "
          + "take it out of the base URL and the query.")
    }
    self.url = url
    authority = host + ":" + (part(CURLUPART_PORT, flags: CURLU_DEFAULT_PORT) ?? "")
    isEncrypted = scheme == "https"
    allowsPlainHTTP = provider.allowsPlainHTTP
    isLoopback = Provider.isLoopback(host: host.lowercased())
    for field in try provider.requestFields(credentials) {
      if let place = field.secret, let objection = objection(to: place) {
        throw CompletionError(objection)
      }
    }
  }

  /// A text as it stands in a URL (RFC 3986, section 2.3).
  private static func escaped(_ text: String) -> String {
    let digits = Array("0123456789ABCDEF")
    return text.utf8.reduce(into: "") { result, byte in
      switch byte {
      case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x2E, 0x5F, 0x7E:
        result.unicodeScalars.append(Unicode.Scalar(byte))
      default:
        result.append("%")
        result.append(digits[Int(byte >> 4)])
        result.append(digits[Int(byte & 15)])
      }
    }
  }

  /// Why a secret must not be sent here; nil when it may.
  ///
  /// - Parameter place: where it was read, for the sentence.
  private func objection(to place: Secret) -> String? {
    if isEncrypted || isLoopback || allowsPlainHTTP { return nil }
    return
      "The key in \(place.placeInWords) was not sent, because anybody on the way to \(authority) "
      + "could read it: use https in the base URL. Over plain http a key goes to this machine only, "
      + "unless the provider has 'allow_plain_http: true'."
  }
}
