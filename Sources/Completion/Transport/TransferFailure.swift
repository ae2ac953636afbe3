// What went wrong between here and a server, in words that say what to do.

import CTransfer
import Core
import Glibc

struct TransferFailure: CustomStringConvertible {
  var code: CURLcode
  /// The errno of a connection that could not be made; 0 when unknown.
  var systemError: CInt
  /// libcurl's own words, secrets taken out; empty when it has none.
  var detail: String
  /// Whether the request went out.
  var hasConnected: Bool
  /// Whether any byte of a response has come.
  var hasResponse: Bool
  /// Whether the environment names a proxy for the request.
  var hasProxy: Bool
  /// The status with which a proxy answered when it was asked for a tunnel; 0 when none was.
  var proxyStatus: Int
  var request: Transfer.Request

  /// What happened and what to do, as a sentence.
  var description: String { "\(words.event): \(words.remedy)" }

  /// What happened, as a sentence.
  var event: String { words.event + "." }

  /// Whether the connection was there and was lost before any byte of a response, so that the same
  /// request may well fare better on another one.
  var isConnectionLost: Bool {
    Self.lostConnection.contains(code) && hasConnected && !hasResponse && !isRefusedByTLS
  }

  private static let lostConnection: Set<CURLcode> = [
    CURLE_GOT_NOTHING, CURLE_RECV_ERROR, CURLE_SEND_ERROR, CURLE_HTTP2, CURLE_HTTP2_STREAM,
  ]

  /// Whether it is a matter of the network, or of a server that isn't there for now: another try
  /// may fare better, however long it takes.
  var isOutOfReach: Bool {
    (Self.lostConnection.contains(code) || Self.outOfReach.contains(code)) && !isRefusedByTLS
  }

  private static let outOfReach: Set<CURLcode> = [
    CURLE_COULDNT_RESOLVE_HOST, CURLE_COULDNT_RESOLVE_PROXY, CURLE_COULDNT_CONNECT,
    CURLE_OPERATION_TIMEDOUT, CURLE_PARTIAL_FILE,
  ]

  /// With TLS 1.3 a server refuses a client's certificate when the connection seems to be made.
  private var isRefusedByTLS: Bool { detail.contains("alert") }

  private var words: (event: String, remedy: String) {
    let server = request.endpoint.authority
    switch code {
    case _ where proxyStatus == 407:
      return (
        "The proxy wants a name and a password for \(server)",
        "put them into HTTPS_PROXY, as in http://name:password@host:port."
      )
    case _ where proxyStatus != 0 && !(200..<300).contains(proxyStatus):
      return (
        "The proxy refused a connection to \(server) with HTTP \(proxyStatus)",
        "check the base URL, HTTPS_PROXY and NO_PROXY."
      )
    case CURLE_COULDNT_RESOLVE_HOST:
      return ("The host of \(server) is not known", "check the base URL and the network.")
    case CURLE_COULDNT_RESOLVE_PROXY:
      return ("The proxy's host is not known", "check HTTPS_PROXY and the network.")
    case CURLE_PROXY:
      return ("The proxy gave no connection to \(server)\(reason)", "check HTTPS_PROXY.")
    case CURLE_COULDNT_CONNECT where hasProxy:
      return (
        "\(server) can't be reached\(reason)",
        "check HTTPS_PROXY, NO_PROXY, the base URL and the network."
      )
    case CURLE_COULDNT_CONNECT:
      if systemError == ECONNREFUSED || request.endpoint.isLoopback {
        return ("Nothing answers at \(server)", "is the server running?")
      }
      return ("\(server) can't be reached", "check the base URL and the network.")
    case CURLE_OPERATION_TIMEDOUT:
      if hasConnected, let limit = request.timeLimit {
        return ("\(server) did not answer within \(limit.inSeconds)", "is it overloaded?")
      }
      return Self.words(for: .connect, of: request)
    case CURLE_GOT_NOTHING:
      return (
        "\(server) closed the connection without an answer", "look at its log, or run it again."
      )
    case CURLE_RECV_ERROR where isRefusedByTLS:
      return (
        "\(server) refused the secure connection\(reason)",
        "does it want a 'client_certificate'?"
      )
    case CURLE_RECV_ERROR, CURLE_SEND_ERROR, CURLE_PARTIAL_FILE, CURLE_HTTP2, CURLE_HTTP2_STREAM:
      return (
        "The connection to \(server) broke before the answer was finished", "run it again."
      )
    case CURLE_PEER_FAILED_VERIFICATION:
      return (
        "The certificate of \(server) is not to be trusted\(reason)",
        "check the base URL, or name its issuer's file in SSL_CERT_FILE; nothing was sent."
      )
    case CURLE_SSL_CACERT_BADFILE:
      return (
        "The certificates to trust can't be read\(reason)",
        "check SSL_CERT_FILE and SSL_CERT_DIR, or install ca-certificates."
      )
    case CURLE_SSL_CERTPROBLEM:
      return (
        "The client certificate can't be used\(reason)",
        "check the files and the password of 'client_certificate'."
      )
    case CURLE_SSL_CONNECT_ERROR:
      return (
        "No secure connection to \(server) came about\(reason)",
        "should its base URL start with http:// ?"
      )
    case CURLE_WEIRD_SERVER_REPLY, CURLE_UNSUPPORTED_PROTOCOL:
      return ("\(server) does not speak HTTP\(reason)", "check the base URL.")
    default:
      return ("The request to \(server) failed\(reason)", "run it again.")
    }
  }

  private var reason: String {
    let words = detail.isEmpty ? String(cString: curl_easy_strerror(code)) : detail
    return " (\(words))"
  }
}

// MARK: - Time limits

extension TimeLimits {
  /// What a server may take its time for.
  enum Stage: String {
    case connect
    case firstByte = "first_byte"
    case idle

    /// Where the limit is set in the configuration.
    var setting: String { "'timeouts: \(rawValue)'" }
  }

  subscript(stage: Stage) -> Duration {
    switch stage {
    case .connect: connect
    case .firstByte: firstByte
    case .idle: idle
    }
  }
}

extension TransferFailure {
  /// The sentence for a server that took longer than it may.
  static func timeout(_ stage: TimeLimits.Stage, of request: Transfer.Request) -> String {
    let words = words(for: stage, of: request)
    return "\(words.event): \(words.remedy)"
  }

  private static func words(
    for stage: TimeLimits.Stage, of request: Transfer.Request
  ) -> (event: String, remedy: String) {
    let server = request.endpoint.authority
    let limit = "\(request.timeLimits[stage].inSeconds) (\(stage.setting))"
    return switch stage {
    case .connect:
      (
        "No connection to \(server) came about within \(limit)",
        "check the base URL and the network."
      )
    case .firstByte:
      (
        "\(server) took the request, and did not begin to answer within \(limit)",
        "is it overloaded, or does so long a prompt need a higher limit?"
      )
    case .idle:
      (
        "\(server) fell silent in the middle of its answer for \(limit)",
        "is it overloaded, or does it need a higher limit?"
      )
    }
  }
}

extension Duration {
  /// `120 s`, `0.5 s`.
  fileprivate var inSeconds: String {
    let seconds = milliseconds / 1000
    return seconds == seconds.rounded() ? "\(Int(clamping: components.seconds)) s" : "\(seconds) s"
  }
}
