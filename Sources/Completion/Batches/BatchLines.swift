import Core

// The lines of a batch (https://platform.openai.com/docs/guides/batch): requests as the client would
// send them, but in a file, and the answers that come back in another one, in any order.

/// A request of a batch, with the name that its answer comes back under.
public struct BatchRequest: Hashable, Sendable {
  public var id: String
  public var request: CompletionRequest

  public init(id: String, request: CompletionRequest) {
    self.id = id
    self.request = request
  }

  /// A line of the file that is sent: what the client would send, without what asks for a stream.
  ///
  /// Throws `CompletionError` where the provider takes no batches, or can't be sent the request.
  public func line(
    to provider: Provider, profile: ModelProfile, credentials: Credentials
  ) throws(CompletionError) -> String {
    guard provider.wire == .chatCompletions else {
      throw CompletionError(
        "\(provider.name) is not asked by OpenAI's chat completions, so it takes no batches of "
          + "them: leave out --batch.")
    }
    let sent = try ProviderRequest(
      request, to: provider, profile: profile, credentials: credentials
    ).sent(asksForUsage: false)
    guard var body = (try? JSON(parsing: sent.body))?.object else {
      throw CompletionError("The request to \(request.model) can't be put into a batch.")
    }
    for name in ["stream", "stream_options"] { body[name] = nil }
    let line: JSON = [
      "custom_id": .string(id), "method": "POST", "url": "/v1/chat/completions",
      "body": .object(body),
    ]
    return line.text
  }
}

/// What came back of a request of a batch.
public struct BatchResult: Hashable, Sendable {
  public var id: String
  /// An answer that failed says why.
  public var answer: Answer

  /// The result that a line of an output or error file holds; nil for what names no request.
  ///
  /// - Parameter given: the beginning that the answer was to go on from.
  public init?(line: some Sequence<UInt8>, given: String = "") {
    guard let json = try? JSON(parsing: Array(line)), let id = json["custom_id"]?.string else {
      return nil
    }
    self.id = id
    answer = Answer()
    guard let response = json["response"], let body = response["body"], !body.isNull else {
      let reason = json["error"]?["message"]?.string ?? "the batch gives no answer to it"
      answer.end(.error, error: "The batch: \(reason).", at: 0)
      return
    }
    var decoder = StreamDecoder(given: given)
    let status = response["status_code"]?.integer ?? 200
    let wire: [WireEvent] = [
      .head(status: status, contentType: "application/json"), .body(Array(body.text.utf8)),
      .end(.complete),
    ]
    for event in wire.flatMap({ decoder.decode($0) }) { answer.apply(event, at: 0) }
    answer.end(.error, error: "The batch gives no answer to it.", at: 0)
  }
}
