// Files of JSON Lines in which each line is an answer with what it was asked. Lines are read one by
// one, so that a file can have any number of them.

/// The lines of one file, which are one session.
public struct AnswerLines {
  public private(set) var session: Session
  private typealias Reader = (JSON, Identifier, String) throws(ImportError) -> ImportedAnswer
  private let read: Reader
  /// How often each line was there.
  private var counts: [String: Int] = [:]
  private var number = 0

  /// Whether a value is an answer of one of the known shapes.
  public static func areMade(of value: JSON) -> Bool { reader(of: value) != nil }

  private static func reader(of value: JSON) -> Reader? {
    if PromptfooResult.isOne(value) { return PromptfooResult.answer }
    if ImportedCompletion.isOne(value) { return ImportedCompletion.answer }
    if ImportedDialogue.isOne(value) { return ImportedDialogue.answer }
    return nil
  }

  /// - Parameters:
  ///   - first: the first line; nil comes back where it is none of these.
  ///   - name: what the session is to be called.
  ///   - time: when it began, in seconds since 1970, where the first line doesn't tell.
  public init?(first: JSON, name: String, at time: Double) {
    guard let read = Self.reader(of: first) else { return nil }
    self.read = read
    // The first line names the file: it stays when others are added.
    let id = ImportedIdentifier.of("lines", first.text)
    let answer = try? read(first, id, "")
    session = Session(id: id, name: name, createdAt: answer?.startedAt ?? time)
  }

  /// The run that a line is. Throws `ImportError` for one that holds no answer.
  ///
  /// - Parameter place: what the error calls the line.
  public mutating func run(of line: JSON, place: String) throws(ImportError) -> RecordedRun {
    let text = line.text
    let answer = try read(line, ImportedIdentifier.of(session.id, text), place)
    guard answer.size <= ImportedAnswer.longestText else {
      throw ImportError("\(place): the answer is longer than any that could be replayed.")
    }
    return recorded(answer, text)
  }

  private mutating func recorded(_ answer: ImportedAnswer, _ text: String) -> RecordedRun {
    var answer = answer
    answer.batch = answer.batch.map { ImportedIdentifier.of(session.id, $0) }
    let count = counts[answer.id, default: 0]
    counts[answer.id] = count + 1
    if count > 0 { answer.id = ImportedIdentifier.of(session.id, text, "\(count)") }
    number += 1
    return answer.recorded(in: session.id, at: session.createdAt + Double(number - 1) / 1000)
  }
}
