// A piece of a document as a search found it: where it stands in its source, and why it is here.

/// A stretch of a document with its place, its score and the words that were found in it.
public struct Passage: Hashable, Sendable {
  /// Its row in the index; 0 when it isn't in one (read back from a file).
  public var id: Int64
  /// The file: a path, as it was given to the index.
  public var source: String
  /// The document's own name in a file of many: the row's id; nil for a file that is one document.
  public var row: String?
  /// The headings above it, outermost first.
  public var headings: [String]
  /// Its bytes in the source; where the source had to be turned into text, in that text.
  public var bytes: Range<Int>
  /// Its lines in the source, counted from 1, the last included.
  public var lines: ClosedRange<Int>
  /// The page on which it begins, from 1; nil for what has no pages.
  public var page: Int?
  public var text: String
  /// How well it fits the query: larger is better; the scale is the search's own.
  public var score: Double
  /// Where it stands in each leg of the search that found it.
  public var standings: [Leg: Standing]
  /// The words of the query that it holds, as they stand in `text`: UTF-8 offsets.
  public var matches: [Range<Int>]
  /// An estimate of its length in tokens.
  public var tokens: Int

  /// - Parameter tokens: nil estimates them from the text.
  public init(
    id: Int64 = 0, source: String, row: String? = nil, headings: [String] = [],
    bytes: Range<Int>, lines: ClosedRange<Int>, page: Int? = nil, text: String, score: Double = 0,
    standings: [Leg: Standing] = [:], matches: [Range<Int>] = [], tokens: Int? = nil
  ) {
    self.id = id
    self.source = source
    self.row = row
    self.headings = headings
    self.bytes = bytes
    self.lines = lines
    self.page = page
    self.text = text
    self.score = score
    self.standings = standings
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
    var members: JSON.Object = [
      "source": .string(source), "start": .integer(bytes.lowerBound),
      "end": .integer(bytes.upperBound), "score": .number(score), "text": .string(text),
      "headings": .array(headings.map(JSON.string)), "start_line": .integer(lines.lowerBound),
      "end_line": .integer(lines.upperBound), "tokens": .integer(tokens),
      "ranks": .object(
        JSON.Object(legs.map { .init(name: $0.rawValue, value: .integer($1.rank)) })),
      "scores": .object(
        JSON.Object(legs.map { .init(name: $0.rawValue, value: .number($1.score)) })),
      "matches": .array(matches.map { [.integer($0.lowerBound), .integer($0.upperBound)] }),
    ]
    members["row"] = row.map(JSON.string)
    members["page"] = page.map(JSON.integer)
    return .object(members)
  }

  /// Its standings, in the order of the legs.
  private var legs: [(Leg, Standing)] {
    standings.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
  }

  /// The passage that such an object holds; nil when it isn't one.
  public init?(json: JSON) {
    guard let source = json["source"]?.string, let text = json["text"]?.string,
      let start = json["start"]?.integer, let end = json["end"]?.integer, 0 <= start,
      start <= end
    else { return nil }
    let firstLine = max(json["start_line"]?.integer ?? 1, 1)
    self.init(
      source: source, row: json["row"]?.string,
      headings: json["headings"]?.array?.compactMap(\.string) ?? [],
      bytes: start..<end, lines: firstLine...max(firstLine, json["end_line"]?.integer ?? firstLine),
      page: json["page"]?.integer, text: text, score: json["score"]?.double ?? 0,
      standings: (json["ranks"]?.object?.members ?? []).reduce(into: [:]) { standings, member in
        guard let leg = Leg(rawValue: member.name), let rank = member.value.integer else { return }
        let score = json["scores"]?[member.name]?.double ?? 0
        standings[leg] = Standing(rank: rank, score: score)
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
