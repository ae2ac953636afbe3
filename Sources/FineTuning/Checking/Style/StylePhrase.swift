// Turns of phrase by which habits are known. A phrase is a few steps, each of words any of which will
// do, with a few other words allowed between.

/// What an answer does beside answering.
public struct AnswerHabits: OptionSet, Hashable, Sendable {
  public let rawValue: UInt8

  public init(rawValue: UInt8) { self.rawValue = rawValue }

  /// Begins with `Sure! Here's…` or so.
  public static let opening = AnswerHabits(rawValue: 1)
  /// Ends with `I hope this helps` or so.
  public static let closing = AnswerHabits(rawValue: 2)
  public static let refusal = AnswerHabits(rawValue: 4)
  /// Promises the answer for later.
  public static let deferral = AnswerHabits(rawValue: 8)
  /// Has something left to fill in.
  public static let placeholder = AnswerHabits(rawValue: 16)
  /// Ends before it is done: no bracket or fence is closed, or a word hangs in the air.
  public static let cut = AnswerHabits(rawValue: 32)
  /// Ends with no sign that ends a sentence, where it has sentences.
  public static let openEnd = AnswerHabits(rawValue: 64)

  static let each: [AnswerHabits] = [
    .opening, .closing, .refusal, .deferral, .placeholder, .cut, .openEnd,
  ]
}

/// A compiled phrase.
struct StylePhrase: Sendable {
  /// A set of words, and how many others may stand before one of them.
  struct Step: Sendable {
    var words: [UInt64]
    var gap: Int
  }

  var habit: AnswerHabits
  var steps: [Step]

  /// - Parameter text: steps with spaces between; words of a step with `|`, a gap as `~3` before a step.
  ///   Words are folded as `FoldedText` folds them.
  init(_ habit: AnswerHabits, _ text: Substring) {
    self.habit = habit
    steps = []
    var gap = 0
    for part in text.split(separator: " ") {
      if part.first == "~" {
        gap = Int(part.dropFirst()) ?? 0
      } else {
        steps.append(Step(words: part.split(separator: "|").map { FoldedText.hash($0) }, gap: gap))
        gap = 0
      }
    }
  }

  /// Whether the phrase begins at a word.
  func matches(_ words: UnsafeBufferPointer<UInt64>, at place: Int) -> Bool {
    var place = place + 1
    for step in steps.dropFirst() {
      let last = min(place + step.gap, words.count - 1)
      guard place <= last,
        let next = (place...last).first(where: { step.words.contains(words[$0]) })
      else { return false }
      place = next + 1
    }
    return true
  }

  static func list(_ habit: AnswerHabits, _ text: String) -> [StylePhrase] {
    text.split(separator: "\n").map { StylePhrase(habit, $0) }
  }
}

/// All phrases, found by their first words.
struct StylePhrases: Sendable {
  private let phrases: [StylePhrase]
  /// A word's phrases: where they begin in the list, and how many, from 1.
  private let table: WordTable

  static let all = StylePhrases(openings + closings + refusals + deferrals + placeholders)

  private init(_ phrases: [StylePhrase]) {
    var byFirst: [UInt64: [StylePhrase]] = [:]
    for phrase in phrases {
      for word in phrase.steps.first?.words ?? [] { byFirst[word, default: []].append(phrase) }
    }
    var list: [StylePhrase] = []
    var entries: [UInt64: UInt64] = [:]
    for (word, own) in byFirst {
      entries[word] = UInt64(list.count) << 32 | UInt64(own.count)
      list += own
    }
    self.phrases = list
    table = WordTable(entries)
  }

  /// The habits whose phrases stand in a text's words: openings at its beginning, closings at its end,
  /// refusals and promises at either.
  func habits(_ words: UnsafeBufferPointer<UInt64>) -> AnswerHabits {
    var habits: AnswerHabits = []
    let count = words.count
    for place in 0..<count {
      let entry = table[words[place]]
      guard entry != 0 else { continue }
      for phrase in phrases[Int(entry >> 32)..<Int(entry >> 32) + Int(entry & 0xFFFF_FFFF)] {
        guard !habits.contains(phrase.habit), isPlace(place, of: phrase.habit, count) else {
          continue
        }
        if phrase.matches(words, at: place) { habits.insert(phrase.habit) }
      }
    }
    return habits
  }

  private func isPlace(_ place: Int, of habit: AnswerHabits, _ count: Int) -> Bool {
    switch habit {
    case .opening: place < 2
    case .closing: count - place <= 24
    case .refusal: place < 30
    case .deferral: place < 30 || count - place <= 24
    default: true
    }
  }
}
