// All that the doctor can tell. Each symptom belongs to a row of docs/streams.md; a row may have
// several.

enum Symptom: Hashable {
  case comment
  case lineEndsInCRLF, lineEndsInCR, splitLineEnd
  case noSpaceAfterColon, severalDataLines
  case splitEvent, noBlankLineAtEnd, noLineEndAtEnd
  case splitCharacter, invalidUTF8
  case usageWithoutChoices, usageElsewhere, noUsage
  case repeatedUsage
  case streamOptionsRefused, streamOptionsLeftOut
  case filterResults, choiceWithoutDelta, emptyChoices
  case errorInStream
  case cutOff, cutEvent, nothingCame
  case noEndMark, wholeMessage
  case repeatedText
  case lengthLimit, contentFilter, brokenOff, emptyFinishReason, noFinishReason
  case thinking, thinkingTwice
  case refusal, emptyDelta
  case toolCalls, toolIndexMissing, toolIndexReused, toolNameRepeated, emptyArguments
  case argumentsAsObject
  case unknownFields, unknownEvents, unknownStreamFields
  case timings, promptProgress
  case wholeDocument, webPage, contentType, gluedDone, gluedEvents, notJSON, strayLine
  case oversizedEvent
  case parameterRefused
  case ollamaLines, windowReached, windowIgnored
  case messagesEvents
  case responsesEvents
  case errorStatus, retry

  /// The row of docs/streams.md.
  var row: Int {
    switch self {
    case .comment: 1
    case .lineEndsInCRLF, .lineEndsInCR, .splitLineEnd: 2
    case .noSpaceAfterColon, .severalDataLines: 3
    case .splitEvent, .noBlankLineAtEnd, .noLineEndAtEnd: 4
    case .splitCharacter, .invalidUTF8: 5
    case .usageWithoutChoices, .usageElsewhere, .noUsage: 6
    case .repeatedUsage: 7
    case .streamOptionsRefused, .streamOptionsLeftOut: 8
    case .filterResults, .choiceWithoutDelta, .emptyChoices: 9
    case .errorInStream: 10
    case .cutOff, .cutEvent, .nothingCame: 11
    case .noEndMark, .wholeMessage: 12
    case .repeatedText: 13
    case .lengthLimit, .contentFilter, .brokenOff, .emptyFinishReason, .noFinishReason: 14
    case .thinking, .thinkingTwice: 15
    case .refusal, .emptyDelta: 16
    case .toolCalls, .toolIndexMissing, .toolIndexReused, .toolNameRepeated, .emptyArguments,
      .argumentsAsObject:
      17
    case .unknownFields, .unknownEvents, .unknownStreamFields: 18
    case .timings, .promptProgress: 19
    case .wholeDocument, .webPage, .contentType, .gluedDone, .gluedEvents, .notJSON, .strayLine,
      .oversizedEvent:
      20
    case .parameterRefused: 21
    case .ollamaLines, .windowReached, .windowIgnored: 22
    case .messagesEvents: 23
    case .responsesEvents: 24
    case .errorStatus, .retry: 25
    }
  }
}
