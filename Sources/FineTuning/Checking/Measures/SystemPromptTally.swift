// Which system prompts there are, and how often. They can be long, and as many as examples: of each only
// its beginning is kept, and of very many different ones only their number.

/// The system prompts of a set.
public struct SystemPromptTally: Hashable, Sendable {
  /// Different prompts that are told apart.
  public static let mostPrompts = 5000

  public struct Entry: Hashable, Sendable {
    public var count: Int
    /// Where it comes first.
    public var line: Int
    /// How it begins, in one line; empty for examples that have no system prompt.
    public var beginning: String
  }

  private var entries: [UInt64: Entry] = [:]
  /// Examples whose prompt is none of those that are told apart.
  public private(set) var others = 0

  public init() {}

  mutating func add(_ prompt: String?, line: Int) {
    let key = prompt.map(TextKey.of) ?? 0
    if entries[key] != nil {
      entries[key]?.count += 1
    } else if entries.count < Self.mostPrompts {
      let beginning = (prompt ?? "").prefix(80).split { $0.isNewline }.joined(separator: " ")
      entries[key] = Entry(count: 1, line: line, beginning: beginning)
    } else {
      others += 1
    }
  }

  /// Adds what was counted in the lines after these.
  mutating func merge(_ later: SystemPromptTally) {
    for (key, entry) in later.entries.sorted(by: { $0.value.line < $1.value.line }) {
      if entries[key] != nil {
        entries[key]?.count += entry.count
      } else if entries.count < Self.mostPrompts {
        entries[key] = entry
      } else {
        others += entry.count
      }
    }
    others += later.others
  }

  /// The most frequent first; of equal ones the one that came first.
  public var ranked: [Entry] {
    entries.values.sorted { $0.count != $1.count ? $0.count > $1.count : $0.line < $1.line }
  }
}

/// Names a text by 64 bits, for tables in memory; two texts with one name are as good as never met.
enum TextKey {
  /// Never 0.
  static func of(_ text: String) -> UInt64 {
    var text = text
    return text.withUTF8 { bytes in
      var key = 0x9E37_79B9_7F4A_7C15 ^ UInt64(bytes.count)
      var place = 0
      while place < bytes.count {
        var word: UInt64 = 0
        let end = min(place + 8, bytes.count)
        while place < end {
          word = word << 8 | UInt64(bytes[place])
          place += 1
        }
        // The finish of SplitMix64 (Steele, Lea and Flood, 2014).
        key = (key ^ word) &* 0xBF58_476D_1CE4_E5B9
        key = (key ^ (key >> 29)) &* 0x94D0_49BB_1331_11EB
        key ^= key >> 32
      }
      return key | 1
    }
  }
}
