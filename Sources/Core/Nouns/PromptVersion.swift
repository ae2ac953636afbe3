// A prompt as it once was: every text that was run is kept, whatever becomes of its file.

/// One text of a prompt that was run.
public struct PromptVersion: Hashable, Sendable {
  public var summary: VersionSummary
  /// Byte for byte as it was run, so that it can be put back.
  public var text: String

  public init(_ summary: VersionSummary, text: String) {
    self.summary = summary
    self.text = text
  }

  public var hash: String { summary.hash }
  public var label: String { summary.label }
}

/// A version without its text, as lists show it.
public struct VersionSummary: Hashable, Sendable {
  /// The `ContentHash` of the text.
  public var hash: String
  /// What the prompt's draft is kept under.
  public var prompt: String
  /// From 1 among the versions of the prompt, in the order of their first runs.
  public var number: Int
  /// When it was first run; seconds since 1970.
  public var createdAt: Double
  /// The hash of the version that it was made from; nil for the first, or where nobody knows.
  public var parent: String?
  /// The first words of what is new in it.
  public var change: String
  /// What a person called it.
  public var name: String?
  public var note: String
  public var score: VersionScore

  public init(
    hash: String, prompt: String, number: Int, createdAt: Double, parent: String? = nil,
    change: String = "", name: String? = nil, note: String = "",
    score: VersionScore = VersionScore()
  ) {
    self.hash = hash
    self.prompt = prompt
    self.number = number
    self.createdAt = createdAt
    self.parent = parent
    self.change = change
    self.name = name
    self.note = note
    self.score = score
  }

  /// How lists and columns call it: `v3`, and its name where it has one.
  public var label: String { name.map { "v\(number) \($0)" } ?? "v\(number)" }
}

/// What a version scored so far.
public struct VersionScore: Hashable, Sendable {
  public var runCount: Int
  /// Runs whose answers a person rated good.
  public var goodCount: Int
  /// Runs whose answers a person rated bad.
  public var badCount: Int

  public init(runCount: Int = 0, goodCount: Int = 0, badCount: Int = 0) {
    self.runCount = runCount
    self.goodCount = goodCount
    self.badCount = badCount
  }

  /// `5 runs · 2+ 1−`; empty where it was never run.
  public var words: String {
    guard runCount > 0 else { return "" }
    let runs = runCount == 1 ? "1 run" : "\(Numbers.grouped(runCount)) runs"
    let good = goodCount > 0 ? "\(goodCount)+" : ""
    let bad = badCount > 0 ? "\(badCount)−" : ""
    let ratings = [good, bad].filter { !$0.isEmpty }.joined(separator: " ")
    return ratings.isEmpty ? runs : "\(runs) · \(ratings)"
  }
}

/// What a person thinks of an answer.
public enum Rating: Int, Hashable, Sendable {
  case good = 1
  case bad = -1

  /// How it is written in files.
  public var word: String { self == .good ? "good" : "bad" }

  public init?(word: String) {
    switch word {
    case "good": self = .good
    case "bad": self = .bad
    default: return nil
    }
  }

  /// One cell: `+` or `−`.
  public var sign: String { self == .good ? "+" : "−" }
}

extension WordDiff {
  /// The first words that are new in a prompt's template; in its front matter, where the template is
  /// the same.
  public static func beginning(from old: String, to new: String) -> String {
    let beginning = WordDiff(from: template(of: old), to: template(of: new)).beginning
    return beginning.isEmpty ? WordDiff(from: old, to: new).beginning : beginning
  }

  private static func template(of text: String) -> String {
    let bytes = Array(text.utf8)
    return FrontMatter(of: bytes).map { String(decoding: bytes[$0.body], as: UTF8.self) } ?? text
  }

  /// The first words of what is new, or of what is gone where nothing is, on one line.
  public var beginning: String {
    let added = pieces.lazy.filter { $0.kind == .added }
    let removed = pieces.lazy.filter { $0.kind == .removed }
    if let text = added.compactMap({ Self.line(of: $0.text) }).first { return text }
    return removed.compactMap { Self.line(of: $0.text) }.first.map { "without " + $0 } ?? ""
  }

  private static func line(of text: String) -> String? {
    let lines = text.split(whereSeparator: \.isNewline).lazy.filter {
      $0.contains { $0.isLetter || $0.isNumber }
    }
    // Tags alone, such as that of a role, say little.
    let line = lines.first { !isTag($0) } ?? lines.first
    return line.map { line in
      var line = line.drop(while: \.isWhitespace).prefix(longestBeginning)
      while line.last?.isWhitespace == true { line.removeLast() }
      return String(line)
    }
  }

  private static func isTag(_ line: Substring) -> Bool {
    let tag = line.drop(while: \.isWhitespace)
    guard tag.hasPrefix("{{"), let end = tag.firstRange(of: "}}") else { return false }
    return tag[end.upperBound...].allSatisfy(\.isWhitespace)
  }

  /// Characters.
  private static let longestBeginning = 60
}
