// What makes a passage the same one in two searches, also where an index has it under another number.

/// Where a passage is from. It is the same in every search, whatever the index calls it.
public struct PassageOrigin: Hashable, Sendable {
  /// The file.
  public var source: String
  /// The row's id, in a file of many documents.
  public var row: String?
  public var bytes: Range<Int>
}

extension Passage {
  public var origin: PassageOrigin { PassageOrigin(source: source, row: row, bytes: bytes) }
}
