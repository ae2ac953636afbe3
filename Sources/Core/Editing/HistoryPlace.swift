// Where a history is kept and where its text stands in it: enough to find it again, and to go on
// editing before its edits have been read. It holds no edits.

/// Where in its history a text stands. A history whose text or whose edits are not the ones it
/// tells of is dropped: undo would make a third text of them.
public struct HistoryPlace: Hashable, Sendable {
  /// The name of the draft whose history it is.
  public var draft: String
  /// The numbers of the edits that are kept, and the stamp of the one before them.
  public var start: Int
  public var seed: Int
  public var end: Int
  /// The stamp of the last edit.
  public var stamp: Int
  /// The number of the edit that redo does next.
  public var position: Int
  /// Of the text as it is at the position, by `ContentHash`.
  public var textHash: String

  public init(of history: EditHistory, in draft: String, textHash: String) {
    let log = history.log
    (start, seed, stamp, end) = (log.start, log.seed, log.stamp, log.end)
    position = history.position
    self.draft = draft
    self.textHash = textHash
  }

  /// The place that such an object holds; nil when it isn't one.
  public init?(json: JSON, draft: String) {
    guard let start = json["start"]?.integer, let seed = json["seed"]?.integer,
      let stamp = json["stamp"]?.integer, let end = json["end"]?.integer,
      let position = json["position"]?.integer, let textHash = json["text_hash"]?.string,
      0 <= start, start <= position, position <= end
    else { return nil }
    (self.start, self.seed, self.stamp, self.end) = (start, seed, stamp, end)
    (self.position, self.textHash, self.draft) = (position, textHash, draft)
  }

  /// Everything but the draft's name, under which it is kept.
  public var json: JSON {
    [
      "start": .integer(start), "seed": .integer(seed), "stamp": .integer(stamp),
      "end": .integer(end), "position": .integer(position), "text_hash": .string(textHash),
    ]
  }
}
