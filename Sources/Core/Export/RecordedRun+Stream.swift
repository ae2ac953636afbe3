// A recorded run with less in it than was recorded, and a stream that tells no more than the rest.

extension RecordedRun {
  /// The run without the texts of its passages, wherever it was given them; what its answer quotes
  /// stays.
  var withoutDocuments: RecordedRun {
    let passages = run.request.passages
    guard !passages.isEmpty else { return self }
    var result = self
    for index in passages.indices {
      result.run.request.passages[index].text = ""
      result.run.request.passages[index].matches = []
    }
    let documents = DocumentTexts(passages)
    for index in result.run.request.messages.indices {
      result.run.request.messages[index].parts = run.request.messages[index].parts.map { part in
        if case .text(let text) = part { .text(documents.removed(from: text)) } else { part }
      }
    }
    for index in events.indices {
      guard case .request(var request) = events[index].event else { continue }
      request.body = ""
      result.events[index].event = .request(request)
    }
    // A server that refuses a request may send it back.
    let isRefused = events.contains {
      if case .head(let status, _) = $0.event { status >= 400 } else { false }
    }
    guard isRefused || answer.error != nil else { return result }
    var json = answer.json
    json["error"] = JSON(answer.error.map(documents.removed))
    result.answer = Answer(json: .object(json)) ?? answer
    result.rebuildStream()
    return result
  }

  /// Makes the stream anew, of the answer: what a built-in model's looks like, its pieces at the times
  /// at which the stream's came.
  mutating func rebuildStream() {
    let given = run.request.givenBeginning
    if !answer.text.utf8.starts(with: given.utf8) {
      // What was taken out began in what the model was given.
      run.request.messages.removeLast()
    }
    let isGiven = !run.request.givenBeginning.isEmpty
    guard answer.isFinished else {
      events = []
      return
    }
    var stream = ImportedAnswer(
      id: run.id, origin: RunOrigin(program: "whet"), model: run.request.model)
    stream.text =
      isGiven
      ? String(decoding: answer.text.utf8.dropFirst(given.utf8.count), as: UTF8.self)
      : answer.text
    stream.thinking = answer.thinking
    stream.refusal = answer.refusal
    stream.toolCalls = answer.toolCalls
    stream.finishReason = answer.finishReason ?? .interrupted
    stream.error = answer.error
    stream.usage = answer.usage.isEstimated ? nil : answer.usage
    stream.duration = answer.timing.total
    let start = answer.timing.firstText ?? 0
    let times = events.compactMap { timed in
      if case .body = timed.event, start...max(start, answer.timing.total) ~= timed.time {
        timed.time
      } else {
        nil
      }
    }
    events = ImportedStream(stream, textTimes: times).events
  }
}

/// The texts of passages, to be found in what they were put into.
private struct DocumentTexts {
  /// What is looked for, and what takes its place.
  private var texts: [(text: String, place: String)] = []

  /// Lines of a passage that are shorter stand in many texts.
  private static let shortestLine = 12

  init(_ passages: [Passage]) {
    for (place, passage) in passages.enumerated() where !passage.text.isEmpty {
      let mark = "[\(place + 1): the text is left out]"
      // As it is, and as a template writes it into JSON.
      for text in [passage.text, String(JSON.string(passage.text).text.dropFirst().dropLast())] {
        texts.append((text, mark))
      }
    }
    for passage in passages {
      for line in passage.text.split(whereSeparator: \.isNewline) {
        let words = line.drop { $0.isWhitespace }
        if words.utf8.count >= Self.shortestLine { texts.append((String(words), "[…]")) }
      }
    }
  }

  func removed(from text: String) -> String {
    texts.reduce(text) { $0.replacing($1.text, with: $1.place) }
  }
}
