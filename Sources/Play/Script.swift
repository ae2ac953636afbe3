import Playground

// The steps that drive the screen without a terminal: a line each, as a person would tell them.

/// The steps of a script, in their order.
public struct Script: Hashable, Sendable {
  /// One thing to do, to wait for, or to show.
  public enum Step: Hashable, Sendable {
    case input(Input)
    /// Until nothing is under way.
    case waitIdle
    /// Until this text stands on the screen.
    case waitText(String)
    /// Writes a text to the prompt's file, as another program would.
    case write(String)
    /// Asks for the frame, under a name.
    case screen(String)
  }

  /// A step, and where it stands in the script.
  public struct NumberedStep: Hashable, Sendable {
    /// Counted from 1.
    public var line: Int
    public var step: Step
  }

  public var steps: [NumberedStep] = []

  /// Reads a script's text.
  ///
  /// Throws `ScriptError` with the file, the line and what was expected there.
  public init(parsing text: String, path: String) throws(ScriptError) {
    var screens = 0
    for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated()
    {
      let words = line.split(separator: " ", maxSplits: 1)
      guard let verb = words.first, !verb.hasPrefix("#") else { continue }
      let rest = words.count > 1 ? String(words[1]) : ""
      do throws(ScriptError) {
        for step in try Self.steps(verb: String(verb), rest: rest, screens: &screens) {
          steps.append(NumberedStep(line: index + 1, step: step))
        }
      } catch {
        throw ScriptError(description: "\(path):\(index + 1): \(error)")
      }
    }
  }

  private static func steps(
    verb: String, rest: String, screens: inout Int
  ) throws(ScriptError) -> [Step] {
    switch verb {
    case "key":
      var steps: [Step] = []
      for name in rest.split(separator: " ") {
        guard let key = Key(name: String(name)) else {
          throw ScriptError(
            description: "'\(name)' is no key: write ctrl-r, alt-m, shift-tab, page-up, f1 or a")
        }
        steps.append(.input(.key(key)))
      }
      guard !steps.isEmpty else { throw ScriptError(description: "key which?") }
      return steps
    case "type":
      return unescaped(rest).map { .input(.key(Key($0 == "\n" ? .enter : .character($0)))) }
    case "paste": return [.input(.paste(unescaped(rest)))]
    case "resize": return [.input(.resize(try size(rest)))]
    case "click": return [.input(.mouse(Mouse(.press, at: try point(rest))))]
    case "drag":
      let (start, end) = try points(rest)
      return [
        .input(.mouse(Mouse(.press, at: start))), .input(.mouse(Mouse(.drag, at: end))),
        .input(.mouse(Mouse(.release, at: end))),
      ]
    case "wheel":
      let words = rest.split(separator: " ", maxSplits: 1)
      guard words.count == 2, words[0] == "up" || words[0] == "down" else {
        throw ScriptError(description: "a wheel turns up or down at a place: wheel down 10 5")
      }
      let action: Mouse.Action = words[0] == "up" ? .wheelUp : .wheelDown
      return [.input(.mouse(Mouse(action, at: try point(String(words[1])))))]
    case "wait" where rest == "idle": return [.waitIdle]
    case "wait" where rest.hasPrefix("text "): return [.waitText(String(rest.dropFirst(5)))]
    case "write": return [.write(unescaped(rest))]
    case "screen":
      screens += 1
      return [.screen(rest.isEmpty ? "\(screens)" : rest)]
    default:
      throw ScriptError(
        description: "'\(verb) \(rest)' is no step: there are key, type, paste, resize, click, "
          + "drag, wheel, wait idle, wait text, write, screen")
    }
  }

  /// `\n`, `\t`, `\e` and `\\`, so that a line can hold any text.
  private static func unescaped(_ text: String) -> String {
    var result = ""
    var isEscaped = false
    for character in text {
      if isEscaped {
        switch character {
        case "n": result.append("\n")
        case "t": result.append("\t")
        case "e": result.append("\u{1B}")
        default: result.append(character)
        }
        isEscaped = false
      } else if character == "\\" {
        isEscaped = true
      } else {
        result.append(character)
      }
    }
    return result
  }

  /// A size such as `105x30`.
  public static func size(_ text: String) throws(ScriptError) -> Size {
    let parts = text.split(separator: "x").compactMap { Int($0) }
    guard parts.count == 2, 1...2000 ~= parts[0], 1...2000 ~= parts[1] else {
      throw ScriptError(description: "'\(text)' is no size: write columns and rows, as 105x30")
    }
    return Size(width: parts[0], height: parts[1])
  }

  /// From where to where, such as `3 4 10 6`.
  private static func points(_ text: String) throws(ScriptError) -> (Point, Point) {
    let parts = text.split(separator: " ").compactMap { Int($0) }
    guard parts.count == 4 else {
      throw ScriptError(
        description: "'\(text)' is no way: write column and row of both its ends: 10 5 20 7")
    }
    return (Point(x: parts[0], y: parts[1]), Point(x: parts[2], y: parts[3]))
  }

  private static func point(_ text: String) throws(ScriptError) -> Point {
    let parts = text.split(separator: " ").compactMap { Int($0) }
    guard parts.count == 2 else {
      throw ScriptError(description: "'\(text)' is no place: write column and row, from 0: 10 5")
    }
    return Point(x: parts[0], y: parts[1])
  }
}

/// What is wrong with a script, or with what it met, in one sentence.
public struct ScriptError: Error, Hashable, Sendable, CustomStringConvertible {
  public let description: String

  public init(description: String) { self.description = description }
}
