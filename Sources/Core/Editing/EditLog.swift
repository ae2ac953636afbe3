// The changes of a text in their order, so that a long history costs no more than a short one: a
// copy shares all but the last few, and what was kept of it before is told by one number.

/// Edits by their numbers, each with a stamp that stands for it and all that came before.
///
/// Of more than `capacity` the oldest are dropped; the others keep their numbers.
public struct EditLog: Sendable {
  /// An edit in its place.
  public struct Entry: Hashable, Sendable {
    public var edit: Edit
    /// The same edit after the same ones has the same stamp, in any program.
    public var stamp: Int
  }

  /// All but the last hold `chunkLength` entries; those of dropped edits are emptied.
  private var chunks: [[Entry]] = []
  /// The number of the first chunk's first entry.
  private var base: Int
  /// The number of the first edit that is kept.
  public private(set) var start: Int
  /// The number that the next edit gets.
  public private(set) var end: Int
  /// The stamp of the edit before the first.
  public private(set) var seed: Int
  /// Bytes, by `weight(of:)`.
  private var size = 0
  private let capacity: Int

  private static let chunkLength = 512

  /// Bytes of edits that are kept: half a million of typed words, or 64 MB of what was pasted.
  public static let standardCapacity = 64 << 20

  /// A log without edits.
  ///
  /// - Parameters:
  ///   - start: how many edits were dropped before.
  ///   - seed: the stamp of the last of those.
  ///   - capacity: bytes; the last edit is kept, however long it is.
  public init(start: Int = 0, seed: Int = 0, capacity: Int = Self.standardCapacity) {
    base = start
    self.start = start
    end = start
    self.seed = seed
    self.capacity = capacity
  }

  public var isEmpty: Bool { start == end }

  /// The stamp of the last edit, which stands for the whole log.
  public var stamp: Int { stamp(before: end) }

  /// The entry of a number from `start` up to `end`.
  public subscript(number: Int) -> Entry {
    let place = number - base
    return chunks[place / Self.chunkLength][place % Self.chunkLength]
  }

  /// The stamp of the edit before a number from `start` up to and including `end`.
  public func stamp(before number: Int) -> Int {
    number == start ? seed : self[number - 1].stamp
  }

  public mutating func append(_ edit: Edit) {
    let entry = Entry(edit: edit, stamp: edit.stamp(after: stamp))
    if let last = chunks.indices.last, chunks[last].count < Self.chunkLength {
      chunks[last].append(entry)
    } else {
      chunks.append([entry])
    }
    end += 1
    size += Self.weight(of: edit)
    while size > capacity, end - start > 1 { dropFirst() }
  }

  /// Drops all edits from a number on.
  public mutating func truncate(to number: Int) {
    while end > max(number, start), let last = chunks.indices.last {
      guard let entry = chunks[last].popLast() else { break }
      if chunks[last].isEmpty { chunks.removeLast() }
      size -= Self.weight(of: entry.edit)
      end -= 1
    }
    if isEmpty {
      chunks = []
      base = start
    }
  }

  private mutating func dropFirst() {
    let entry = self[start]
    size -= Self.weight(of: entry.edit)
    seed = entry.stamp
    let nowhere = Edit(
      start: .start, removed: "", inserted: "", cursorBefore: .start, cursorAfter: .start)
    chunks[0][start - base] = Entry(edit: nowhere, stamp: entry.stamp)
    start += 1
    if start - base == Self.chunkLength {
      chunks.removeFirst()
      base = start
    }
  }

  /// What an edit takes in memory, in bytes, more or less.
  private static func weight(of edit: Edit) -> Int {
    MemoryLayout<Entry>.stride + edit.removed.utf8.count + edit.inserted.utf8.count
  }
}

/// A stamp stands for all edits up to it, so that none has to be compared.
extension EditLog: Hashable {
  public static func == (a: Self, b: Self) -> Bool {
    a.start == b.start && a.end == b.end && a.seed == b.seed && a.stamp == b.stamp
  }

  public func hash(into hasher: inout Hasher) {
    hasher.combine(end)
    hasher.combine(stamp)
  }
}

extension Edit {
  /// A number for the edit and all that came before: FNV-1a
  /// (datatracker.ietf.org/doc/draft-eastlake-fnv), 64 bits.
  ///
  /// - Parameter previous: the stamp of the edit before; 0 for the first.
  func stamp(after previous: Int) -> Int {
    var hash = FNV1a()
    let flags = (isTyped ? 1 : 0) | (continuesChange ? 2 : 0)
    let numbers = [
      previous, start.line, start.offset, cursorBefore.line, cursorBefore.offset, cursorAfter.line,
      cursorAfter.offset, anchorBefore?.line ?? -1, anchorBefore?.offset ?? -1, flags,
      removed.utf8.count,
    ]
    for number in numbers { hash.combine(number) }
    hash.combine(removed)
    hash.combine(inserted)
    return Int(truncatingIfNeeded: hash.value)
  }
}

private struct FNV1a {
  private(set) var value: UInt64 = 0xCBF2_9CE4_8422_2325

  mutating func combine(_ number: Int) {
    withUnsafeBytes(of: number.littleEndian) { combine($0) }
  }

  mutating func combine(_ text: String) {
    var text = text
    text.withUTF8 { combine(UnsafeRawBufferPointer($0)) }
  }

  private mutating func combine(_ bytes: UnsafeRawBufferPointer) {
    var value = value
    for byte in bytes { value = (value ^ UInt64(byte)) &* 0x100_0000_01B3 }
    self.value = value
  }
}
