import Core

// How likely the tokens of an answer were: their colours, then the page of all tokens, then neither.

extension State {
  mutating func showLogprobs() -> [Effect] {
    let index = currentColumn
    guard !columns[index].answer.logprobs.isEmpty else { return askForLogprobs(inColumn: index) }
    if columns[index].showsProbabilities {
      overlays.append(.tokens(TokenPage(column: index)))
      return []
    }
    if columns[index].side != .original {
      columns[index].show(.original, height: columnInside(index).height)
    }
    columns[index].showProbabilities(true)
    notice = Notice(
      .information,
      "The less likely a token was, the stronger its colour. Enter goes in, for the others at a "
        + "place; p lists all, then puts the colours off.")
    return []
  }

  /// Closes the page of tokens, and puts the colours off.
  mutating func hideProbabilities(of page: TokenPage) {
    overlays.removeLast()
    if columns.indices.contains(page.column) { columns[page.column].showProbabilities(false) }
  }

  /// Has the next run of a column ask for probabilities, where its server can tell any.
  private mutating func askForLogprobs(inColumn index: Int) -> [Effect] {
    let column = columns[index]
    guard !column.model.isBuiltin, catalog.tellsLogprobs(column.model) else {
      notice = Notice(
        .information, "\(column.model) tells no probabilities: its API has none to ask for.")
      return []
    }
    if column.plan?.request.parameters.topLogprobs != nil, column.answer.isFinished {
      notice = Notice(
        .information, "The server told no probabilities, though `top_logprobs` asked for them.")
      return []
    }
    return change(variantOf: index) {
      $0.parameters.topLogprobs = $0.parameters.topLogprobs ?? Self.usualLogprobs
    } news: { letter in
      "\(letter) asks for the probabilities of tokens from now on (top_logprobs, which P changes): ^R "
        + "runs it."
    }
  }

  /// How many tokens are asked for at each place: as many as the strip has room for.
  private static let usualLogprobs = 5
}
