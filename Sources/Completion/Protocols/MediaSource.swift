// Where the bytes of a picture are, in the forms that servers take: an address that they fetch it
// from, or the bytes themselves.

import Core

/// A medium of a message, as far as a server can have it.
enum MediaSource: Hashable {
  /// An address on the web.
  case address(String)
  /// The bytes, in Base64 (RFC 4648).
  case bytes(type: String, base64: String)

  /// The source that a URL names. Throws for what a server can't reach, such as a file of this
  /// machine.
  ///
  /// - Parameter contentType: what the prompt says that it is; nil takes the URL's own word.
  init(url: String, contentType: String?) throws(CompletionError) {
    let beginning = url.prefix(8).lowercased()
    if beginning.hasPrefix("http://") || beginning == "https://" {
      self = .address(url)
    } else if beginning.hasPrefix("data:") {
      self = try Self.data(url, contentType: contentType)
    } else {
      throw CompletionError(
        "The medium '\(url.prefix(60))' is a file of this machine or nothing that a server can "
          + "reach: give an https: address, or a data: URL that holds it.")
    }
  }

  /// `data:image/png;base64,…`, or percent-encoded bytes (RFC 2397).
  private static func data(
    _ url: String, contentType: String?
  ) throws(CompletionError) -> MediaSource {
    guard let comma = url.utf8.firstIndex(of: UInt8(ascii: ",")) else {
      throw CompletionError("A data: URL of the prompt has no ',' before its data: correct it.")
    }
    let words = url[..<comma].dropFirst("data:".count).split(separator: ";")
    let type = contentType ?? words.first { $0.contains("/") }.map(String.init) ?? "image/png"
    let data = url[url.utf8.index(after: comma)...]
    if words.last?.lowercased() == "base64" { return .bytes(type: type, base64: String(data)) }
    return .bytes(type: type, base64: Base64.encode(percentDecoded(data.utf8)))
  }

  private static func percentDecoded(_ text: Substring.UTF8View) -> [UInt8] {
    var bytes: [UInt8] = []
    var rest = text[...]
    while let byte = rest.popFirst() {
      let digits = rest.prefix(2)
      if byte == UInt8(ascii: "%"), digits.count == 2,
        let value = UInt8(String(decoding: digits, as: UTF8.self), radix: 16)
      {
        bytes.append(value)
        rest = rest.dropFirst(2)
      } else {
        bytes.append(byte)
      }
    }
    return bytes
  }
}

extension Message {
  /// Whether a server has any use for it: sections alone say nothing to a model.
  var saysAnything: Bool {
    parts.isEmpty
      || parts.contains { if case .section = $0 { false } else { true } }
  }

  /// The content for a server: the text, or a list of parts where there is more than text.
  ///
  /// - Parameters:
  ///   - text: how the server writes a part that is text.
  ///   - media: the same for one that isn't.
  func content(text textPart: (String) -> JSON, media: (MediaSource) -> JSON) -> JSON {
    guard hasMedia else { return .string(text) }
    return .array(
      parts.compactMap { part in
        switch part {
        case .text(let text): textPart(text)
        // What can't be sent was refused before the request was written.
        case .media(let url, let type): (try? MediaSource(url: url, contentType: type)).map(media)
        case .section: nil
        }
      })
  }
}

extension MediaSource {
  /// Whether it is pages to read rather than a picture.
  var isDocument: Bool {
    if case .bytes("application/pdf", _) = self { return true }
    return false
  }

  /// The address, or a `data:` URL with the bytes.
  var url: String {
    switch self {
    case .address(let url): url
    case .bytes(let type, let base64): "data:\(type);base64,\(base64)"
    }
  }
}
