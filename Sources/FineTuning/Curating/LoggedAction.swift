import Core

// An action as it was carried out on a set; and logs of actions as lines of JSON, which are carried out
// again on a set that has grown.

/// An entry of a set's log.
public struct LoggedAction: Hashable, Sendable {
  public enum Standing: String, Hashable, Sendable {
    case done
    /// Taken back; it can be done again.
    case undone
    /// Taken back, and something else was done instead.
    case dropped
  }

  /// Its place in the log, from 1.
  public var number: Int
  public var action: CurationAction
  /// Who did it, as the machine calls them.
  public var editor: String?
  /// Seconds since 1970.
  public var madeAt: Double
  /// How many examples it changed.
  public var affected: Int
  public var standing: Standing

  public init(
    number: Int, action: CurationAction, editor: String?, madeAt: Double, affected: Int,
    standing: Standing
  ) {
    self.number = number
    self.action = action
    self.editor = editor
    self.madeAt = madeAt
    self.affected = affected
    self.standing = standing
  }

  /// As a line of an exported log.
  public var json: JSON {
    [
      "number": .integer(number), "action": action.json, "editor": JSON(editor),
      "at": .number(madeAt), "affected": .integer(affected), "standing": .string(standing.rawValue),
    ]
  }
}

/// Why a line of a log can't be carried out, as a sentence.
public struct ActionLogError: Error, Hashable, Sendable, CustomStringConvertible {
  public let line: Int
  public let problem: String

  public var description: String { "Line \(line) of the log \(problem)" }
}

extension CurationAction {
  /// The actions of an exported log, those that hold, in their order.
  ///
  /// Empty lines are left out. Throws `ActionLogError` for the first line that is no action: a log with
  /// a piece left out would make another set.
  public static func read(log text: String) throws(ActionLogError) -> [CurationAction] {
    var actions: [CurationAction] = []
    var number = 0
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      number += 1
      guard line.contains(where: { !$0.isWhitespace }) else { continue }
      let json: JSON
      do throws(JSONError) {
        json = try JSON(parsing: line.utf8)
      } catch {
        throw ActionLogError(line: number, problem: "is no JSON: \(error.problem).")
      }
      let standing = json["standing"]?.string ?? LoggedAction.Standing.done.rawValue
      guard standing == LoggedAction.Standing.done.rawValue else { continue }
      guard let action = CurationAction(json: json["action"] ?? json) else {
        throw ActionLogError(
          line: number, problem: "holds no action that this whet knows; write the log anew.")
      }
      if case .filter(let line) = action.selection {
        do throws(ExampleFilterError) {
          _ = try ExampleFilter(line)
        } catch {
          throw ActionLogError(line: number, problem: "has a filter that can't be read: \(error)")
        }
      }
      actions.append(action)
    }
    return actions
  }
}
