// Reads YAML 1.2 (https://yaml.org/spec/1.2.2) into values that know their lines, so that whoever
// reads a configuration, a theme or a prompt's front matter can name the line that is wrong. The
// files come from anywhere: size, depth and repetition have limits.

/// A YAML value, and where it stands.
public struct YAML: Hashable, Sendable {
  /// What the value is, whatever style it was written in.
  public enum Content: Hashable, Sendable {
    /// A null, a boolean, a number or a text.
    case scalar(JSON)
    case list([YAML])
    case map([Entry])
  }

  /// A key of a map with its value.
  public struct Entry: Hashable, Sendable {
    public var key: String
    /// The line of the key, counted from 1.
    public var line: Int
    public var value: YAML
  }

  public var content: Content
  /// Counted from 1.
  public var line: Int

  init(content: Content, line: Int) {
    self.content = content
    self.line = line
  }

  public var list: [YAML]? { if case .list(let items) = content { items } else { nil } }
  public var map: [Entry]? { if case .map(let entries) = content { entries } else { nil } }
  public var scalar: JSON? { if case .scalar(let value) = content { value } else { nil } }

  /// The value of an entry; nil when there is none, and for what is no map.
  public subscript(key: String) -> YAML? { map?.first { $0.key == key }?.value }

  /// The value without its lines.
  public var json: JSON {
    switch content {
    case .scalar(let value): value
    case .list(let items): .array(items.map(\.json))
    case .map(let entries):
      .object(JSON.Object(entries.map { .init(name: $0.key, value: $0.value.json) }))
    }
  }
}

extension YAML {
  /// A JSON value as if it stood on a line.
  init(_ json: JSON, line: Int) {
    self.line = line
    switch json {
    case .array(let items): content = .list(items.map { YAML($0, line: line) })
    case .object(let object):
      content = .map(
        object.members.map { Entry(key: $0.name, line: line, value: YAML($0.value, line: line)) })
    default: content = .scalar(json)
    }
  }
}

/// What is wrong with a YAML text. It never repeats what the text says.
public struct YAMLError: Error, Hashable, Sendable {
  /// Counted from 1.
  public let line: Int
  /// Unicode scalars from the start of the line, counted from 1; nil where the text as a whole is
  /// meant.
  public let column: Int?
  public let problem: String

  init(line: Int, column: Int? = nil, problem: String) {
    self.line = line
    self.column = column
    self.problem = problem
  }
}

extension YAML {
  private static let mostBytes = 4 << 20

  /// The one document that a text holds; an empty text is null.
  ///
  /// - Parameter firstLine: the number of the text's first line.
  public init(parsing text: String, firstLine: Int = 1) throws(YAMLError) {
    guard text.utf8.count <= Self.mostBytes else {
      throw YAMLError(line: firstLine, problem: "the text is larger than 4 MB")
    }
    var reader = YAMLReader(firstLine: firstLine)
    self = try reader.document(text)
  }
}
