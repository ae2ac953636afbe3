// The words in which a server explains an error. They are hostile text: made short, kept on one
// line, and quoted.

import Core

struct ServerMessage {
  let text: String
  /// The server's short names for the error, such as `insufficient_quota`.
  private(set) var codes: [String] = []
  /// The parameter that the error is about, where it has a member for it: `reasoning.effort`.
  private(set) var parameter: String?

  /// Unicode scalars at most.
  private static let maximumLength = 300

  /// The message of an error response's body; nil when it has no words.
  init?(body: [UInt8]) {
    if let json = try? JSON(parsing: body) {
      self.init(json: json)
    } else {
      let page = String(decoding: body, as: UTF8.self)
      self.init(words: Self.title(of: page) ?? page)
    }
  }

  /// The message of a JSON error, of any of the forms that servers use; nil when it is none.
  init?(json: JSON) {
    // [{"error":…}] (Gemini), {"error":{"message":…}}, {"error":"…"}, {"message":…},
    // {"detail":"…"} and {"detail":[{"msg":…}]} (FastAPI).
    let json = json[0] ?? json
    let candidates = [
      json["error"]?["message"], json["error"], json["message"], json["detail"],
      json["detail"]?[0]?["msg"],
    ]
    if let words = candidates.lazy.compactMap({ $0?.string }).first {
      self.init(words: words)
    } else if let error = json["error"], !error.isNull {
      self.init(words: error.text)
    } else {
      return nil
    }
    let error = json["error"]
    codes = [error?["code"], error?["type"], json["code"], json["type"]].compactMap(\.?.string)
    parameter =
      (error?["param"] ?? json["param"])?.string
      ?? json["detail"]?[0]?["loc"]?.array?.last?.string
  }

  /// The words of an error that stands in a stream; nil for what is no error.
  static func ofError(_ json: JSON) -> String? {
    let isError =
      json["error"].map { !$0.isNull }
      ?? ((json["object"] ?? json["type"])?.string == "error")
    guard isError else { return nil }
    return ServerMessage(json: json)?.text ?? "it did not say which"
  }

  private init?(words: String) {
    // Counted in scalars: one character may have any number of marks.
    let scalars = words.unicodeScalars.prefix(Self.maximumLength)
    let isTooLong = scalars.endIndex < words.unicodeScalars.endIndex
    let line = scalars.map {
      [.control, .format].contains($0.properties.generalCategory) ? " " : Character($0)
    }
    let words = String(line).split(separator: " ").joined(separator: " ")
    if words.isEmpty { return nil }
    text = isTooLong ? words + "…" : words
  }

  /// A page says what it is in its title; the rest is layout.
  private static func title(of page: String) -> String? {
    guard page.first(where: { !$0.isWhitespace }) == "<" else { return nil }
    guard let start = page.firstRange(of: "<title>")?.upperBound,
      let end = page[start...].firstRange(of: "</title>")?.lowerBound
    else { return "a web page" }
    return String(page[start..<end])
  }
}
