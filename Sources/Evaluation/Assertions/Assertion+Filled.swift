import Core

// Values of assertions are templates of the case's inputs: `{{name}}`, `{{customer.city}}` and
// `{{lines[0]}}`, as in promptfoo's Nunjucks. Filters and statements are left as they are, and what is
// filled in is not looked at again: an input that holds braces is no template.

extension Assertion {
  /// The assertion with the inputs of a case in its value, and in those of its members.
  ///
  /// A tag whose input is missing stays as it is. A value that is a tag and nothing else becomes the
  /// input itself where that is a list or an object. A `program` is left alone: what is filled into
  /// a command line would be run, and it is given the inputs anyway.
  public func filled(with inputs: JSON.Object) -> Assertion {
    var assertion = self
    assertion.members = members.map { $0.filled(with: inputs) }
    if AssertionKind(name: type) != .program {
      assertion.value = value.map { $0.filled(with: inputs, depth: 0) }
    }
    return assertion
  }
}

extension JSON {
  fileprivate func filled(with inputs: JSON.Object, depth: Int) -> JSON {
    guard depth < 256 else { return self }
    switch self {
    case .string(let text):
      let pieces = TaggedText(text).pieces
      if pieces.count == 1, case .tag(let path?, _) = pieces[0],
        let value = inputs.value(at: path), value.array != nil || value.object != nil
      {
        return value
      }
      return .string(pieces.map { $0.filled(with: inputs) }.joined())
    case .array(let items): return .array(items.map { $0.filled(with: inputs, depth: depth + 1) })
    case .object(let object):
      return .object(
        Object(
          object.members.map {
            Object.Member(
              name: $0.name, value: $0.value.filled(with: inputs, depth: depth + 1))
          }))
    case .null, .bool, .integer, .number: return self
    }
  }

  /// The tags in its texts that nothing is filled into, whatever the inputs are.
  var unfilledTags: [String] {
    switch self {
    case .string(let text):
      TaggedText(text).pieces.compactMap {
        if case .tag(nil, let source) = $0 { source } else { nil }
      }
    case .array(let items): items.flatMap(\.unfilledTags)
    case .object(let object): object.members.flatMap(\.value.unfilledTags)
    case .null, .bool, .integer, .number: []
    }
  }
}

extension JSON.Object {
  fileprivate func value(at path: [String]) -> JSON? {
    path.dropFirst().reduce(self[path[0]]) { value, step in
      value?[step] ?? Int(step).flatMap { value?[$0] }
    }
  }
}

/// A text and the tags in it.
private struct TaggedText {
  enum Piece {
    case text(Substring)
    /// The way to a value, nil for a tag that is no such way, and the tag as it is written.
    case tag([String]?, String)

    func filled(with inputs: JSON.Object) -> String {
      switch self {
      case .text(let text): return String(text)
      case .tag(let path, let source):
        guard let value = path.flatMap({ inputs.value(at: $0) }) else { return source }
        return value.string ?? value.text
      }
    }
  }

  private(set) var pieces: [Piece] = []

  init(_ text: String) {
    var rest = Substring(text)
    while let open = rest.firstRange(of: "{") {
      let after = rest[open.upperBound...]
      let close: String? = after.first == "{" ? "}}" : after.first == "%" ? "%}" : nil
      guard let close, let end = after.dropFirst().firstRange(of: close) else {
        pieces.append(.text(rest[..<open.upperBound]))
        rest = after
        // Without an end here there is none further on.
        if close != nil { break }
        continue
      }
      if open.lowerBound > rest.startIndex { pieces.append(.text(rest[..<open.lowerBound])) }
      let source = String(rest[open.lowerBound..<end.upperBound])
      let inside = after.dropFirst()[..<end.lowerBound]
      pieces.append(.tag(close == "}}" ? Self.path(in: inside) : nil, source))
      rest = rest[end.upperBound...]
    }
    if !rest.isEmpty { pieces.append(.text(rest)) }
  }

  /// The names of `a.b[0]['c']`; nil for anything else.
  private static func path(in text: Substring) -> [String]? {
    var names: [String] = []
    var rest = Substring(text.trimmingWhiteSpace)
    while !rest.isEmpty {
      if rest.first == "[", !names.isEmpty {
        guard let close = rest.firstIndex(of: "]") else { return nil }
        var key = rest[..<close].dropFirst()
        if let quote = key.first, quote == "'" || quote == "\"", key.count > 2, key.last == quote {
          key = key.dropFirst().dropLast()
        } else if key.isEmpty || !key.allSatisfy({ $0.isASCII && $0.isNumber }) {
          return nil
        }
        names.append(String(key))
        rest = rest[close...].dropFirst()
      } else {
        if !names.isEmpty {
          guard rest.first == "." else { return nil }
          rest.removeFirst()
        }
        let name = rest.prefix { $0.isLetter || $0.isNumber || $0 == "_" || $0 == "$" || $0 == "-" }
        guard !name.isEmpty, name.first != "-" else { return nil }
        names.append(String(name))
        rest = rest.dropFirst(name.count)
      }
    }
    return names.isEmpty ? nil : names
  }
}
