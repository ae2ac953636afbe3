// A conversation as a message a line, `{"role", "content"}`, in a file of JSON Lines or in a list.

/// The messages of one file, which are one session.
public struct MessageLines {
  private var tree = MessageTree()
  private var last: Int?
  private var key: Identifier
  private var session: Session

  public static func isOne(_ value: JSON) -> Bool {
    value["role"]?.string != nil && value["content"] != nil
  }

  /// - Parameters:
  ///   - first: the first message, which names the conversation.
  ///   - name: what the session is to be called.
  ///   - time: when it began, in seconds since 1970, where the messages don't tell.
  public init(first: JSON, name: String, at time: Double) {
    key = ImportedIdentifier.of("conversation", first.text)
    session = Session(id: key, name: name, createdAt: Self.time(of: first) ?? time)
  }

  /// Takes the next message. Throws `ImportError` for what is none.
  ///
  /// - Parameter place: what the error calls it.
  public mutating func append(_ json: JSON, place: String) throws(ImportError) {
    guard let message = ImportedMessages.message(json) else {
      throw ImportError("\(place): this is no message, whose 'role' says who speaks.")
    }
    key = ImportedIdentifier.of(key, json.text)
    var answer: ImportedAnswer?
    if message.role == .assistant {
      var read = ImportedAnswer(
        id: key, origin: RunOrigin(program: "messages", id: json["id"]?.string),
        model: .unnamed(json["model"]?.string))
      ImportedMessages.fill(&read, from: json)
      read.startedAt = Self.time(of: json)
      guard read.size <= ImportedAnswer.longestText else {
        throw ImportError("\(place): the answer is longer than any that could be replayed.")
      }
      answer = read.isEmpty ? nil : read
    }
    last = tree.append(after: last, message, answer: answer)
  }

  /// The session of what was taken. Throws `ImportError` where none of it is an answer.
  public func imported(place: String) throws(ImportError) -> ImportedSession {
    guard !tree.answers.isEmpty else {
      throw ImportError("\(place): none of its messages is an answer.")
    }
    return tree.session(session)
  }

  private static func time(of json: JSON) -> Double? {
    (json["created_at"] ?? json["timestamp"] ?? json["time"])?.importedTime
  }
}
