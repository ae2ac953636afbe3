// Turns what the YAML parser finds into values. Nothing else imports the parser.

import Yams

/// Reads one document, and counts what it takes against the limits.
struct YAMLReader {
  private let firstLine: Int
  private var valuesLeft = mostValues

  private static let deepest = 64
  /// Values in one text, those that aliases stand for counted each time.
  private static let mostValues = 100_000
  private static let mostAliases = 32

  init(firstLine: Int) { self.firstLine = firstLine }

  mutating func document(_ text: String) throws(YAMLError) -> YAML {
    guard aliasCount(Array(text.utf8)) <= Self.mostAliases else {
      throw YAMLError(line: firstLine, problem: "more than \(Self.mostAliases) aliases")
    }
    let root: Node?
    do {
      // Types are told below. The resolver that would tell them compiles seven regular expressions
      // at its first use, a tenth of the work of the program's start; an encoding that isn't given
      // is looked for among the environment's variables; nor are values wanted in place of nodes.
      let constructor = Constructor([:], [:], [:])
      root = try Parser(
        yaml: text, resolver: .basic, constructor: constructor, encoding: .utf8
      ).singleRoot()
    } catch let error as YamlError {
      throw described(error, in: text)
    } catch {
      throw YAMLError(line: firstLine, problem: "this is not YAML")
    }
    guard let root else { return YAML(content: .scalar(.null), line: firstLine) }
    return try value(root, depth: 0)
  }

  private mutating func value(_ node: Node, depth: Int) throws(YAMLError) -> YAML {
    let line = line(of: node)
    valuesLeft -= 1
    guard depth <= Self.deepest, valuesLeft >= 0 else {
      throw YAMLError(line: line, problem: "too many values, or nested deeper than \(Self.deepest)")
    }
    switch node {
    case .scalar(let scalar): return YAML(content: .scalar(scalar.value), line: line)
    case .sequence(let sequence):
      var items: [YAML] = []
      for item in sequence { items.append(try value(item, depth: depth + 1)) }
      return YAML(content: .list(items), line: line)
    case .mapping(let mapping):
      var entries: [YAML.Entry] = []
      for (key, item) in mapping {
        guard let name = key.scalar?.string else {
          throw YAMLError(
            line: self.line(of: key), column: key.mark?.column,
            problem: "a key must be a plain text")
        }
        entries.append(
          YAML.Entry(
            key: name, line: self.line(of: key), value: try value(item, depth: depth + 1)))
      }
      return YAML(content: .map(entries), line: line)
    case .alias:
      throw YAMLError(
        line: line, column: node.mark?.column, problem: "an alias without its anchor")
    }
  }

  private func line(of node: Node) -> Int { (node.mark?.line ?? 1) + firstLine - 1 }

  private func described(_ error: YamlError, in text: String) -> YAMLError {
    func at(_ mark: Mark, _ problem: String) -> YAMLError {
      // A mistake at the very end stands on the line after the last one.
      let lineCount = text.utf8.count { $0 == UInt8(ascii: "\n") } + 1
      let isInText = 1...lineCount ~= mark.line
      return YAMLError(
        line: min(max(mark.line, 1), lineCount) + firstLine - 1,
        column: isInText ? max(mark.column, 1) : nil, problem: problem)
    }
    switch error {
    case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
      .composer(_, let problem, let mark, _):
      return at(mark, problem)
    case .duplicatedKeysInMapping(_, let context):
      return at(context.mark, "a key stands twice in one map")
    case .reader(let problem, _, _, _):
      return YAMLError(line: firstLine, problem: problem)
    default:
      return YAMLError(line: firstLine, problem: "this is not YAML")
    }
  }

  /// How many places repeat an anchored value.
  ///
  /// Counted before the parser sees the text: it compares keys by all that they hold, so that a
  /// few dozen aliases of aliases would keep it busy for years.
  private func aliasCount(_ bytes: [UInt8]) -> Int {
    let anchors = Set(names(after: UInt8(ascii: "&"), in: bytes))
    return anchors.isEmpty
      ? 0 : names(after: UInt8(ascii: "*"), in: bytes).count { anchors.contains($0) }
  }

  private func names(after sigil: UInt8, in bytes: [UInt8]) -> [ArraySlice<UInt8>] {
    bytes.indices.lazy.filter { bytes[$0] == sigil }.map { index in
      bytes[(index + 1)...].prefix {
        switch $0 {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, UInt8(ascii: "-"), UInt8(ascii: "_"): true
        default: false
        }
      }
    }.filter { !$0.isEmpty }
  }
}

extension Node.Scalar {
  /// The value by YAML 1.2's core schema (§ 10.3.2): only plain text can be other than text.
  fileprivate var value: JSON {
    guard style == .plain || style == .any else { return .string(string) }
    switch string {
    case "", "~", "null", "Null", "NULL": return .null
    case "true", "True", "TRUE": return true
    case "false", "False", "FALSE": return false
    default: return number ?? .string(string)
    }
  }

  private var number: JSON? {
    guard let first = string.utf8.first, (0x2B...0x39).contains(first) else { return nil }
    if string.hasPrefix("0x") { return Int(string.dropFirst(2), radix: 16).map(JSON.integer) }
    if string.hasPrefix("0o") { return Int(string.dropFirst(2), radix: 8).map(JSON.integer) }
    if let value = Int(string) { return .integer(value) }
    let isDecimal = string.utf8.allSatisfy {
      (0x30...0x39).contains($0) || "+-.eE".utf8.contains($0)
    }
    return isDecimal ? Double(string).flatMap { $0.isFinite ? .number($0) : nil } : nil
  }
}
