import Core

// What the events of a run look like, a row each or more.

/// A row of the list of a run's wire events.
public struct WireRow: Hashable, Sendable {
  /// What a stretch of a row is.
  public enum Kind: Hashable, Sendable {
    /// Bytes of the response as text.
    case body
    /// The symbols of line ends.
    case lineEnd
    /// The numbers of bytes that are no UTF-8.
    case invalid
    /// A request, or the head of a response.
    case exchange
    /// An end in good order.
    case success
    /// A try that failed, and an end that was chosen.
    case warning
    case failure
  }

  /// A stretch of a row that looks the same.
  public struct Piece: Hashable, Sendable {
    public var text: String
    public var kind: Kind
  }

  /// The place of its event among those of the run, from 0.
  public var event: Int
  /// When the event came, in milliseconds since the run began; nil in all but its first row.
  public var time: Double?
  public var pieces: [Piece]
}

/// Points and stretches of time beside and in what tells of the wire.
public enum WireTime {
  /// When something happened, from milliseconds since its run began: `+0.412s`.
  public static func stamp(_ milliseconds: Double) -> String {
    let milliseconds = Int(max(0, min(milliseconds, 9_999_999_999)).rounded())
    let fraction = String(1000 + milliseconds % 1000).dropFirst()
    return "+\(milliseconds / 1000).\(fraction)s"
  }

  /// How long something takes, from milliseconds: `2 s`, `0.4 s`.
  public static func span(_ milliseconds: Double) -> String {
    let tenths = Int((max(0, min(milliseconds, 9_999_999_999)) / 100).rounded())
    return tenths % 10 == 0 ? "\(tenths / 10) s" : "\(tenths / 10).\(tenths % 10) s"
  }
}
