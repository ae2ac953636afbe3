// The other one of two braces, and of the tags that open, part and close a block.

/// Two places of a text that belong together.
public struct BracePair: Hashable, Sendable {
  /// The one at which the cursor stands.
  public var here: Range<TextPosition>
  public var partner: Range<TextPosition>

  /// Bytes before and after the cursor in which a tag is looked for.
  private static let tagReach = 4096
  /// Bytes in which its partner is.
  private static let reach = 65_536

  /// The pair at a cursor: it stands on or just after `{{`, `}}`, a bracket, or anywhere in the tag
  /// of a block. An opening tag leads to its `{{else}}`, that to the closing one, and so round.
  ///
  /// nil where there is none, or its partner is further away than anybody would look.
  public init?(at position: TextPosition, in buffer: TextBuffer) {
    let near = TextWindow(
      of: buffer, around: position..<position, before: Self.tagReach, after: Self.tagReach)
    guard let byte = near.byte(at: position) else { return nil }
    let tags = TemplateTags(in: near.bytes).tags
    // Where two tags meet, the one that begins here.
    let tag =
      tags.first { $0.range.contains(byte) } ?? tags.first { $0.range.upperBound == byte }
    guard let tag else {
      self.init(bracketAt: position, in: buffer)
      return
    }
    if tag.isPartOfBlock {
      self.init(blockTagAt: near.position(of: tag.range.lowerBound), in: buffer)
    } else if byte >= tag.range.upperBound - 2 {
      self.init(
        here: near.positions(of: tag.range.upperBound - 2..<tag.range.upperBound),
        partner: near.positions(of: tag.range.lowerBound..<tag.range.lowerBound + 2))
    } else if byte <= tag.range.lowerBound + 2 {
      self.init(
        here: near.positions(of: tag.range.lowerBound..<tag.range.lowerBound + 2),
        partner: near.positions(of: tag.range.upperBound - 2..<tag.range.upperBound))
    } else {
      self.init(bracketAt: position, in: buffer)
    }
  }

  private init(here: Range<TextPosition>, partner: Range<TextPosition>) {
    self.here = here
    self.partner = partner
  }

  // MARK: Blocks

  private init?(blockTagAt position: TextPosition, in buffer: TextBuffer) {
    let window = TextWindow(
      of: buffer, around: position..<position, before: Self.reach, after: Self.reach)
    let tags = TemplateTags(in: window.bytes).tags.filter(\.isPartOfBlock)
    guard let byte = window.byte(at: position),
      let index = tags.firstIndex(where: { $0.range.lowerBound == byte }),
      let other = tags[index].kind == .close
        ? Self.opening(of: index, in: tags) : Self.next(after: index, in: tags)
    else { return nil }
    here = window.positions(of: tags[index].range)
    partner = window.positions(of: tags[other].range)
  }

  private static func next(after index: Int, in tags: [TemplateToken]) -> Int? {
    var depth = 0
    for other in tags.indices.dropFirst(index + 1) {
      switch tags[other].kind {
      case .open, .openInverted: depth += 1
      case .close where depth > 0: depth -= 1
      case .close: return other
      case .otherwise where depth == 0: return other
      default: break
      }
    }
    return nil
  }

  private static func opening(of index: Int, in tags: [TemplateToken]) -> Int? {
    var depth = 0
    for other in tags.indices.prefix(index).reversed() {
      switch tags[other].kind {
      case .close: depth += 1
      case .open, .openInverted:
        if depth == 0 { return other }
        depth -= 1
      default: break
      }
    }
    return nil
  }

  // MARK: Brackets

  private static let closers: [UInt8: UInt8] = [
    UInt8(ascii: "("): UInt8(ascii: ")"), UInt8(ascii: "["): UInt8(ascii: "]"),
    UInt8(ascii: "{"): UInt8(ascii: "}"),
  ]
  private static let openers = Dictionary(
    uniqueKeysWithValues: closers.map { ($0.value, $0.key) })

  private init?(bracketAt position: TextPosition, in buffer: TextBuffer) {
    let near = TextWindow(of: buffer, around: position..<position, before: 1, after: 1)
    guard let byte = near.byte(at: position) else { return nil }
    // The bracket under the cursor, else the one just before it.
    let candidates = [byte, byte - 1].filter { near.bytes.indices.contains($0) }
    guard
      let place = candidates.first(where: {
        Self.closers[near.bytes[$0]] != nil || Self.openers[near.bytes[$0]] != nil
      })
    else { return nil }
    let start = near.position(of: place)
    let window = TextWindow(
      of: buffer, around: start..<start, before: Self.reach, after: Self.reach)
    guard let index = window.byte(at: start),
      let other = Self.partner(of: index, in: window.bytes)
    else { return nil }
    here = window.positions(of: index..<index + 1)
    partner = window.positions(of: other..<other + 1)
  }

  private static func partner(of index: Int, in bytes: [UInt8]) -> Int? {
    let bracket = bytes[index]
    guard let wanted = closers[bracket] ?? openers[bracket] else { return nil }
    let step = closers[bracket] != nil ? 1 : -1
    var depth = 0
    for place in stride(from: index + step, to: step > 0 ? bytes.count : -1, by: step) {
      if bytes[place] == bracket { depth += 1 }
      if bytes[place] == wanted {
        if depth == 0 { return place }
        depth -= 1
      }
    }
    return nil
  }
}

extension TemplateToken {
  /// Whether the tag opens, parts or closes a block.
  fileprivate var isPartOfBlock: Bool {
    switch kind {
    case .open, .openInverted, .otherwise, .close: true
    case .text, .comment, .output, .partial: false
    }
  }
}
