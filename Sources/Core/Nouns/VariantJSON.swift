// Variants as JSON: the form in which drafts, runs and sets of columns keep them
// (docs/session-format.md). What it reads may have been written by anyone.

extension Variant {
  public var json: JSON {
    [
      "name": .string(name), "model": .string(model.description), "version": JSON(version),
      "parameters": .object(parameters.json), "context": context.json,
      "repeat": .integer(repeatCount),
    ]
  }

  /// The variant that such an object holds; nil when it names no model, or passages that can't be
  /// read: without them it would be another one.
  public init?(json: JSON) {
    guard let model = json["model"]?.string.flatMap(ModelReference.init) else { return nil }
    self.init(
      model, version: json["version"]?.string,
      parameters: Parameters(json: json["parameters"] ?? .null))
    name = json["name"]?.string ?? ""
    let count = json["repeat"]?.integer ?? 1
    repeatCount = min(max(count, Self.repeatCounts.lowerBound), Self.repeatCounts.upperBound)
    if let context = json["context"] {
      guard let context = Context(json: context) else { return nil }
      self.context = context
    }
  }
}

extension Variant.Context {
  fileprivate var json: JSON {
    switch self {
    case .shared: "shared"
    case .none: "none"
    case .settings(let settings, let index):
      ["index": .string(index), "retrieval": settings.json]
    case .without(let origin): ["without": origin.json]
    }
  }

  fileprivate init?(json: JSON) {
    if let index = json["index"]?.string, let settings = json["retrieval"]?.array {
      self = .settings(RetrievalSettings(named: settings), index: index)
    } else if let origin = json["without"].flatMap(PassageOrigin.init) {
      self = .without(origin)
    } else {
      switch json.string {
      case "shared": self = .shared
      case "none": self = .none
      default: return nil
      }
    }
  }
}

extension PassageOrigin {
  fileprivate var json: JSON {
    [
      "source": .string(source), "row": JSON(row), "start": .integer(bytes.lowerBound),
      "end": .integer(bytes.upperBound),
    ]
  }

  fileprivate init?(json: JSON) {
    guard let source = json["source"]?.string, let start = json["start"]?.integer,
      let end = json["end"]?.integer, 0 <= start, start <= end
    else { return nil }
    self.init(source: source, row: json["row"]?.string, bytes: start..<end)
  }
}
