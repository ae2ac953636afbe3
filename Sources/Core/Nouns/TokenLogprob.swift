// How likely the model found the tokens that it wrote.

/// A token of the answer with its log probability, and the likeliest others at its place.
public struct TokenLogprob: Hashable, Sendable {
  /// A token that could stand at a place.
  public struct Candidate: Hashable, Sendable {
    public var token: String
    /// The natural logarithm of its probability: 0 or less.
    public var logprob: Double

    public init(token: String, logprob: Double) {
      self.token = token
      self.logprob = logprob
    }
  }

  public var token: String
  /// Its bytes where `token` can't hold them: those of a part of a character. Nil else.
  public var bytes: [UInt8]?
  /// The natural logarithm of its probability: 0 or less.
  public var logprob: Double
  /// The likeliest tokens at this place, the chosen one often among them; likeliest first.
  public var top: [Candidate]

  /// - Parameter bytes: as the server tells them; nil where it doesn't.
  public init(token: String, bytes: [UInt8]? = nil, logprob: Double, top: [Candidate] = []) {
    self.token = token
    self.bytes = bytes.flatMap { $0.elementsEqual(token.utf8) ? nil : $0 }
    self.logprob = logprob
    self.top = top
  }
}

extension TokenLogprob {
  /// What it adds to the text, in UTF-8.
  var spelling: [UInt8] { bytes ?? Array(token.utf8) }
}

extension JSON {
  /// A list of bytes, each a number; nil when it isn't one.
  public var bytes: [UInt8]? {
    guard let items = array else { return nil }
    let bytes = items.compactMap { $0.integer.flatMap(UInt8.init(exactly:)) }
    return bytes.count == items.count ? bytes : nil
  }
}

extension TokenLogprob.Candidate {
  /// `{"token":…,"logprob":…}`.
  var json: JSON { ["token": .string(token), "logprob": .number(logprob)] }

  /// The candidate that such an object holds, as servers write it, too; nil when it isn't one.
  public init?(json: JSON) {
    guard let token = json["token"]?.string, let logprob = json["logprob"]?.double else {
      return nil
    }
    self.init(token: token, logprob: logprob)
  }
}
