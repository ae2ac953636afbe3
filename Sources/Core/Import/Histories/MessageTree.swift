// A conversation as a tree: every message follows another, and some of them are answers. What each
// answer's model was given is the way to it from the root.

/// Messages by their numbers; a parent's is smaller than its children's.
struct MessageTree {
  private struct Node {
    var parent: Int?
    var message: Message?
    /// The answer, by its number, that is nearest on the way to the root, itself among them.
    var nearestAnswer: Int?
  }

  private var nodes: [Node] = []
  /// The answers in order, each with its node; without their messages.
  private(set) var answers: [(node: Int, answer: ImportedAnswer)] = []

  /// What an answer has of the messages before it, at most: a session's size would else grow with
  /// the square of its length.
  static let mostMessages = 500
  static let mostBytes = 256 << 10

  /// Adds a message behind another, and gives its number.
  ///
  /// - Parameters:
  ///   - parent: the number of the message that it follows; nil for the first of a conversation.
  ///   - message: what those that follow are given of it; nil where no model is given it.
  ///   - answer: what it is, where it is an answer; its own parent counts where none leads to it.
  @discardableResult
  mutating func append(
    after parent: Int?, _ message: Message?, answer: ImportedAnswer? = nil
  ) -> Int {
    var node = Node(parent: parent, message: message)
    node.nearestAnswer = parent.flatMap { nodes[$0].nearestAnswer }
    if var answer {
      if let nearest = node.nearestAnswer.map({ answers[$0].answer }) {
        answer.parent = nearest.id
        // Where nobody knows when, it was a millisecond later.
        answer.startedAt = answer.startedAt ?? nearest.startedAt.map { $0 + 0.001 }
      }
      node.nearestAnswer = answers.count
      answers.append((nodes.count, answer))
    }
    nodes.append(node)
    return nodes.count - 1
  }

  /// Whether two answers go on from the same one, or begin it both.
  var forks: Bool { Set(answers.map(\.answer.parent)).count < answers.count }

  /// The answer that is nearest on the way from a message to the root, itself among them.
  func answer(nearest number: Int) -> ImportedAnswer? {
    nodes[number].nearestAnswer.map { answers[$0].answer }
  }

  /// An answer by its number from 0, with the messages that lead to it.
  func answer(_ number: Int) -> ImportedAnswer {
    var (node, answer) = answers[number]
    let (messages, leftOut) = messages(before: node)
    answer.messages = messages
    if leftOut > 0 {
      answer.origin.details["earlier_messages_left_out"] = .integer(leftOut)
    }
    return answer
  }

  /// The session of all answers.
  func session(_ session: Session, notes: [ImportNote] = []) -> ImportedSession {
    ImportedSession(session, count: answers.count, notes: notes, answer: answer)
  }

  /// The messages from the root to a node; of a long way the last ones, and the system's.
  private func messages(before number: Int) -> (messages: [Message], leftOut: Int) {
    var reversed: [Message] = []
    var (bytes, leftOut) = (0, 0)
    var next = nodes[number].parent
    while let number = next {
      next = nodes[number].parent
      guard let message = nodes[number].message else { continue }
      let size = message.parts.reduce(0) { $0 + $1.size }
      let fits = reversed.count < Self.mostMessages && bytes + size <= Self.mostBytes
      // The message that is answered is never left out, nor what stands above all.
      if reversed.isEmpty || (fits && leftOut == 0) || (message.role == .system && next == nil) {
        bytes += size
        reversed.append(message)
      } else {
        leftOut += 1
      }
    }
    return (reversed.reversed(), leftOut)
  }
}

extension MessagePart {
  /// Bytes of what it holds.
  fileprivate var size: Int {
    switch self {
    case .text(let text), .section(let text): text.utf8.count
    case .media(let url, _): url.utf8.count
    }
  }
}
