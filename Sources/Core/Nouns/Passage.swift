// A piece of a document as a search found it: where it stands in its source, and why it is here.

/// A stretch of a document with its place, its score and the words that were found in it.
public struct Passage: Hashable, Sendable {
  /// Its row in the index; 0 when it isn't in one (read back from a file).
  public var id: Int64
  /// The document: a path, as it was given to the index.
  public var source: String
  /// The headings above it, outermost first.
  public var headings: [String]
  /// Its bytes in the source.
  public var bytes: Range<Int>
  /// Its lines in the source, counted from 1, the last included.
  public var lines: ClosedRange<Int>
  public var text: String
  /// How well it fits the query: larger is better; the scale is the search's own.
  public var score: Double
  /// Its place in each leg of the search that found it, from 1, by the leg's name ("bm25").
  public var ranks: [String: Int]
  /// The words of the query that it holds, as they stand in `text`: UTF-8 offsets.
  public var matches: [Range<Int>]
  /// An estimate of its length in tokens.
  public var tokens: Int

  /// - Parameter tokens: nil estimates them from the text.
  public init(
    id: Int64 = 0, source: String, headings: [String] = [], bytes: Range<Int>,
    lines: ClosedRange<Int>, text: String, score: Double = 0, ranks: [String: Int] = [:],
    matches: [Range<Int>] = [], tokens: Int? = nil
  ) {
    self.id = id
    self.source = source
    self.headings = headings
    self.bytes = bytes
    self.lines = lines
    self.text = text
    self.score = score
    self.ranks = ranks
    self.matches = matches
    self.tokens = tokens ?? TokenEstimate.tokens(in: text)
  }
}

extension Passage {
  /// `returns.md › Refunds · 12-40`: its title and lines.
  public var label: String { "\(title) · \(lineSpan)" }

  /// `returns.md › Refunds`: the source's file name and the innermost heading.
  public var title: String {
    let name = source.split(separator: "/").last.map(String.init) ?? source
    return ([name] + headings.suffix(1)).joined(separator: " › ")
  }

  /// `12-40`: its first and last line, or the only one.
  public var lineSpan: String {
    lines.count == 1 ? "\(lines.lowerBound)" : "\(lines.lowerBound)-\(lines.upperBound)"
  }

  /// The form in which runs are printed, stored and shared: `start` and `end` are bytes.
  public var json: JSON {
    [
      "source": .string(source), "start": .integer(bytes.lowerBound),
      "end": .integer(bytes.upperBound), "score": .number(score), "text": .string(text),
      "headings": .array(headings.map(JSON.string)), "start_line": .integer(lines.lowerBound),
      "end_line": .integer(lines.upperBound), "tokens": .integer(tokens),
      "ranks": .object(
        JSON.Object(
          ranks.sorted { $0.key < $1.key }.map { .init(name: $0.key, value: .integer($0.value)) })),
      "matches": .array(matches.map { [.integer($0.lowerBound), .integer($0.upperBound)] }),
    ]
  }

  /// The passage that such an object holds; nil when it isn't one.
  public init?(json: JSON) {
    guard let source = json["source"]?.string, let text = json["text"]?.string,
      let start = json["start"]?.integer, let end = json["end"]?.integer, 0 <= start,
      start <= end
    else { return nil }
    let firstLine = max(json["start_line"]?.integer ?? 1, 1)
    self.init(
      source: source, headings: json["headings"]?.array?.compactMap(\.string) ?? [],
      bytes: start..<end, lines: firstLine...max(firstLine, json["end_line"]?.integer ?? firstLine),
      text: text, score: json["score"]?.double ?? 0,
      ranks: (json["ranks"]?.object?.members ?? []).reduce(into: [:]) {
        $0[$1.name] = $1.value.integer
      },
      matches: (json["matches"]?.array ?? []).compactMap { pair in
        guard let start = pair[0]?.integer, let end = pair[1]?.integer, 0 <= start, start <= end,
          end <= text.utf8.count
        else { return nil }
        return start..<end
      },
      tokens: json["tokens"]?.tokenCount)
  }
}
