// What went wrong between here and a server, in words that say what to do.

import CTransfer
import Glibc

struct TransferFailure: CustomStringConvertible {
  var code: CURLcode
  /// The errno of a connection that could not be made; 0 when unknown.
  var systemError: CInt
  /// libcurl's own words; empty when it has none.
  var detail: String
  var hasConnected: Bool
  var request: Transfer.Request

  var description: String {
    let server = request.endpoint.authority
    switch code {
    case CURLE_COULDNT_RESOLVE_HOST:
      return "The host of \(server) is not known: check the base URL and the network."
    case CURLE_COULDNT_RESOLVE_PROXY:
      return "The proxy's host is not known: check HTTPS_PROXY and the network."
    case CURLE_COULDNT_CONNECT:
      if systemError == ECONNREFUSED || request.endpoint.isLoopback {
        return "Nothing answers at \(server): is the server running?"
      }
      return "\(server) can't be reached: check the base URL and the network."
    case CURLE_OPERATION_TIMEDOUT:
      // Without a limit on the whole, only making the connection, secure or not, is timed.
      if hasConnected, let limit = request.timeLimit {
        return "\(server) did not answer within \(limit.inSeconds): is it overloaded?"
      }
      return
        "No connection to \(server) came about within \(request.timeLimits.connect.inSeconds): "
        + "check the base URL and the network."
    case CURLE_GOT_NOTHING:
      return "\(server) closed the connection without an answer: look at its log, or run it again."
    case CURLE_RECV_ERROR, CURLE_SEND_ERROR, CURLE_PARTIAL_FILE, CURLE_HTTP2, CURLE_HTTP2_STREAM:
      return "The connection to \(server) broke before the answer was finished: run it again."
    case CURLE_PEER_FAILED_VERIFICATION:
      return "The certificate of \(server) is not to be trusted\(reason): "
        + "check the base URL; nothing was sent."
    case CURLE_SSL_CACERT_BADFILE:
      return "This machine's certificates can't be read\(reason): install ca-certificates."
    case CURLE_SSL_CONNECT_ERROR:
      return "No secure connection to \(server) came about\(reason): "
        + "should its base URL start with http:// ?"
    case CURLE_WEIRD_SERVER_REPLY, CURLE_UNSUPPORTED_PROTOCOL:
      return "\(server) does not speak HTTP\(reason): check the base URL."
    default:
      return "The request to \(server) failed\(reason): run it again."
    }
  }

  private var reason: String {
    let words = detail.isEmpty ? String(cString: curl_easy_strerror(code)) : detail
    return " (\(words))"
  }

  /// The sentence for a server that connected and then fell silent.
  static func silence(of server: String, for time: Duration) -> String {
    "\(server) did not send anything for \(time.inSeconds), so the connection was closed: "
      + "is it overloaded?"
  }
}

extension Duration {
  /// `120 s`, `0.5 s`.
  fileprivate var inSeconds: String {
    let seconds = milliseconds / 1000
    return seconds == seconds.rounded() ? "\(Int(seconds)) s" : "\(seconds) s"
  }
}
