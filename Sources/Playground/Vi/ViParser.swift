// Reads commands of vi from the characters typed so far.

/// A command as far as it was typed.
enum ViReading: Hashable, Sendable {
  case command(ViCommand)
  /// More is to come.
  case unfinished
  case invalid
}

/// Reads one command from its characters.
struct ViParser {
  private var rest: Substring
  private let isVisual: Bool

  /// Larger counts are taken for this one.
  private static let mostCount = 9_999

  static func read(_ text: String, isVisual: Bool) -> ViReading {
    var parser = ViParser(rest: Substring(text), isVisual: isVisual)
    do throws(Stop) {
      return .command(try parser.command())
    } catch {
      return error == .unfinished ? .unfinished : .invalid
    }
  }

  private enum Stop: Error { case unfinished, invalid }

  private mutating func next() throws(Stop) -> Character {
    guard let character = rest.popFirst() else { throw .unfinished }
    return character
  }

  /// A 0 is a digit only after others: by itself it is a motion.
  private mutating func count() -> Int? {
    var count: Int?
    while let digit = rest.first?.wholeNumberValue, rest.first?.isASCII == true,
      digit > 0 || count != nil
    {
      count = min((count ?? 0) * 10 + digit, Self.mostCount)
      rest.removeFirst()
    }
    return count
  }

  private mutating func command() throws(Stop) -> ViCommand {
    let first = count()
    let character = try next()
    if let name = Self.operators[character] {
      if isVisual { return ViCommand(count: first, action: .operateOnSelection(name)) }
      let second = count()
      let target = try target(after: character)
      let count = first == nil && second == nil ? nil : (first ?? 1) * (second ?? 1)
      return ViCommand(
        count: count.map { min($0, Self.mostCount) }, action: .operate(name, target))
    }
    if isVisual, let action = try visualAction(character) {
      return ViCommand(count: first, action: action)
    }
    if !isVisual, let action = Self.actions[character] {
      return ViCommand(count: first, action: action)
    }
    if character == "r" {
      return ViCommand(count: first, action: .replaceCharacter(try next()))
    }
    if let action = Self.sharedActions[character] {
      return ViCommand(count: first, action: action)
    }
    return ViCommand(count: first, action: .move(try motion(character)))
  }

  /// What follows on an operator; the operator's own key again means whole lines.
  private mutating func target(after name: Character) throws(Stop) -> ViTarget {
    let character = try next()
    if character == name { return .lines }
    if character == "i" || character == "a" {
      return .object(try object(isAround: character == "a"))
    }
    return .motion(try motion(character))
  }

  private mutating func visualAction(_ character: Character) throws(Stop) -> ViAction? {
    switch character {
    case "x", "X": .operateOnSelection(.delete)
    case "s", "S", "C": .operateOnSelection(.change)
    case "D": .operateOnSelection(.delete)
    case "Y": .operateOnSelection(.yank)
    case "~": .operateOnSelection(.toggleCase)
    case "o", "O": .swapEnds
    case "i": .select(try object(isAround: false))
    case "a": .select(try object(isAround: true))
    default: nil
    }
  }

  private mutating func object(isAround: Bool) throws(Stop) -> ViObject {
    let kind: ViObject.Kind
    let character = try next()
    switch character {
    case "w": kind = .word(isBig: false)
    case "W": kind = .word(isBig: true)
    case "\"", "'", "`": kind = .quotes(character)
    case "(", ")", "b": kind = .brackets(open: "(", close: ")")
    case "{", "}", "B": kind = .brackets(open: "{", close: "}")
    case "[", "]": kind = .brackets(open: "[", close: "]")
    case "<", ">": kind = .brackets(open: "<", close: ">")
    case "p": kind = .paragraph
    default: throw .invalid
    }
    return ViObject(kind: kind, isAround: isAround)
  }

  private mutating func motion(_ character: Character) throws(Stop) -> ViMotion {
    if let motion = Self.motions[character] { return motion }
    switch character {
    case "g":
      guard try next() == "g" else { throw .invalid }
      return .firstLine
    case "f", "F", "t", "T":
      return .find(
        ViFind(
          character: try next(), isBackward: character.isUppercase,
          stopsBefore: character == "t" || character == "T"))
    default: throw .invalid
    }
  }

  private static let operators: [Character: ViOperator] = [
    "d": .delete, "c": .change, "y": .yank, ">": .indent, "<": .outdent,
  ]

  private static let motions: [Character: ViMotion] = [
    "h": .left, "l": .right, " ": .right, "j": .down, "k": .up,
    "w": .wordForward(isBig: false), "W": .wordForward(isBig: true),
    "b": .wordBackward(isBig: false), "B": .wordBackward(isBig: true),
    "e": .wordEnd(isBig: false), "E": .wordEnd(isBig: true),
    "0": .lineStart, "^": .firstNonBlank, "$": .lineEnd, "G": .lastLine, "\n": .nextLineStart,
    ";": .repeatFind(isReversed: false), ",": .repeatFind(isReversed: true),
    "}": .paragraphForward, "{": .paragraphBackward, "%": .match,
  ]

  /// Those of the normal mode only.
  private static let actions: [Character: ViAction] = [
    "x": .operate(.delete, .motion(.right)), "X": .operate(.delete, .motion(.left)),
    "s": .operate(.change, .motion(.right)), "S": .operate(.change, .lines),
    "C": .operate(.change, .motion(.lineEnd)), "D": .operate(.delete, .motion(.lineEnd)),
    "Y": .operate(.yank, .lines), "~": .toggleCase, "u": .undo, "U": .redo, ".": .repeatChange,
    "i": .insert(.here), "a": .insert(.after), "I": .insert(.lineStart), "A": .insert(.lineEnd),
    "o": .insert(.lineBelow), "O": .insert(.lineAbove),
  ]

  /// Those of both modes.
  private static let sharedActions: [Character: ViAction] = [
    "p": .put(isBefore: false), "P": .put(isBefore: true), "J": .joinLines,
    "v": .visual(isLinewise: false), "V": .visual(isLinewise: true),
    "/": .find(isBackward: false), "?": .find(isBackward: true),
    "n": .findAgain(isReversed: false), "N": .findAgain(isReversed: true), ":": .commandLine,
  ]
}
