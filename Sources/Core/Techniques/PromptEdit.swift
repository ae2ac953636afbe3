// A change of a prompt's text as one replacement, so that one undo takes it back.

/// A text to be put in place of a range of a prompt, and what is to be selected in it then.
public struct PromptEdit: Hashable, Sendable {
  /// UTF-8 bytes of the text before the change.
  public let range: Range<Int>
  public let replacement: String
  /// UTF-8 bytes of the text after the change: where the person writes on.
  public let selection: Range<Int>
  /// What was done, as a sentence.
  public let summary: String

  /// The smallest replacement that makes one text of another.
  ///
  /// - Parameter selecting: what is to be selected where it first stands in the replacement; where
  ///   it doesn't, or nil, the end of the replacement is.
  init(of old: String, to new: String, selecting: String? = nil, summary: String) {
    let (before, after) = (Array(old.utf8), Array(new.utf8))
    var start = zip(before, after).prefix { $0 == $1 }.count
    // Never within a scalar: bytes that only continue one look alike in many.
    while start > 0, start < before.count, Self.continues(before[start]) { start -= 1 }
    while start > 0, start < after.count, Self.continues(after[start]) { start -= 1 }
    let room = min(before.count, after.count) - start
    var end = zip(before.reversed(), after.reversed()).prefix { $0 == $1 }.count
    end = min(end, room)
    while end > 0, Self.continues(before[before.count - end]) { end -= 1 }
    range = start..<before.count - end
    replacement = String(decoding: after[start..<after.count - end], as: UTF8.self)
    self.summary = summary
    if let selecting, let place = Self.offset(of: selecting, in: replacement) {
      selection = start + place..<start + place + selecting.utf8.count
    } else {
      selection = after.count - end..<after.count - end
    }
  }

  private static func continues(_ byte: UInt8) -> Bool { byte & 0xC0 == 0x80 }

  private static func offset(of text: String, in whole: String) -> Int? {
    whole.firstRange(of: text).map {
      whole.utf8.distance(from: whole.startIndex, to: $0.lowerBound)
    }
  }
}
