// What is wrong with a template, said so that a person can find it and mend it.

/// A mistake in a template, or a limit that rendering it went over.
public struct TemplateError: Error, Hashable, Sendable, CustomStringConvertible {
  /// UTF-8 bytes from the start of the template.
  public let offset: Int
  /// Counted from 1.
  public let line: Int
  /// Unicode scalars from the start of the line, counted from 1.
  public let column: Int
  /// What was found and what was expected.
  public let problem: String

  public var description: String { "line \(line), column \(column): \(problem)" }

  init(at offset: Int, in source: some Collection<UInt8>, _ problem: String) {
    self.offset = offset
    (line, column) = TextPlace.of(offset: offset, in: source)
    self.problem = problem
  }
}

/// Lines and columns of places in a text that is known by its bytes.
enum TextPlace {
  /// The line and the column, in scalars, of a byte; both are counted from 1.
  static func of(offset: Int, in source: some Collection<UInt8>) -> (line: Int, column: Int) {
    var line = 1
    var column = 1
    for byte in source.prefix(offset) {
      if byte == UInt8(ascii: "\n") {
        line += 1
        column = 1
      } else if byte & 0xC0 != 0x80 {
        column += 1
      }
    }
    return (line, column)
  }
}
