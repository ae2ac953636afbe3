// The lines of a batch's output and error files, as answers and failures.

import Core

/// What became of one request of a batch.
public struct BatchResult: Hashable, Sendable {
  public let customID: String
  public let outcome: Result<Answer, CompletionError>

  /// Nil for a line that is no result.
  public init?(line: some Collection<UInt8>) {
    guard let json = try? JSON(parsing: line), let customID = json["custom_id"]?.string,
      customID.utf8.count <= 4096
    else { return nil }
    self.customID = customID
    outcome = Self.outcome(of: json)
  }

  private static func outcome(of json: JSON) -> Result<Answer, CompletionError> {
    if let error = json["error"], !error.isNull {
      let words = error["message"]?.string ?? error["code"]?.string ?? error.string
      return .failure(CompletionError("The batch says \"\((words ?? "error").prefix(1000))\"."))
    }
    guard let response = json["response"], let status = response["status_code"]?.integer,
      let body = response["body"]
    else { return .failure(CompletionError("The batch brought no response to it.")) }
    // As a response that comes over the wire is read.
    var decoder = StreamDecoder()
    var answer = Answer()
    for event in [
      .head(status: status, contentType: "application/json"), .body(Array(body.text.utf8)),
      .end(.complete),
    ] as [WireEvent] {
      for event in decoder.decode(event) { answer.apply(event, at: 0) }
    }
    if let error = answer.error { return .failure(CompletionError(error)) }
    return .success(answer)
  }
}

/// Cuts what arrives into lines, and drops those that are longer than any result.
struct BatchLines {
  /// More than any answer comes to.
  static let maximumBytes = 16 << 20
  private var line: [UInt8] = []
  private var isTooLong = false

  /// - Parameter each: is given every whole line, without its line break.
  mutating func append(_ bytes: [UInt8], each: ([UInt8]) throws -> Void) rethrows {
    var rest = bytes[...]
    while let end = rest.firstIndex(of: UInt8(ascii: "\n")) {
      add(rest[..<end])
      rest = rest[(end + 1)...]
      try finish(each: each)
    }
    add(rest)
  }

  /// The last line may have no break.
  mutating func finish(each: ([UInt8]) throws -> Void) rethrows {
    defer {
      line = []
      isTooLong = false
    }
    if !isTooLong, !line.isEmpty { try each(line) }
  }

  private mutating func add(_ bytes: ArraySlice<UInt8>) {
    isTooLong = isTooLong || line.count + bytes.count > Self.maximumBytes
    if isTooLong { line = [] } else { line += bytes }
  }
}
