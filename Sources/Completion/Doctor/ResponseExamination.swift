// One try: how its response is framed, and how it ended. The lines of a stream are
// EventStreamForm's, what its events say is ContentExamination's.

import Core

struct ResponseExamination {
  private let request: SentRequest?
  private var status = 200
  /// Nil before the head has come.
  private var contentType: String?
  private var framing = Framing.unknown
  private var form = EventStreamForm()
  private var parser = EventStreamParser()
  private var lines = LineParser()
  private var content: ContentExamination
  /// The body so far, when it is no stream.
  private var document: [UInt8] = []
  /// The last bytes of the read before.
  private var tail: [UInt8] = []

  private enum Framing {
    case unknown, eventStream, lines, document
    /// An event was too large for the rest to be read.
    case refused
  }

  /// - Parameter request: nil for a recording that begins with its response.
  init(to request: SentRequest?, contextWindow: Int?) {
    self.request = request
    content = ContentExamination(of: request, contextWindow: contextWindow)
  }

  private var isError: Bool { !(200..<300).contains(status) }

  mutating func begin(status: Int, contentType: String) {
    self.status = status
    self.contentType = contentType
  }

  mutating func take(_ bytes: [UInt8], _ sightings: inout Sightings) {
    if isError {
      document += bytes.prefix(ErrorResponse.maximumBodyBytes - document.count)
      return
    }
    lookForSplitCharacter(before: bytes, &sightings)
    var bytes = bytes
    if framing == .unknown {
      bytes = Array(bytes.drop { [0x20, 0x09, 0x0A, 0x0D].contains($0) })
      if let first = bytes.first { framing = framing(of: first, &sightings) }
    }
    var events: [ServerSentEvent] = []
    do throws(OversizedEventError) {
      switch framing {
      case .unknown, .refused: return
      case .eventStream:
        form.take(bytes, &sightings)
        try parser.parse(bytes, into: &events)
      case .lines: try lines.parse(bytes, into: &events)
      case .document:
        document += bytes
        if document.count > EventStreamParser.maximumEventBytes { throw OversizedEventError() }
      }
    } catch {
      sightings.note(.oversizedEvent)
      framing = .refused
    }
    for event in events where !content.take(event.data, &sightings) {
      sightings.note(.notJSON, String(decoding: event.data.prefix(80), as: UTF8.self))
    }
  }

  /// What a body is that begins so.
  private func framing(of first: UInt8, _ sightings: inout Sightings) -> Framing {
    switch Unicode.Scalar(first) {
    case "{" where request?.wire == .ollamaChat: return .lines
    case "{", "[", "<": return .document
    default:
      if let contentType, !contentType.lowercased().contains("event-stream") {
        sightings.note(.contentType, contentType.isEmpty ? "nothing" : contentType)
      }
      return .eventStream
    }
  }

  /// Whether the last character before these bytes goes on in them.
  private mutating func lookForSplitCharacter(
    before bytes: [UInt8], _ sightings: inout Sightings
  ) {
    guard let first = bytes.first else { return }
    let lead = tail.lastIndex { $0 & 0xC0 != 0x80 }
    if let lead, first & 0xC0 == 0x80 {
      let needed = [0xC0: 2, 0xD0: 2, 0xE0: 3, 0xF0: 4][tail[lead] & 0xF0] ?? 1
      if tail.count - lead < needed { sightings.note(.splitCharacter) }
    }
    tail = Array((tail + bytes.suffix(3)).suffix(3))
  }
}

// MARK: - The end of a try

extension ResponseExamination {
  mutating func end(_ ending: WireEvent.Ending, _ sightings: inout Sightings) {
    if ending == .cancelled { return }
    if isError { return lookAtError(isTriedAgain: false, &sightings) }
    switch framing {
    case .unknown: if ending == .complete { sightings.note(.nothingCame) }
    case .refused: break
    case .eventStream, .lines:
      var events: [ServerSentEvent] = []
      if framing == .lines {
        lines.finish(into: &events)
      } else {
        form.end(&sightings)
        parser.finish(into: &events)
      }
      for event in events {
        let isWhole = content.take(event.data, &sightings)
        let isUnclosed = framing == .lines ? Symptom.noLineEndAtEnd : .noBlankLineAtEnd
        sightings.note(isWhole ? isUnclosed : .cutEvent)
      }
      content.end(&sightings)
    case .document: endDocument(&sightings)
    }
  }

  mutating func fail(followedBy retry: Retry, _ sightings: inout Sightings) {
    if isError { lookAtError(isTriedAgain: true, &sightings) }
    if retry.delay > 0 {
      let wait = (retry.delay / 100).rounded() / 10
      let reason = isError ? "HTTP \(status)" : retry.reason.droppingFullStop
      sightings.note(.retry, "\(reason), again after \(wait) s", length: 200)
    }
  }

  private mutating func endDocument(_ sightings: inout Sightings) {
    guard let json = try? JSON(parsing: document) else {
      let isPage = document.first { $0 > 0x20 } == UInt8(ascii: "<")
      return sightings.note(
        isPage ? .webPage : .notJSON, isPage ? nil : String(decoding: document, as: UTF8.self))
    }
    sightings.note(.wholeDocument)
    if String(validating: document, as: UTF8.self) == nil { sightings.note(.invalidUTF8) }
    for item in json.array ?? [json] { content.take(item, &sightings) }
    content.endDocument(&sightings)
  }

  private func lookAtError(isTriedAgain: Bool, _ sightings: inout Sightings) {
    let response = request.map { ErrorResponse(status: status, body: document, to: $0) }
    let words = ServerMessage(body: document).map { "\"\($0.text)\"" }
    if response?.refusesUsage == true {
      sightings.note(isTriedAgain ? .streamOptionsLeftOut : .streamOptionsRefused)
    } else if let name = response?.refusedParameter?.name, let words {
      sightings.note(.parameterRefused, "'\(name)': \(words)", length: 300)
    } else if !isTriedAgain {
      sightings.note(
        .errorStatus, "HTTP \(status) with \(words ?? "no words")", length: 300)
    }
  }
}

extension String {
  fileprivate var droppingFullStop: String { hasSuffix(".") ? String(dropLast()) : self }
}
