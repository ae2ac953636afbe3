// What an HTTP status that brings no answer means, and what to do about it.

import Core

/// A response whose status says that there is no answer.
struct ErrorResponse {
  /// A gateway's page need not be read to its end.
  static let maximumBodyBytes = 64 << 10

  let status: Int
  let request: SentRequest
  private let message: ServerMessage?
  /// Whether the server refuses `stream_options`, by which it was asked to count tokens.
  let refusesUsage: Bool

  /// - Parameters:
  ///   - body: JSON, HTML, plain text or nothing.
  ///   - request: what it answers.
  init(status: Int, body: [UInt8], to request: SentRequest) {
    self.status = status
    self.request = request
    message = ServerMessage(body: body)
    refusesUsage =
      Self.isRefusal(status) && request.body.contains("\"stream_options\"")
      && String(decoding: body, as: UTF8.self).contains("stream_options")
  }

  /// One sentence with the status, the server's own words where it has any, and what to do.
  func sentence(key: KeyUse) -> String { "\(statement): \(advice(key: key))." }

  /// The status and the server's own words where it has any, without a full stop.
  var statement: String {
    let words = message.map { ", the server says \"\($0.text)\"" } ?? ""
    let name = Self.names[status].map { " (\($0))" } ?? ""
    return "HTTP \(status)\(name)\(words)"
  }

  /// Whether the account has nothing left to pay with, so that waiting doesn't help.
  var isOutOfCredit: Bool {
    if status == 402 { return true }
    guard let message, status == 429 || status == 400 || status == 403 else { return false }
    return message.codes.contains("insufficient_quota")
      || message.text.mentions(anyOf: ["billing", "credit balance", "insufficient balance"])
  }

  /// The parameter that the server refuses; nil when it names none of those that were sent.
  var refusedParameter: RefusedParameter? {
    guard Self.isRefusal(status) else { return nil }
    return message.flatMap { RefusedParameter(in: $0, about: request) }
  }

  /// Whether a server says so that it does not take what was sent; FastAPI's say 422.
  private static func isRefusal(_ status: Int) -> Bool { status == 400 || status == 422 }

  private var isBeyondWindow: Bool {
    guard let message, status == 400 || status == 413 else { return false }
    let codes = ["context_length_exceeded", "exceed_context_size_error"]
    return message.codes.contains(where: codes.contains)
      || message.text.mentions(anyOf: ["prompt is too long", "maximum context length"])
  }

  /// Whether it says that too much was sent at once, be it one long text or a batch of many: less of
  /// it may be taken.
  ///
  /// Servers of embeddings say so in many ways, llama.cpp's even as a fault of its own (500).
  var isTooMuch: Bool {
    if status == 413 || isBeyondWindow { return true }
    guard let message, [400, 422, 500].contains(status) else { return false }
    return message.text.mentions(anyOf: [
      "too large", "too long", "too many", "context length", "context size", "input length",
      "maximum length", "less than", "at most", "exceed", "maximum allowed", "batch size",
    ])
  }

  private static let names = [
    400: "bad request", 401: "not authorized", 402: "payment required", 403: "forbidden",
    404: "not found", 405: "method not allowed", 408: "request timeout", 413: "too large",
    415: "unsupported media type", 422: "unprocessable", 425: "too early", 429: "too many requests",
    500: "server error", 501: "not implemented", 502: "bad gateway", 503: "unavailable",
    504: "gateway timeout", 529: "overloaded",
  ]

  private func advice(key: KeyUse) -> String {
    if isOutOfCredit {
      return
        "the account has no credit left, and waiting brings none; top it up, or choose another "
        + "model"
    }
    if isBeyondWindow {
      return
        "prompt and answer don't fit into the model's window; shorten the prompt, let in fewer "
        + "passages, or ask for a shorter answer"
    }
    return refusedParameter?.advice ?? adviceForStatus(key: key)
  }

  private func adviceForStatus(key: KeyUse) -> String {
    switch status {
    case 300..<400:
      "the address has moved, and redirects are not followed; put the new one in the base URL"
    case 401:
      switch key {
      case .unnamed:
        "it wants a key; name the environment variable that holds it in the configuration"
      case .missing(let place):
        "no key was sent, because there is none in \(place.placeInWords); put it there and start "
          + "again"
      case .sent(let place):
        "it did not accept the key in \(place.placeInWords); check that it is right and still valid"
      }
    case 403: "the key may not use this model; choose another, or ask for access"
    case 404, 405:
      "check the model's name and the base URL, \(request.wire.dialect.baseURLAdvice)"
    case 408, 504: "it took too long; run it again, or with a shorter prompt"
    case 413: "the prompt is too long for this server; shorten it or let in fewer passages"
    case 429: "the limit of requests or the quota is used up; wait a little and run it again"
    case 500, 501: "the fault is the server's; run it again, and look at its log if it is yours"
    case 502, 503, 529:
      "it is overloaded or still loading the model; wait a little and run it again"
    case 505...: "the fault is the server's; run it again later"
    default: "check the model's name and the parameters"
    }
  }
}

extension String {
  /// Whether it holds any of some lowercase words, in letters of either case.
  fileprivate func mentions(anyOf words: [String]) -> Bool {
    let text = lowercased()
    return words.contains(where: text.contains)
  }
}
