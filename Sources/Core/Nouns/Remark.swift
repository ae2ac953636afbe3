// What a person says of an answer beside good and bad. The two are kept apart: good and bad choose
// examples and count for versions of a prompt, a score tells good answers from better ones.

/// A score, a note and tags.
public struct Remark: Hashable, Sendable {
  /// From 1 to 5, 5 for the best; nil for none.
  public var score: Int?
  /// One line; empty for none.
  public var note: String
  /// In the order in which they were given, each once.
  public var tags: [String]

  /// What a score may be.
  public static let scores = 1...5
  /// The longest note, in bytes.
  public static let longestNote = 10_000
  /// As many tags as an answer may have, each of at most `longestTag` bytes.
  public static let mostTags = 50
  public static let longestTag = 100

  /// What can't be a score or a tag is left out; white space and control characters become single spaces.
  public init(score: Int? = nil, note: String = "", tags: [String] = []) {
    self.score = score.flatMap { Self.scores.contains($0) ? $0 : nil }
    self.note = Self.line(note, longest: Self.longestNote)
    var seen: Set<String> = []
    self.tags = Array(
      tags.map { Self.line($0, longest: Self.longestTag) }
        .filter { !$0.isEmpty && seen.insert($0).inserted }.prefix(Self.mostTags))
  }

  public var isEmpty: Bool { self == Remark() }

  /// The tags of a line, which commas divide.
  public static func tags(in line: String) -> [String] {
    Remark(tags: line.split(separator: ",").map(String.init)).tags
  }

  /// `4/5 · #wrong #short · It says thirty days.`; empty where nothing is said.
  public var words: String {
    let parts = [
      score.map { "\($0)/5" } ?? "", tags.map { "#\($0)" }.joined(separator: " "), note,
    ]
    return parts.filter { !$0.isEmpty }.joined(separator: " · ")
  }

  private static func line(_ text: String, longest: Int) -> String {
    let words = text.split { character in
      character.isWhitespace
        || character.unicodeScalars.contains { $0.properties.generalCategory == .control }
    }
    var line = words.joined(separator: " ")
    while line.utf8.count > longest { line.removeLast() }
    return line
  }
}

extension Remark {
  /// As session files and the store have it.
  public var json: JSON.Object {
    [
      "score": score.map(JSON.integer) ?? .null, "note": .string(note),
      "tags": .array(tags.map(JSON.string)),
    ]
  }

  /// The remark that such an object holds; nil where a part of it is of the wrong kind.
  public init?(json: JSON) {
    if let score = json["score"], !score.isNull {
      guard let score = score.integer, Self.scores.contains(score) else { return nil }
    }
    if let note = json["note"], !note.isNull, note.string == nil { return nil }
    let tags = json["tags"]?.array ?? []
    guard tags.allSatisfy({ $0.string != nil }) else { return nil }
    self.init(
      score: json["score"]?.integer, note: json["note"]?.string ?? "",
      tags: tags.compactMap(\.string))
  }
}
