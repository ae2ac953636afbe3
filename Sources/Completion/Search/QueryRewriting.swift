import Core

// What a model makes of a query before it is searched with.

extension ChatModel {
  /// Queries at most, the one that was typed included.
  private static let mostQueries = 6
  /// Of what a model writes for a query so much is searched with, in bytes.
  private static let queryBytes = 2000

  /// What to search with: the query itself first, or the query with more words.
  ///
  /// Throws `CompletionError`, and `CancellationError` once `isCancelled` says so.
  public func queries(
    for query: String, by rewriting: RetrievalSettings.Rewriting, isCancelled: () -> Bool
  ) throws -> [String] {
    let prompts = Self.rewritingPrompts(for: query, by: rewriting)
    guard let answer = try answers(to: prompts, isCancelled: isCancelled).first else {
      return [query]
    }
    let text = String(decoding: answer.utf8.prefix(Self.queryBytes), as: UTF8.self)
    let lines = text.split(whereSeparator: \.isNewline).map(Self.withoutMark).filter { !$0.isEmpty }
    guard !lines.isEmpty else { return [query] }
    switch rewriting {
    case .none: return [query]
    case .expansion: return [([query] + lines).joined(separator: " ")]
    case .hypothesis: return [query, lines.joined(separator: "\n")]
    case .decomposition:
      return lines.reduce(into: [query]) { queries, line in
        if queries.count < Self.mostQueries, !queries.contains(line) { queries.append(line) }
      }
    }
  }

  /// What the model is asked; nothing where there is nothing to rewrite.
  public static func rewritingPrompts(
    for query: String, by rewriting: RetrievalSettings.Rewriting
  ) -> [String] {
    guard let task = task(of: rewriting), !query.isEmpty else { return [] }
    return ["\(task)\n\nQuery: \(query)"]
  }

  private static func task(of rewriting: RetrievalSettings.Rewriting) -> String? {
    switch rewriting {
    case .none: nil
    case .expansion:
      """
      Name up to eight other words or short phrases that a text about the query would use: \
      synonyms, full forms, technical terms. Reply with them alone, one a line.
      """
    case .hypothesis:
      """
      Write a passage of three to five sentences that could stand in a document and answers the \
      query. Reply with the passage alone.
      """
    case .decomposition:
      """
      Split the query into the simple questions that have to be answered for it, at most five, each \
      of which makes sense alone. Reply with the questions alone, one a line.
      """
    }
  }

  /// A line without the dash or number of a list.
  private static func withoutMark(_ line: Substring) -> String {
    var line = line.drop(while: \.isWhitespace)
    let digits = line.prefix(while: \.isNumber)
    if !digits.isEmpty, let mark = line.dropFirst(digits.count).first, ".)".contains(mark) {
      line = line.dropFirst(digits.count + 1)
    } else if let first = line.first, "-*•".contains(first) {
      line = line.dropFirst()
    }
    line = line.drop(while: \.isWhitespace)
    while line.last?.isWhitespace == true { line.removeLast() }
    return String(line)
  }
}
