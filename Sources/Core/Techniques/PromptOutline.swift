// Where the turns of a prompt's text stand, so that a technique can write into one of them and
// leave the rest as it was written.

/// A prompt's text, cut at its front matter, its steps and its roles. All ranges are UTF-8 bytes of
/// the whole text.
struct PromptOutline {
  let text: String
  let bytes: [UInt8]
  /// The template, without white space at its ends.
  let body: Range<Int>
  /// Whether something follows that divides the template into steps.
  let hasSteps: Bool
  /// Those of the last step, in order; blank text before the first role is none.
  let turns: [Turn]
  /// Where the text of the last step begins.
  let start: Int

  /// What one role says.
  struct Turn: Hashable {
    var role: Role
    /// The tag; empty before the first one.
    var tag: Range<Int>
    /// What follows up to the next tag.
    var content: Range<Int>
  }

  /// - Parameter name: the file's.
  init(of text: String, named name: String) {
    self.text = text
    bytes = Array(text.utf8)
    let whole =
      FrontMatter(of: bytes, in: name)?.body ?? FrontMatter.startOfText(in: bytes)..<bytes.count
    body = Self.trimmed(whole, in: bytes)
    let template = Array(bytes[body])
    let tags = (try? StepTag.tags(in: template)) ?? []
    hasSteps = !tags.isEmpty
    let first = Self.trimmed(
      body.lowerBound + (tags.last?.line.upperBound ?? 0)..<body.upperBound, in: bytes)
    start = first.lowerBound
    turns = Self.turns(in: first, of: bytes)
  }

  /// The message that a system's text would be added to.
  var system: Turn? { turns.first { $0.role == .system } }

  /// The turn that is answered.
  var lastUser: Turn? { turns.last { $0.role == .user } }

  func text(in range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }

  /// A range without the white space at both ends.
  func trimmed(_ range: Range<Int>) -> Range<Int> { Self.trimmed(range, in: bytes) }

  /// The text with some ranges replaced, which must not overlap and be in order.
  func replacing(_ changes: [(range: Range<Int>, text: String)]) -> String {
    var result = ""
    var end = 0
    for change in changes {
      result += text(in: end..<change.range.lowerBound) + change.text
      end = change.range.upperBound
    }
    return result + text(in: end..<bytes.count)
  }

  /// The change that adds a paragraph to the system message, or makes one of it.
  func addingToSystem(_ paragraph: String) -> (range: Range<Int>, text: String) {
    if let system {
      let end = trimmed(system.content).upperBound
      let isEmpty = trimmed(system.content).isEmpty
      let place = isEmpty ? system.tag.upperBound : end
      return (place..<place, (isEmpty ? "\n" : "\n\n") + paragraph + (isEmpty ? "\n" : ""))
    }
    // Text before the first role is the user's: it needs a role of its own now.
    let user = turns.first.map(\.tag.isEmpty) ?? true ? "{{role \"user\"}}\n" : ""
    return (start..<start, "{{role \"system\"}}\n\(paragraph)\n\(user)")
  }

  /// The outermost blocks whose opening tag names a variable, such as `{{#each passages}}`.
  func blocks(about name: String, in range: Range<Int>) -> [Range<Int>] {
    let part = Array(bytes[range])
    var blocks: [Range<Int>] = []
    var open: [(start: Int, isAbout: Bool)] = []
    for token in TemplateScanner.scan(part).tokens {
      switch token.kind {
      case .open, .openInverted:
        let words = String(decoding: part[token.content], as: UTF8.self)
          .split(whereSeparator: \.isWhitespace)
        open.append((token.range.lowerBound, words.contains { $0 == name }))
      case .close:
        guard let opened = open.popLast() else { continue }
        if opened.isAbout, !open.contains(where: \.isAbout) {
          blocks.append(
            range.lowerBound + opened.start..<range.lowerBound + token.range.upperBound)
        }
      default: break
      }
    }
    return blocks
  }

  private static func turns(in range: Range<Int>, of bytes: [UInt8]) -> [Turn] {
    let part = Array(bytes[range])
    var turns = [
      Turn(role: .user, tag: range.lowerBound..<range.lowerBound, content: range)
    ]
    for token in TemplateScanner.scan(part).tokens where token.kind == .output {
      guard let role = role(of: part[token.content]) else { continue }
      let start = range.lowerBound + token.range.lowerBound
      let end = range.lowerBound + token.range.upperBound
      turns[turns.count - 1].content = turns[turns.count - 1].content.lowerBound..<start
      turns.append(Turn(role: role, tag: start..<end, content: end..<range.upperBound))
    }
    if let first = turns.first, trimmed(first.content, in: bytes).isEmpty { turns.removeFirst() }
    return turns
  }

  /// The role that the inside of a tag begins; nil for other tags.
  private static func role(of content: ArraySlice<UInt8>) -> Role? {
    let words = String(decoding: content, as: UTF8.self).split(whereSeparator: \.isWhitespace)
    guard words.count == 2, words[0] == "role" else { return nil }
    return Role.named(words[1].filter { $0 != "\"" && $0 != "'" })
  }

  private static func trimmed(_ range: Range<Int>, in bytes: [UInt8]) -> Range<Int> {
    func isBlank(_ byte: UInt8) -> Bool { byte == UInt8(ascii: " ") || 0x09...0x0D ~= byte }
    let start = bytes[range].firstIndex { !isBlank($0) } ?? range.upperBound
    let end = bytes[start..<range.upperBound].lastIndex { !isBlank($0) }.map { $0 + 1 } ?? start
    return start..<end
  }
}
