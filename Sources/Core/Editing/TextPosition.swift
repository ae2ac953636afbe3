// A place between two characters of a text.

/// A line, and a UTF-8 offset in it.
public struct TextPosition: Hashable, Sendable, Comparable {
  /// From 0.
  public var line: Int
  /// UTF-8 bytes from the start of the line, always between two characters.
  public var offset: Int

  public init(line: Int, offset: Int) {
    self.line = line
    self.offset = offset
  }

  public static let start = TextPosition(line: 0, offset: 0)

  public static func < (a: Self, b: Self) -> Bool { (a.line, a.offset) < (b.line, b.offset) }

  /// Where a text ends that is inserted here.
  func after(_ text: String) -> TextPosition {
    var end = self
    LineEnd.forEachLine(of: text) { line, lineEnd in
      end.offset += line.count
      if lineEnd != nil { end = TextPosition(line: end.line + 1, offset: 0) }
    }
    return end
  }
}
