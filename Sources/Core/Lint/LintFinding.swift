// What there is to say against a prompt: where, how badly, and why.

/// Something in a prompt that is likely to be a mistake.
public struct LintFinding: Hashable, Sendable, CustomStringConvertible {
  /// How sure it is that the prompt can't be meant so.
  public enum Severity: String, Hashable, Sendable {
    /// The prompt can't do what it says.
    case error
    /// The prompt runs, and is likely to do other than was meant.
    case warning
  }

  /// Counted from 1.
  public var line: Int
  /// Unicode scalars from the start of the line, counted from 1; nil when the line says enough.
  public var column: Int?
  public var severity: Severity
  public var rule: LintRule
  /// What is wrong, why, and where it helps, what to write instead.
  public var message: String

  public init(
    _ severity: Severity, _ rule: LintRule, line: Int, column: Int? = nil, _ message: String
  ) {
    self.line = line
    self.column = column
    self.severity = severity
    self.rule = rule
    self.message = message
  }

  /// `12:3: warning: … (unused-variable)`; a file's name and a colon go before it.
  public var description: String {
    "\(line)" + (column.map { ":\($0)" } ?? "")
      + ": \(severity.rawValue): \(message) (\(rule.rawValue))"
  }

  /// `{"line", "column"?, "severity", "rule", "message"}`.
  public var json: JSON.Object {
    var object: JSON.Object = ["line": .integer(line)]
    if let column { object["column"] = .integer(column) }
    object["severity"] = .string(severity.rawValue)
    object["rule"] = .string(rule.rawValue)
    object["message"] = .string(message)
    return object
  }
}

/// The rules by the names that findings carry.
public enum LintRule: String, Hashable, Sendable, CaseIterable {
  case syntax
  case frontMatter = "front-matter"
  case unknownHelper = "unknown-helper"
  case unknownPartial = "unknown-partial"
  case unknownVariable = "unknown-variable"
  case unusedVariable = "unused-variable"
  case emptyRole = "empty-role"
  case roleOrder = "role-order"
  case prefill
  case unknownKey = "unknown-key"
  case valueRange = "value-range"
  case model
  case schema
  case fewShot = "few-shot"
  case configConflict = "config-conflict"
  case passages
  case steps
}
