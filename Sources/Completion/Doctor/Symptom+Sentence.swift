// What the doctor says, in plain words: what came, and what was made of it.

extension Symptom {
  /// The sentence for a reader.
  func sentence(_ seen: Sighting) -> String {
    func count(_ thing: String) -> String { "\(seen.count) \(thing)\(seen.count == 1 ? "" : "s")" }
    let listed = seen.examples.joined(separator: ", ")
    let quoted = seen.examples.map { $0 == Sighting.more ? $0 : "\"\($0)\"" }
    let inParentheses = quoted.isEmpty ? "" : " (\(quoted.joined(separator: ", ")))"
    return switch self {
    case .comment:
      "\(count("comment line"))\(inParentheses) kept the connection alive and said nothing else."
    case .lineEndsInCRLF: "\(count("line")) ended in CR LF, which means the same as LF."
    case .lineEndsInCR: "\(count("line")) ended in CR alone, which means the same as LF."
    case .splitLineEnd:
      "\(count("time")) CR came at the end of a read and its LF in the next: it is one line end."
    case .noSpaceAfterColon:
      "\(count("data line")) had no space after the colon: none was taken off."
    case .severalDataLines: "\(count("event")) came with data on several lines, which were joined."
    case .splitEvent: "\(count("event")) came in more than one read: the pieces were put together."
    case .noBlankLineAtEnd: "No blank line followed the last event: it was read all the same."
    case .noLineEndAtEnd: "No line end followed the last line: it was read all the same."
    case .splitCharacter:
      "\(count("time")) a character was cut by the end of a read: it was shown once it was whole."
    case .invalidUTF8:
      "\(count("event")) held bytes that are no UTF-8: U+FFFD stands in their place."
    case .usageWithoutChoices: "\(count("chunk")) held usage and no list of choices: it was read."
    case .usageElsewhere:
      "\(count("chunk")) held usage in a place of its own (\(listed)): it was read."
    case .noUsage: "The server counted no tokens: the counts shown are estimates."
    case .repeatedUsage:
      "Usage came in \(count("chunk")), each time for all so far: the last one counts."
    case .streamOptionsRefused:
      "The server refused 'stream_options', by which tokens are counted: ask it without."
    case .streamOptionsLeftOut:
      "The server refused 'stream_options': it was asked again without, and may count no tokens."
    case .filterResults:
      "\(count("chunk")) held results of Azure's content filter: the stream went on."
    case .choiceWithoutDelta: "\(count("choice")) had no delta: the stream went on."
    case .emptyChoices: "\(count("chunk")) had an empty list of choices: the stream went on."
    case .errorInStream:
      "After status 200 the stream broke off with an error\(inParentheses): the text before was kept."
    case .cutOff:
      "The stream ended with no finish reason and without \(listed): the answer is cut off."
    case .cutEvent: "The stream ended in the middle of an event, which was passed over."
    case .nothingCame: "The server said 200 and then nothing: there is no answer."
    case .noEndMark:
      "The server ended without \(listed); the finish reason had come, so the answer is whole."
    case .wholeMessage: "\(count("chunk")) held the whole message as well: it is not shown twice."
    case .repeatedText:
      "\(count("piece")) repeated all that came before: only what was new was added."
    case .lengthLimit: "The answer is cut off at its limit of tokens (\(listed))."
    case .contentFilter: "The server's content filter ended the answer (\(listed))."
    case .brokenOff: "The server broke the answer off (\(listed)): the text before was kept."
    case .emptyFinishReason: "\(count("chunk")) had an empty finish reason, which is none."
    case .noFinishReason: "\(listed) came with no finish reason: the answer counts as finished."
    case .thinking: "Thinking came in \(count("piece")) as \(listed): it is no part of the answer."
    case .thinkingTwice: "\(count("piece")) of thinking came under both names: it was taken once."
    case .refusal: "The model refused in \(count("piece")): a refusal is no part of the answer."
    case .emptyDelta: "\(count("delta")) held no text, but a role, null or \"\": nothing was shown."
    case .toolCalls:
      "Calls of tools\(inParentheses) came in \(count("piece")), put together by index and id."
    case .toolIndexMissing: "\(count("piece")) of tool calls had no index: id and order told."
    case .toolIndexReused: "\(count("tool call")) had the index of another: the id told."
    case .toolNameRepeated:
      "\(count("piece")) of tool calls repeated the call's id: it was taken once."
    case .emptyArguments: "\(count("tool call")) had no arguments, which stands for {}."
    case .argumentsAsObject:
      "\(count("tool call")) had arguments that were an object and no text: they were written out."
    case .unknownFields: "\(count("event")) held members that whet ignores: \(listed)."
    case .unknownEvents: "\(count("event")) had types that whet ignores: \(listed)."
    case .unknownStreamFields: "\(count("line")) had names that event streams lack: \(listed)."
    case .timings: "llama.cpp's timings came \(count("time")): \(listed) is the server's own rate."
    case .promptProgress: "The server told \(count("time")) how much of the prompt it had read."
    case .wholeDocument: "One JSON document came though a stream was asked for: it was read whole."
    case .webPage: "A web page came in place of a stream: check the base URL."
    case .contentType: "An event stream was announced as \(listed): its bytes told what it is."
    case .gluedDone: "[DONE] hung on the event before it: both were read."
    case .gluedEvents: "\(count("event")) came without a blank line between them: each was read."
    case .notJSON: "\(count("event")) held no JSON\(inParentheses): passed over."
    case .strayLine: "\(count("line")) belonged to no event stream\(inParentheses): passed over."
    case .oversizedEvent:
      "An event of more than 8 MB came: it was refused, the text before was kept."
    case .parameterRefused:
      "The server refused a parameter (\(listed)): the model's settings can rename it or leave it out."
    case .ollamaLines: "Ollama's own protocol: \(count("line")) of JSON in place of events."
    case .windowReached:
      "The prompt fills the model's window (\(listed)): what did not fit may have been cut in silence."
    case .windowIgnored:
      "Ollama's /v1 ignores num_ctx, and cuts what does not fit in silence: use its own protocol."
    case .messagesEvents: "Anthropic's Messages: \(count("event")) (\(listed))."
    case .responsesEvents: "OpenAI's Responses: \(count("event")) (\(listed))."
    case .errorStatus: "\(listed) came in place of an answer."
    case .retry:
      "\(seen.count == 1 ? "1 try" : "\(seen.count) tries") failed and another was due: \(seen.examples.joined(separator: "; "))."
    }
  }
}
