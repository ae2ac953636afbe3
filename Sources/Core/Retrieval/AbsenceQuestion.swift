// What somebody misses among the passages of a prompt, as it is typed in one line. Which file is
// meant, only an index can tell: a line has several readings.

/// What is missed: a file, a line of one, or a phrase.
public struct AbsenceQuestion: Hashable, Sendable {
  /// One way to read it; what is nil doesn't count.
  public struct Reading: Hashable, Sendable {
    /// A file by its path, or by the end of that.
    public var source: String?
    /// From 1.
    public var line: Int?
    public var phrase: String?

    public init(source: String? = nil, line: Int? = nil, phrase: String? = nil) {
      self.source = source
      self.line = line
      self.phrase = phrase
    }
  }

  public var text: String

  /// - Parameter text: `returns.md`, `returns.md:12`, `"thirty days"`, or a phrase that is no file's
  ///   name, without its quotes.
  public init(_ text: String) { self.text = text }

  /// What it can mean, the likeliest first; empty where nothing was typed.
  public var readings: [Reading] {
    let words = text.trimmed
    guard !words.isEmpty else { return [] }
    if let quoted = words.quoted { return quoted.isEmpty ? [] : [Reading(phrase: quoted)] }
    let name = words.hasPrefix("./") ? String(words.dropFirst(2)) : words
    let whole = [Reading(source: name), Reading(phrase: words)]
    guard let colon = name.lastIndex(of: ":"), colon > name.startIndex else { return whole }
    // `returns.md:12-40`, as passages are labelled, means where it begins.
    let place = name[name.index(after: colon)...].prefix { $0 != "-" }
    guard let line = Int(place), line > 0 else { return whole }
    return [Reading(source: String(name[..<colon]), line: line)] + whole
  }
}

extension String {
  fileprivate var trimmed: String {
    var rest = self[...].drop { $0.isWhitespace }
    while rest.last?.isWhitespace == true { rest.removeLast() }
    return String(rest)
  }

  /// What stands between quotes; nil for a text without them.
  fileprivate var quoted: String? {
    for (opening, closing) in [("\"", "\""), ("“", "”"), ("'", "'")] as [(Character, Character)] {
      if count >= 2, first == opening, last == closing {
        return String(dropFirst().dropLast()).trimmed
      }
    }
    return nil
  }
}
