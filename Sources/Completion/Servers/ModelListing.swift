// The question which models a server has.

import Core

/// A `GET /models` under way.
final class ModelListing {
  let id: Int
  private let transfer: Transfer
  private let key: KeyUse
  private var redactor: KeyRedactor
  private var body: [UInt8] = []

  static let path = "/models"
  private static let maximumBytes = 8 << 20

  init(id: Int, transfer: Transfer, key: KeyUse) {
    self.id = id
    self.transfer = transfer
    self.key = key
    redactor = KeyRedactor(transfer.request.credentials)
  }

  /// The models' names in the server's order, or why there are none; nil while it has not ended.
  func result() -> Result<[String], CompletionError>? {
    while transfer.hasReceived {
      let bytes = transfer.take(atMost: Self.maximumBytes)
      if body.count < Self.maximumBytes { body += redactor.redact(bytes) }
    }
    guard let ending = transfer.ending else { return nil }
    if case .failed(let sentence) = ending { return .failure(CompletionError(sentence)) }
    body += redactor.finish()
    guard let status = transfer.head?.status, (200..<300).contains(status) else {
      let response = ErrorResponse(
        status: transfer.head?.status ?? 0, body: body, to: transfer.request.sent)
      return .failure(CompletionError(response.sentence(key: key)))
    }
    guard let models = Self.models(in: body) else {
      let server = transfer.request.endpoint.authority
      return .failure(
        CompletionError(
          "\(server) gives no list of models: check the base URL, which usually ends in /v1."))
    }
    return .success(models)
  }

  /// `{"data":[{"id":…}]}`, or a bare array of such objects, as Together answers.
  static func models(in body: [UInt8]) -> [String]? {
    guard let json = try? JSON(parsing: body), let list = json["data"]?.array ?? json.array else {
      return nil
    }
    return list.compactMap { $0["id"]?.string }.filter { !$0.isEmpty }
  }
}
