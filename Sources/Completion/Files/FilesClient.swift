// The files that a server keeps for its batches and its training.

import Core

/// Uploads, finds and fetches files of a server that speaks OpenAI's files API.
public struct FilesClient: Sendable {
  let provider: Provider
  let credentials: Credentials
  let network: NetworkSettings

  /// Of a response that is one JSON text.
  private static let maximumBytes = 1 << 20
  /// - Parameter credentials: the server's secrets; they are sent, and stored nowhere.
  public init(
    _ provider: Provider, credentials: Credentials = Credentials(),
    network: NetworkSettings = .ofThisProcess
  ) {
    self.provider = provider
    self.credentials = credentials
    self.network = network
  }

  /// Sends a file once, from the disk, and gives the server's identifier of it.
  ///
  /// Throws `UnknownOutcome` where it may have arrived: `find` it before sending it again.
  /// Throws `CompletionError` where the server has refused it, and `CancellationError`.
  ///
  /// - Parameters:
  ///   - fileName: an identifier, as `BatchState.isIdentifier` has it.
  ///   - purpose: `batch` or `fine-tune`.
  ///   - onSent: is told the bytes sent, and all.
  public func upload(
    _ path: String, fileName: String, purpose: String,
    onSent: (Int, Int) -> Void = { _, _ in }, isCancelled: @escaping () -> Bool
  ) throws -> String {
    guard BatchState.isIdentifier(fileName), BatchState.isIdentifier(purpose) else {
      throw CompletionError("A file's name on the server may hold letters, digits, '-' and '.'.")
    }
    let body = try UploadBody(
      path: path, fileName: fileName, fields: [("purpose", purpose)])
    var answer: [UInt8] = []
    do {
      try exchange(isCancelled).run("POST", "/files", upload: body, onSent: onSent) {
        if answer.count < Self.maximumBytes { answer += $0 }
      }
    } catch let failure as ServerExchange.Failure {
      throw failure.asSent(missing: BatchClient.noBatches(provider.name))
    }
    guard let id = (try? JSON(parsing: answer))?["id"]?.string, BatchState.isIdentifier(id) else {
      throw UnknownOutcome(sentence: "\(provider.name) took the file and named no identifier.")
    }
    return id
  }

  /// The identifier of the file of that name; nil when the server has none.
  public func find(
    fileName: String, purpose: String, isCancelled: @escaping () -> Bool
  ) throws -> String? {
    try ServerList.of(
      "/files", provider, credentials, network, missing: BatchClient.noBatches(provider.name),
      isCancelled
    ).first(query: ["purpose": purpose]) { $0["filename"]?.string == fileName }
  }

  /// Hands on the bytes of a file as they come; a fetch that was cut begins anew, with `restart`.
  public func content(
    of id: String, isCancelled: @escaping () -> Bool, restart: () -> Void,
    each: ([UInt8]) throws -> Void
  ) throws {
    guard BatchState.isIdentifier(id) else { throw CompletionError("That is no file: \(id).") }
    let policy = RetryPolicy(attemptLimit: provider.attemptLimit)
    var attempt = 1
    var waited = 0.0
    while true {
      do {
        return try exchange(isCancelled).run("GET", "/files/\(id)/content", receive: each)
      } catch let failure as ServerExchange.Failure {
        switch policy.decision(
          after: failure.kind, attempt: attempt, waited: waited, jitter: .random(in: 0...1))
        {
        case .giveUp(let note):
          throw CompletionError([failure.sentence, note].joinedSentences ?? failure.sentence)
        case .retry(let delay):
          try BatchRunner.wait(delay, isCancelled)
          waited += delay
          attempt += 1
          restart()
        }
      }
    }
  }

  private func exchange(_ isCancelled: @escaping () -> Bool) -> ServerExchange {
    ServerExchange(
      provider: provider, credentials: credentials, network: network, isCancelled: isCancelled)
  }
}

extension ServerExchange.Failure {
  /// What it says of something that must not be sent twice.
  ///
  /// - Parameter missing: what to say where the server knows no such path.
  func asSent(missing: String) -> any Error {
    if isRefusal {
      if status == 429, case .response(_, false, let delay) = kind {
        return TooEarly(delay: delay, sentence: sentence)
      }
      return CompletionError(status == 404 ? missing : sentence)
    }
    return mayHaveArrived || kind == .connectionLost
      ? UnknownOutcome(sentence: sentence) : CompletionError(sentence)
  }
}

extension ServerList {
  /// The list at a path; each page is tried as often as the provider has it.
  static func of(
    _ path: String, _ provider: Provider, _ credentials: Credentials, _ network: NetworkSettings,
    missing: String, _ isCancelled: @escaping () -> Bool
  ) -> ServerList {
    ServerList { query in
      var provider = provider
      provider.query.merge(query) { $1 }
      let exchange = try JSONExchange(
        path, by: "GET", of: provider, credentials: credentials, network: network,
        isCancelled: isCancelled)
      switch try exchange.outcome(of: nil) {
      case .answer(let json): return json
      case .refused(let refusal):
        throw CompletionError(refusal.error?.status == 404 ? missing : refusal.sentence)
      }
    }
  }
}

/// Something was sent, and nobody knows what came of it.
public struct UnknownOutcome: Error, CustomStringConvertible {
  let sentence: String
  public var description: String { sentence }
}

/// The server took nothing, and wants to be asked later.
public struct TooEarly: Error, CustomStringConvertible {
  /// In milliseconds; nil when the server doesn't say.
  let delay: Double?
  let sentence: String
  public var description: String { sentence }
}
