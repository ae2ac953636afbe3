// An answer that a model goes on from in place of writing it from its start: the request's last
// message is what it has so far.

extension CompletionRequest {
  /// The beginning of the answer that the model is to go on from; empty for most requests.
  ///
  /// An assistant's message that a prompt ends with is part of the prompt, and no beginning.
  public var givenBeginning: String {
    guard let last = messages.last, last.isGivenBeginning else { return "" }
    return last.text
  }

  /// The request for going on from a beginning of its answer, in place of another if it had one.
  public func continuing(_ beginning: String) -> CompletionRequest {
    var request = self
    if request.messages.last?.isGivenBeginning == true { request.messages.removeLast() }
    request.messages.append(
      Message(
        role: .assistant, parts: [.text(beginning)],
        metadata: ["purpose": .string(Message.beginningPurpose)]))
    return request
  }
}

extension Message {
  fileprivate static let beginningPurpose = "beginning"

  fileprivate var isGivenBeginning: Bool {
    role == .assistant && metadata["purpose"]?.string == Self.beginningPurpose
  }
}
