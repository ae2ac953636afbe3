// What a document says about itself: the front matter of a Markdown file, the meta elements of a web
// page, the information of a PDF file, the fields of a row. A search can be narrowed by it.

import Core

/// Fields of a document with their values, as far as they are fit to filter by.
struct StatedFields: Equatable {
  /// What is beyond these is left out: nobody filters by it.
  private enum Limit {
    static let fields = 64
    /// Of a value, in bytes.
    static let value = 1000
    /// Of front matter, in bytes.
    static let frontMatter = 64 << 10
  }

  private(set) var values: [String: String] = [:]

  /// Notes a field; one that is empty, too long or one too many is left out, and the first of a
  /// name counts.
  mutating func add(_ name: String, _ value: String) {
    guard values.count < Limit.fields, values[name] == nil, !name.isEmpty, !value.isEmpty,
      name.utf8.count <= Limit.value, value.utf8.count <= Limit.value
    else { return }
    values[name] = value
  }

  /// Takes a field out, to be used for something else.
  mutating func remove(_ name: String) -> String? { values.removeValue(forKey: name) }

  /// A list becomes its values with commas between them, so that each can be filtered by.
  mutating func add(_ name: String, _ value: JSON) { add(name, Self.text(of: value)) }

  static func text(of value: JSON) -> String {
    switch value {
    case .string(let text): text
    case .null: ""
    case .array(let items): items.map(text).filter { !$0.isEmpty }.joined(separator: ", ")
    default: value.text
    }
  }

  /// The fields of the YAML between `---` that a Markdown file begins with; none where it has no
  /// such front matter, or it isn't YAML.
  ///
  /// - Parameter count: is told how many bytes of the text the front matter takes, 0 for none.
  init(frontMatterOf text: [UInt8], count: inout Int) {
    count = 0
    let start = text.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    let first = text[start...].prefix(Limit.frontMatter)
    var lines: [Substring] = []
    var end = start
    for bytes in first.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false) {
      let line = String(decoding: bytes, as: UTF8.self).droppingTrailingSpace
      guard !lines.isEmpty || line == "---" else { return }
      end = min(bytes.endIndex + 1, text.count)
      if !lines.isEmpty, line == "---" || line == "..." {
        guard let yaml = try? YAML(parsing: lines.dropFirst().joined(separator: "\n")) else {
          return
        }
        for entry in yaml.map ?? [] { add(entry.key, entry.value.json) }
        count = end
        return
      }
      lines.append(line)
    }
  }

  init() {}
}

extension String {
  fileprivate var droppingTrailingSpace: Substring {
    var line = self[...]
    while line.last?.isWhitespace == true { line.removeLast() }
    return line
  }
}
