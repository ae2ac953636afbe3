// The models that need no server, so that the whole of the program can be tried, and tested, without
// one. What they say is written as a server would send it, and read by the same decoder.

import Core

enum BuiltinModel {
  /// The response to a request, with times at the model's own pace.
  ///
  /// Throws a `CompletionError` when there is no built-in model of that name.
  static func answer(to request: CompletionRequest) throws(CompletionError) -> [TimedWireEvent] {
    switch request.model {
    case .extractive:
      let answer = ExtractiveAnswer(question: question(of: request), passages: request.passages)
      return response(
        rest(of: answer.text, after: request.givenBeginning), millisecondsPerWord: 12)
    case .echo: return response(echo(request.messages), millisecondsPerWord: 4)
    default:
      throw CompletionError(
        "There is no built-in model named \"\(request.model.model)\": "
          + "there are \(ModelReference.extractive) and \(ModelReference.echo).")
    }
  }

  /// The lines of a text that the beginning of an answer doesn't hold.
  private static func rest(of text: String, after beginning: String) -> String {
    guard !beginning.isEmpty else { return text }
    let lines = text.split(separator: "\n").filter { !beginning.contains($0) }
    let gap = lines.isEmpty || beginning.last?.isNewline == true ? "" : "\n"
    return gap + lines.joined(separator: "\n")
  }

  private static func question(of request: CompletionRequest) -> String {
    request.question.isEmpty
      ? request.messages.last { $0.role == .user }?.text ?? "" : request.question
  }

  /// The messages as they were sent: the text alone of a single one, else each under its role.
  private static func echo(_ messages: [Message]) -> String {
    if messages.count == 1 { return messages[0].text }
    return messages.map { "[\($0.role.rawValue)]\n\($0.text)" }.joined(separator: "\n\n")
  }

  /// Longer texts come several words at a time, so that none takes forever.
  private static let mostChunks = 500

  private static func response(
    _ text: String, millisecondsPerWord pace: Double
  ) -> [TimedWireEvent] {
    let words = words(of: text)
    let wordsPerChunk = max(1, (words.count + mostChunks - 1) / mostChunks)
    var events = [
      TimedWireEvent(time: 0, event: .head(status: 200, contentType: "text/event-stream"))
    ]
    func send(_ data: String) {
      let time = Double(events.count) * pace
      events.append(TimedWireEvent(time: time, event: .body(Array("data: \(data)\n\n".utf8))))
    }
    for start in stride(from: 0, to: words.count, by: wordsPerChunk) {
      let words = words[start..<min(start + wordsPerChunk, words.count)].joined()
      send(chunk(delta: ["content": .string(words)], finishReason: nil))
    }
    send(chunk(delta: [:], finishReason: "stop"))
    send("[DONE]")
    events.append(TimedWireEvent(time: events.last?.time ?? 0, event: .end(.complete)))
    return events
  }

  private static func chunk(delta: JSON, finishReason: String?) -> String {
    let choice: JSON = ["index": 0, "delta": delta, "finish_reason": JSON(finishReason)]
    return JSON.object(["object": "chat.completion.chunk", "choices": [choice]]).text
  }

  /// The text in pieces that each end with the white space after a word; together they are the text.
  private static func words(of text: String) -> [Substring] {
    var words: [Substring] = []
    var start = text.startIndex
    while start < text.endIndex {
      let wordEnd = text[start...].firstIndex(where: \.isWhitespace) ?? text.endIndex
      let end = text[wordEnd...].firstIndex { !$0.isWhitespace } ?? text.endIndex
      words.append(text[start..<end])
      start = end
    }
    return words
  }
}
