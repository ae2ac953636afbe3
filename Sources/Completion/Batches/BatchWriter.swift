// Requests as the lines of batch files. It writes nothing to a disk: it gives the lines.

import Core

/// Gives the line of each request, and says which file it belongs to.
public struct BatchWriter: Sendable {
  private let provider: Provider
  private let credentials: Credentials
  private let requestLimit: Int
  private let byteLimit: Int
  private var file = 0
  private var requests = 0
  private var bytes = 0

  /// Throws `CompletionError` where the provider's protocol has no batches.
  ///
  /// - Parameters:
  ///   - requestLimit: for each file; OpenAI takes 50,000.
  ///   - byteLimit: for each file; OpenAI takes 200 MB.
  public init(
    to provider: Provider, credentials: Credentials = Credentials(), requestLimit: Int = 50_000,
    byteLimit: Int = 200_000_000
  ) throws(CompletionError) {
    guard provider.wire == .chatCompletions else {
      throw CompletionError(
        "\(provider.name) does not speak chat completions, so it takes no batches: leave out "
          + "--batch.")
    }
    self.provider = provider
    self.credentials = credentials
    self.requestLimit = max(1, requestLimit)
    self.byteLimit = byteLimit
  }

  /// The line with its line break, and the number of its file, from 0.
  ///
  /// Throws `CompletionError` for a request that can't be written, or is longer than a file may be.
  public mutating func line(
    for request: CompletionRequest, customID: String, profile: ModelProfile = ModelProfile()
  ) throws(CompletionError) -> (file: Int, bytes: [UInt8]) {
    let sent = try ProviderRequest(
      request, to: provider, profile: profile, credentials: credentials
    ).sent(asksForUsage: false)
    guard var body = (try? JSON(parsing: sent.body))?.object else {
      throw CompletionError("The request \(customID) can't be written as JSON.")
    }
    body["stream"] = nil
    body["stream_options"] = nil
    let json: JSON = [
      "custom_id": .string(customID), "method": "POST", "url": .string(BatchClient.endpoint),
      "body": .object(body),
    ]
    let line = Array(json.text.utf8) + [UInt8(ascii: "\n")]
    guard line.count <= byteLimit else {
      throw CompletionError(
        "The request \(customID) is longer than a whole batch file may be: shorten its prompt.")
    }
    if requests == requestLimit || bytes + line.count > byteLimit {
      file += 1
      requests = 0
      bytes = 0
    }
    requests += 1
    bytes += line.count
    return (file, line)
  }
}
