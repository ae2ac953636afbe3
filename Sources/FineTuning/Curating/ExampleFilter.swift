// Which examples of a set are meant, as one line is typed: words, "phrases", /patterns/, and conditions
// such as `state:approved -tag:x tokens>500`, joined by `and`, `or`, `not` and parentheses. A value:
// reading and evaluating stand in files of their own.

/// An expression that an example fits or doesn't; an empty one fits all.
public struct ExampleFilter: Hashable, Sendable {
  /// What a turn has to be for its words to count.
  public enum Part: String, Hashable, Sendable, CaseIterable {
    case any, system, user, answer, rejected
  }

  /// How an example came into its set, as `ExampleLineage.Source` tells.
  public enum Source: String, Hashable, Sendable, CaseIterable {
    case run, correction, preference, evaluation, file
  }

  /// What a list's figures are held to.
  public enum Figure: String, Hashable, Sendable, CaseIterable {
    case tokens, turns, number, line
  }

  public enum Condition: Hashable, Sendable {
    case state(ExampleState)
    case tag(String)
    /// One that isn't known, as the line of an example that comes from no file, fits no range.
    case figure(Figure, ClosedRange<Int>)
    case source(Source)
    /// A part of the name of the model that answered.
    case model(String)
    case isPreference
    case isSupervised
    /// Whether somebody corrected or edited it.
    case isEdited
    case hasTools
    case hasTags
    /// A text, whatever the case of its letters; also in the midst of a word.
    case text(String, in: Part)
    case pattern(LinearRegex, in: Part)
  }

  indirect enum Node: Hashable, Sendable {
    case condition(Condition)
    case not(Node)
    case all([Node])
    case any([Node])
  }

  /// As it was typed.
  public let line: String
  let root: Node

  /// Fits all.
  public static let everything = ExampleFilter(line: "", root: .all([]))

  init(line: String, root: Node) {
    self.line = line
    self.root = root
  }

  public var isEmpty: Bool { root == .all([]) }

  /// The words of the language, with what each takes, for help and completion.
  public static let words: [(name: String, takes: String)] = [
    ("state:", "pending, approved or rejected"), ("tag:", "a tag"),
    ("tokens", "a number, as in tokens>500 or tokens:100..500"),
    ("turns", "a number, as in turns>=4"),
    ("number:", "its place in the set, as in number:10..20"),
    ("line:", "the line of its file, as in line:10..20"),
    ("source:", "run, correction, preference, evaluation or file"),
    ("model:", "a part of the name of the model that answered"),
    ("is:", "preference, supervised or edited"), ("has:", "tools or tags"),
    ("in:", "any, system, user, answer or rejected, for the words after it"),
    ("\"…\"", "words as they stand there"), ("/…/", "a regular expression; /…/i for any case"),
    ("and", "both sides; so do two conditions side by side"), ("or", "either side"),
    ("not", "the opposite, as a minus does: -tag:x"), ("( )", "what belongs together"),
  ]
}

/// Why a filter can't be understood, as a sentence, and where.
public struct ExampleFilterError: Error, Hashable, Sendable, CustomStringConvertible {
  public let problem: String
  /// In characters from the start of the line, from 0: where it went wrong.
  public let place: Int
  /// Whether more text could make it right, as while it is typed.
  public let isUnfinished: Bool

  public var description: String { "At character \(place + 1) of the filter: \(problem)" }
}
