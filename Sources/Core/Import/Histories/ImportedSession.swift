// One session made of another program's history. Its runs are made one at a time when they are
// asked for: each holds all that its model was given, which together can be far more than the
// history itself.

/// A conversation, or an evaluation, on its way into the store.
public struct ImportedSession {
  public var session: Session
  /// What was left out or changed, and where.
  public var notes: [ImportNote]
  /// Moments that have a name there, or should have one here.
  public var branches: [Branch] = []
  /// How many runs it has.
  public let count: Int
  private let answer: (Int) -> ImportedAnswer

  /// - Parameter answer: the answer of a number from 0, after those that it goes on from.
  init(
    _ session: Session, count: Int, notes: [ImportNote] = [],
    answer: @escaping (Int) -> ImportedAnswer
  ) {
    self.session = session
    self.notes = notes
    self.count = count
    self.answer = answer
  }

  init(_ session: Session, _ answers: [ImportedAnswer], notes: [ImportNote] = []) {
    self.init(session, count: answers.count, notes: notes) { answers[$0] }
  }

  /// A run by its number from 0; those that it goes on from have smaller ones.
  ///
  /// What has no time of its own begins with its session, a millisecond after the one before.
  public func run(_ number: Int) -> RecordedRun {
    answer(number).recorded(
      in: session.id, at: session.createdAt + Double(number) / 1000)
  }
}

extension ImportedSession {
  /// A name that fits a line of a list: the first line of a text, cut at a hundred characters.
  static func name(_ text: String, else fallback: String) -> String {
    let line = text.split(whereSeparator: \.isNewline).lazy
      .map { $0.split(whereSeparator: \.isWhitespace).joined(separator: " ") }
      .first { !$0.isEmpty }
    guard let line else { return fallback }
    return line.count > 100 ? line.prefix(99) + "…" : line
  }
}
