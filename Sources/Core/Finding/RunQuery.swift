// What runs are looked for by, as one line is typed: words, "phrases", and filters such as
// `model:llama after:7d rating:good`.

/// Words and filters that runs are found by; all of them have to fit.
public struct RunQuery: Hashable, Sendable {
  /// A part of a run that words are looked for in.
  public enum Field: String, Hashable, Sendable, CaseIterable {
    case prompt, answer, passages, notes
  }

  /// A word or a phrase.
  public struct Term: Hashable, Sendable {
    public var text: String
    /// Whether it may be the beginning of a word: the last one is, while it is typed.
    public var isBeginning: Bool
    /// Nil for all fields.
    public var field: Field?
  }

  /// A condition on what lists know of a run.
  public enum Filter: Hashable, Sendable {
    case model(String)
    case session(String)
    case tag(String)
    case finish(String)
    /// Nil for runs without a rating.
    case rating(Rating?)
    case score(Comparison, Double)
    /// In dollars.
    case cost(Comparison, Double)
    /// Begun at this time or later; seconds since 1970.
    case from(Double)
    /// Begun before this time.
    case until(Double)
  }

  public enum Comparison: String, Hashable, Sendable {
    case less = "<"
    case atMost = "<="
    case equal = "="
    case atLeast = ">="
    case more = ">"
  }

  public var terms: [Term] = []
  public var filters: [Filter] = []

  public var isEmpty: Bool { terms.isEmpty && filters.isEmpty }

  /// The names of filters, with what each takes, for help and completion.
  public static let filterNames: [(name: String, takes: String)] = [
    ("model:", "a part of a model's name"), ("session:", "a part of a session's name"),
    ("tag:", "a tag"), ("rating:", "good, bad or none"), ("score:", "1 to 5, also >3"),
    ("cost:", "dollars, as in >0.01"), ("finish:", "stop, length, error, …"),
    ("after:", "a day, or 7d"), ("before:", "a day, or 7d"), ("date:", "a day"),
    ("in:", "prompt, answer, passages or notes"),
  ]
}

/// Why a query can't be understood, as a sentence.
public struct RunQueryError: Error, Hashable, Sendable, CustomStringConvertible {
  public let description: String
}

extension RunQuery {
  /// Reads a line.
  ///
  /// - Parameters:
  ///   - now: seconds since 1970, by which `7d` and `today` go.
  ///   - timeZone: the seconds by which local time is ahead of universal time.
  public init(line: String, now: Double, timeZone: Int = 0) throws(RunQueryError) {
    let calendar = QueryCalendar(now: now, timeZone: Double(timeZone))
    var field: Field?
    let words = Self.words(of: line)
    for (place, word) in words.enumerated() {
      if !word.isQuoted, let colon = word.text.firstIndex(of: ":"),
        colon != word.text.startIndex
      {
        let name = String(word.text[..<colon]).lowercased()
        let value = String(word.text[word.text.index(after: colon)...])
        // A filter whose value is still to be typed asks for nothing yet.
        if Self.filterNames.contains(where: { $0.name == name + ":" }) {
          guard !value.isEmpty else { continue }
          if name == "in" {
            guard let named = Field(rawValue: value) else {
              // While it is typed, a beginning is none yet.
              if Field.allCases.contains(where: { $0.rawValue.hasPrefix(value) }) { continue }
              throw RunQueryError(
                description: "in: takes prompt, answer, passages or notes, not '\(value)'.")
            }
            field = named
          } else {
            filters += try Self.filters(name, value, by: calendar)
          }
          continue
        }
      }
      guard word.text.contains(where: { $0.isLetter || $0.isNumber }) else { continue }
      let isLast = place == words.count - 1 && line.last?.isWhitespace == false
      terms.append(Term(text: word.text, isBeginning: isLast && !word.isQuoted, field: nil))
    }
    if let field {
      for place in terms.indices { terms[place].field = field }
    }
  }

  private static func filters(
    _ name: String, _ value: String, by calendar: QueryCalendar
  ) throws(RunQueryError) -> [Filter] {
    switch name {
    case "model": return [.model(value)]
    case "session": return [.session(value)]
    case "tag": return [.tag(value.hasPrefix("#") ? String(value.dropFirst()) : value)]
    case "finish": return [.finish(value)]
    case "rating":
      switch value {
      case "good": return [.rating(.good)]
      case "bad": return [.rating(.bad)]
      case "none": return [.rating(nil)]
      default:
        if ["good", "bad", "none"].contains(where: { $0.hasPrefix(value) }) { return [] }
        throw RunQueryError(description: "rating: takes good, bad or none, not '\(value)'.")
      }
    case "score", "cost":
      let (comparison, number) = Self.compared(value)
      guard let number else {
        if value == comparison.rawValue { return [] }
        throw RunQueryError(
          description: "\(name): takes a number, as in \(name):>\(name == "cost" ? "0.01" : "3"), "
            + "not '\(value)'.")
      }
      return [name == "score" ? .score(comparison, number) : .cost(comparison, number)]
    default:
      guard let day = calendar.day(value) else {
        if value.allSatisfy({ $0.isNumber || $0 == "-" }) { return [] }
        throw RunQueryError(
          description: "\(name): takes a day as in 2026-11-30, today, yesterday or 7d, "
            + "not '\(value)'.")
      }
      switch name {
      case "after": return [.from(day.lowerBound)]
      case "before": return [.until(day.lowerBound)]
      default: return [.from(day.lowerBound), .until(day.upperBound)]
      }
    }
  }

  private static func compared(_ value: String) -> (Comparison, Double?) {
    for sign in ["<=", ">=", "<", ">", "="] where value.hasPrefix(sign) {
      let number = value.dropFirst(sign.count)
      return (Comparison(rawValue: sign) ?? .equal, Double(number).flatMap(Self.finite))
    }
    return (.equal, Double(value).flatMap(Self.finite))
  }

  private static func finite(_ number: Double) -> Double? {
    number.isFinite && abs(number) < 1e6 ? number : nil
  }

  /// The words of a line; what stands between double quotes is one, also behind a filter's name.
  private static func words(of line: String) -> [(text: String, isQuoted: Bool)] {
    var words: [(text: String, isQuoted: Bool)] = []
    var text = ""
    var isQuoted = false
    var isOpen = false
    func end() {
      if !text.isEmpty { words.append((text, isQuoted)) }
      text = ""
      isQuoted = false
    }
    for character in line {
      if character == "\"" {
        if !isOpen && text.isEmpty { isQuoted = true }
        isOpen.toggle()
      } else if character.isWhitespace, !isOpen {
        end()
      } else {
        text.append(character)
      }
    }
    end()
    return words
  }
}

/// Days as a query names them.
struct QueryCalendar {
  private static let secondsPerDay = 86_400.0
  let now: Double
  /// Seconds by which local time is ahead.
  let timeZone: Double

  /// The seconds since 1970 from a day's first to the next day's; nil for what is no day. `7d` begins
  /// seven days before today.
  func day(_ text: String) -> Range<Double>? {
    let today = ((now + timeZone) / Self.secondsPerDay).rounded(.down)
    if text == "today" { return range(of: today) }
    if text == "yesterday" { return range(of: today - 1) }
    if text.hasSuffix("d"), let count = Int(text.dropLast()), 0...100_000 ~= count {
      return range(of: today - Double(count))
    }
    let parts = text.split(separator: "-", omittingEmptySubsequences: false).map { Int($0) }
    guard parts.count == 3, let year = parts[0], let month = parts[1], let day = parts[2],
      1970...9999 ~= year, 1...12 ~= month, 1...31 ~= day
    else { return nil }
    return range(of: Double(Self.days(year: year, month: month, day: day)))
  }

  private func range(of day: Double) -> Range<Double> {
    let start = day * Self.secondsPerDay - timeZone
    return start..<start + Self.secondsPerDay
  }

  /// Days since 1970 of a date of the Gregorian calendar. The years begin in March, so that the day
  /// that leap years have more is the last one.
  private static func days(year: Int, month: Int, day: Int) -> Int {
    let year = month <= 2 ? year - 1 : year
    let monthFromMarch = (month + 9) % 12
    let dayOfYear = (153 * monthFromMarch + 2) / 5 + day - 1
    return year * 365 + year / 4 - year / 100 + year / 400 + dayOfYear - 719_468
  }
}
