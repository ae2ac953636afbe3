// Runs and their raw streams as JSON: the form in which they are stored and shared
// (docs/session-format.md). No key is ever part of it, since none is part of a run.

extension TimedWireEvent {
  /// One line of a recorded stream; bytes that are not valid UTF-8 go as Base64.
  public var json: JSON {
    var object: JSON.Object = ["at_ms": .number(time)]
    switch event {
    case .request(let request): object["request"] = request.json
    case .retry(let retry): object["retry"] = retry.json
    case .head(let status, let contentType):
      object["head"] = ["status": .integer(status), "content_type": .string(contentType)]
    case .body(let bytes):
      if let text = String(validating: bytes, as: UTF8.self) {
        object["body"] = .string(text)
      } else {
        object["body_base64"] = .string(Base64.encode(bytes))
      }
    case .end(.complete): object["end"] = "complete"
    case .end(.cancelled): object["end"] = "cancelled"
    case .end(.failed(let message)):
      object["end"] = "failed"
      object["error"] = .string(message)
    }
    return .object(object)
  }

  /// The event that such an object holds; nil when it isn't one.
  public init?(json: JSON) {
    guard let time = json["at_ms"]?.double else { return nil }
    if let head = json["head"] {
      guard let status = head["status"]?.integer else { return nil }
      self.init(
        time: time,
        event: .head(status: status, contentType: head["content_type"]?.string ?? ""))
    } else if let request = json["request"] {
      guard let request = SentRequest(json: request) else { return nil }
      self.init(time: time, event: .request(request))
    } else if let retry = json["retry"] {
      guard let retry = Retry(json: retry) else { return nil }
      self.init(time: time, event: .retry(retry))
    } else if let text = json["body"]?.string {
      self.init(time: time, event: .body(Array(text.utf8)))
    } else if let text = json["body_base64"]?.string {
      guard let bytes = Base64.decode(text) else { return nil }
      self.init(time: time, event: .body(bytes))
    } else {
      switch json["end"]?.string {
      case "complete": self.init(time: time, event: .end(.complete))
      case "cancelled": self.init(time: time, event: .end(.cancelled))
      case "failed":
        self.init(time: time, event: .end(.failed(json["error"]?.string ?? "unknown")))
      default: return nil
      }
    }
  }
}

extension CompletionRequest {
  /// The request with its model by name, its messages, parameters, question and passages.
  public var json: JSON {
    [
      "model": .string(model.description), "messages": .array(messages.map(\.json)),
      "parameters": .object(parameters.json), "question": .string(question),
      "passages": .array(passages.map(\.json)),
    ]
  }

  /// The request that such an object holds; nil when it isn't one, or when one of its messages or
  /// passages isn't: a request with a piece left out would be another one.
  public init?(json: JSON) {
    guard let model = json["model"]?.string.flatMap(ModelReference.init),
      let messageItems = json["messages"]?.array
    else { return nil }
    let passageItems = json["passages"]?.array ?? []
    let messages = messageItems.compactMap(Message.init)
    let passages = passageItems.compactMap(Passage.init)
    guard messages.count == messageItems.count, passages.count == passageItems.count else {
      return nil
    }
    self.init(
      model: model, messages: messages,
      parameters: Parameters(json: json["parameters"] ?? .null),
      question: json["question"]?.string ?? "", passages: passages)
  }
}

extension Run {
  /// The run without its stream and its answer, which are kept beside it.
  public var json: JSON {
    var object: JSON.Object = [
      "id": .string(id), "session": .string(session), "parent": JSON(parent),
      "batch": .string(batch),
      "started_at": .number(startedAt), "column": .integer(column),
      "prompt_text": .string(promptText), "prompt_path": JSON(promptPath),
      "inputs": JSON(strings: inputs), "request": request.json,
    ]
    if let step { object["step"] = .integer(step) }
    if let variant { object["variant"] = variant.json }
    if let repetition { object["repetition"] = .integer(repetition) }
    if let price { object["price"] = price.json }
    if let origin { object["origin"] = origin.json }
    return .object(object)
  }

  /// The run that such an object holds; nil when it isn't one, or when its request isn't.
  public init?(json: JSON) {
    guard let id = json["id"]?.string, let session = json["session"]?.string,
      let startedAt = json["started_at"]?.double,
      let request = json["request"].flatMap(CompletionRequest.init),
      let inputs = (json["inputs"] ?? [:]).strings
    else { return nil }
    self.init(
      id: id, session: session, parent: json["parent"]?.string,
      batch: json["batch"]?.string, startedAt: startedAt,
      column: json["column"]?.integer ?? 0, promptText: json["prompt_text"]?.string ?? "",
      promptPath: json["prompt_path"]?.string, inputs: inputs, request: request,
      step: json["step"]?.integer.flatMap { Self.steps.contains($0) ? $0 : nil },
      variant: json["variant"].flatMap(Variant.init),
      repetition: json["repetition"]?.integer.flatMap {
        Variant.repeatCounts.contains($0) ? $0 : nil
      },
      price: json["price"].flatMap(Price.init),
      origin: json["origin"].flatMap(RunOrigin.init))
  }

  /// What a number of a step can be; files are written by anyone.
  private static let steps = 1...1_000_000
}

extension JSON {
  /// An object of strings, sorted by name, so that it is written the same each time.
  init(strings: [String: String]) {
    self = .object(
      Object(
        strings.sorted { $0.key < $1.key }.map {
          Object.Member(name: $0.key, value: .string($0.value))
        }))
  }

  /// The members of an object of strings; nil when it isn't one.
  var strings: [String: String]? {
    guard let members = object?.members else { return nil }
    var strings: [String: String] = [:]
    for member in members {
      guard let string = member.value.string else { return nil }
      strings[member.name] = string
    }
    return strings
  }
}
