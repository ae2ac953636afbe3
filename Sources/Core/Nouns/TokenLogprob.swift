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
  /// The natural logarithm of its probability: 0 or less.
  public var logprob: Double
  /// The likeliest tokens at this place, the chosen one often among them; likeliest first.
  public var top: [Candidate]

  public init(token: String, logprob: Double, top: [Candidate] = []) {
    self.token = token
    self.logprob = logprob
    self.top = top
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
