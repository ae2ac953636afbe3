// From what came over the wire to what it says. It is a value without clock or input of its own, so
// that a live stream, a replay and a test run through the same code.

import Core

/// Decodes the wire events of one run.
///
/// The last event that it gives ends the answer (`StreamEvent.endsAnswer`), and there is exactly
/// one such event once a `WireEvent.end` has been decoded. Pieces of one kind that arrive together
/// come as one.
public struct StreamDecoder: Sendable {
  /// Whether the answer has ended; whatever still comes says nothing.
  public private(set) var isFinished = false

  private let key: KeyUse
  private let given: String
  private var beginning: GivenBeginning
  private var framing = Framing.unknown
  private var parser = EventStreamParser()
  private var lines = LineParser()
  /// The body so far, when it is no stream.
  private var document: [UInt8] = []
  /// The last one; a stream without one, as a built-in model's, is chat completions.
  private var request = SentRequest(wire: .chatCompletions, url: "")
  private var dialect: any Dialect = ChatCompletions()

  /// How the body is to be read; its first bytes tell more truly than its content type does.
  private enum Framing {
    case unknown
    case eventStream
    /// A JSON text a line.
    case lines
    /// One JSON document, or a page, though a stream was asked for.
    case document
    /// A status says that there is no answer, and the body, perhaps, why.
    case errorResponse(status: Int)
  }

  /// - Parameters:
  ///   - key: what became of the provider's key, for the sentence of an error response.
  ///   - given: the beginning of the answer that the model goes on from; it is no part of the events.
  public init(key: KeyUse = .unnamed, given: String = "") {
    self.key = key
    self.given = given
    beginning = GivenBeginning(given)
  }

  /// What the next wire event says; nothing after the end of the answer.
  public mutating func decode(_ event: WireEvent) -> [StreamEvent] {
    var events: [StreamEvent] = []
    guard !isFinished else { return events }
    switch event {
    case .request(let request):
      self.request = request
      startAnew()
    case .retry(let retry):
      startAnew()
      events.append(.retry(retry))
    case .head(let status, _):
      if !(200..<300).contains(status) { framing = .errorResponse(status: status) }
    case .body(let bytes): decode(bytes, into: &events)
    case .end(let ending): decode(ending, into: &events)
    }
    beginning.takeOut(of: &events)
    isFinished = events.endAnswer
    return events
  }

  /// What a try that failed has brought is no part of the answer.
  private mutating func startAnew() {
    framing = .unknown
    parser = EventStreamParser()
    lines = LineParser()
    document = []
    beginning = GivenBeginning(given)
    dialect = request.wire.dialect.init()
  }

  private mutating func decode(_ bytes: [UInt8], into events: inout [StreamEvent]) {
    var bytes = bytes
    if case .unknown = framing {
      guard let start = bytes.firstIndex(where: { !Self.isBlank($0) }) else { return }
      // Blanks before it are no part of it, whether they come in the same read or not.
      bytes.removeFirst(start)
      let first = bytes[0]
      if first == UInt8(ascii: "{"), type(of: dialect).streamsLines {
        framing = .lines
      } else {
        framing = Self.documentStarts.contains(first) ? .document : .eventStream
      }
    }
    switch framing {
    case .unknown: break
    case .eventStream, .lines:
      var parsed: [ServerSentEvent] = []
      var oversize: OversizedEventError?
      do throws(OversizedEventError) {
        if case .lines = framing {
          try lines.parse(bytes, into: &parsed)
        } else {
          try parser.parse(bytes, into: &parsed)
        }
      } catch {
        oversize = error
      }
      decode(parsed, into: &events)
      if let oversize { fail(oversize.description, into: &events) }
    case .document:
      document += bytes
      if document.count > EventStreamParser.maximumEventBytes {
        fail(OversizedEventError().description, into: &events)
      }
    case .errorResponse:
      document += bytes.prefix(ErrorResponse.maximumBodyBytes - document.count)
    }
  }

  /// No line of an event stream starts with these.
  private static let documentStarts = [UInt8(ascii: "{"), UInt8(ascii: "["), UInt8(ascii: "<")]

  private static func isBlank(_ byte: UInt8) -> Bool {
    byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D
  }

  private mutating func decode(_ parsed: [ServerSentEvent], into events: inout [StreamEvent]) {
    for event in parsed {
      dialect.decode(event, into: &events)
      if events.endAnswer { return }
    }
  }

  private mutating func fail(_ sentence: String, into events: inout [StreamEvent]) {
    if events.endAnswer { return }
    dialect.flush(into: &events)
    events.append(.failure(sentence))
  }

  private mutating func decode(_ ending: WireEvent.Ending, into events: inout [StreamEvent]) {
    switch framing {
    case .unknown: break
    case .eventStream, .lines:
      var parsed: [ServerSentEvent] = []
      parser.finish(into: &parsed)
      lines.finish(into: &parsed)
      decode(parsed, into: &events)
    case .document:
      if !dialect.decode(document: document, into: &events), ending == .complete {
        fail(
          "The server answered with \(Self.kind(of: document)) that is no completion: "
            + "check the base URL, \(type(of: dialect).baseURLAdvice).", into: &events)
      }
    case .errorResponse(let status):
      let response = ErrorResponse(status: status, body: document, to: request)
      let sentence = response.sentence(key: key)
      switch ending {
      case .complete: fail(sentence, into: &events)
      case .failed(let note): fail("\(sentence) \(note)", into: &events)
      case .cancelled: break
      }
    }
    if events.endAnswer { return }
    dialect.flush(into: &events)
    switch ending {
    case .cancelled: events.append(.finish(.cancelled))
    case .complete:
      events.append(
        dialect.finishReason.map(StreamEvent.finish)
          ?? .truncation("The server ended the stream before the answer was finished."))
    case .failed(let sentence):
      if let reason = dialect.finishReason {
        events.append(.finish(reason))
      } else {
        events.append(dialect.hasOutput ? .truncation(sentence) : .failure(sentence))
      }
    }
  }

  private static func kind(of document: [UInt8]) -> String {
    document.first { !isBlank($0) } == UInt8(ascii: "<") ? "a web page" : "JSON"
  }
}
